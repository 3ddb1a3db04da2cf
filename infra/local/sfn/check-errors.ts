import { checkTemplate, type FieldRule } from './check-fields.ts';
import type { Findings, StateScope } from './findings.ts';
import { type JsonObject, isObject } from './values.ts';

const retrierFields: Readonly<Record<string, FieldRule>> = {
  ErrorEquals: { type: 'list' },
  IntervalSeconds: { type: 'literalInteger', least: 1, most: 99_999_999 },
  MaxAttempts: { type: 'literalInteger', least: 0, most: 99_999_999 },
  BackoffRate: { type: 'literalNumber', least: 1 },
  MaxDelaySeconds: { type: 'literalInteger', least: 1, most: 31_622_400 },
  JitterStrategy: { type: 'string', values: ['FULL', 'NONE'] },
};

/** Checks a Retry. */
export function checkRetry(findings: Findings, retriers: readonly unknown[], at: string): void {
  for (const [index, retrier] of retriers.entries()) {
    const place = `${at}[${index}]`;
    if (!isObject(retrier)) {
      findings.schema('A retrier must be an object', place);
      continue;
    }
    checkTemplate(findings, retrier, { fields: retrierFields, required: ['ErrorEquals'] }, place);
    checkNames(findings, retrier, index === retriers.length - 1, place);
    const { MaxDelaySeconds: most, IntervalSeconds: interval = 1 } = retrier;
    if (typeof most === 'number' && typeof interval === 'number' && most <= interval) findings.schema("The field 'MaxDelaySeconds' must be greater than 'IntervalSeconds'", `${place}/MaxDelaySeconds`);
  }
}

const catcherFields: Readonly<Record<string, FieldRule>> = { ErrorEquals: { type: 'list' }, Next: { type: 'string' }, Assign: { type: 'assign', sees: 'errorOutput' }, Output: { type: 'template', sees: 'errorOutput' } };

/** Checks a Catch. */
export function checkCatch(findings: Findings, catchers: readonly unknown[], at: string, scope: StateScope): void {
  for (const [index, catcher] of catchers.entries()) {
    const place = `${at}[${index}]`;
    if (!isObject(catcher)) {
      findings.schema('A catcher must be an object', place);
      continue;
    }
    checkTemplate(findings, catcher, { fields: catcherFields, required: ['ErrorEquals', 'Next'] }, place, scope.outer);
    checkNames(findings, catcher, index === catchers.length - 1, place);
    if (typeof catcher.Next === 'string' && !scope.targets.has(catcher.Next)) findings.add('MISSING_TRANSITION_TARGET', `Missing 'Next' target: ${catcher.Next}`, `${place}/Next`);
  }
}

function checkNames(findings: Findings, entry: JsonObject, isLast: boolean, at: string): void {
  const names = entry.ErrorEquals;
  if (!Array.isArray(names)) return;
  const place = `${at}/ErrorEquals`;
  if (names.length === 0 || names.some((name) => typeof name !== 'string')) return findings.schema("The field 'ErrorEquals' must be a list of at least one error name", place);
  if (names.includes('States.ALL') && names.length > 1) findings.schema('States.ALL must appear alone', place);
  if (names.includes('States.ALL') && !isLast) findings.schema('States.ALL must appear in the last entry', place);
}
