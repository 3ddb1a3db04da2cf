import type { Findings } from './findings.ts';
import { compile, isExpression } from './expression.ts';
import { type JsonObject, isObject } from './values.ts';

/** What a field takes. Numbers and texts may also be an expression, save for `string` and `boolean`. */
export interface FieldRule {
  readonly type: 'string' | 'boolean' | 'integer' | 'number' | 'text' | 'template' | 'assign' | 'condition' | 'list' | 'object' | 'literalInteger' | 'literalNumber';
  readonly least?: number;
  readonly most?: number;
  readonly values?: readonly string[];
  /** What expressions here may read of `$states` besides input and context. */
  readonly sees?: Outcome;
}

/** Members of `$states` that only some fields have. */
type Outcome = (typeof outcomes)[number];
const outcomes = ['result', 'errorOutput'] as const;

/** A fault: the sentence, and the place inside the state. */
export type Fault = readonly [message: string, place: string];

/** What is wrong with a field's value; `outer` are the variables that it may not assign. */
export function fieldFaults(name: string, value: unknown, rule: FieldRule, outer: ReadonlySet<string>): readonly Fault[] {
  return checks[rule.type](name, value, rule, outer);
}

type Check = (name: string, value: unknown, rule: FieldRule, outer: ReadonlySet<string>) => readonly Fault[];

const must = (name: string, what: string): readonly Fault[] => [[`The field '${name}' must be ${what}`, name]];

const checks: Readonly<Record<FieldRule['type'], Check>> = {
  string: stringFaults,
  boolean: (name, value) => (typeof value === 'boolean' ? [] : must(name, 'true or false')),
  list: (name, value) => (Array.isArray(value) ? [] : must(name, 'a list')),
  object: (name, value) => (isObject(value) ? [] : must(name, 'an object')),
  integer: (name, value, rule) => (isExpression(value) ? expressionFaults(value, name, rule) : numberFaults(name, value, rule, true)),
  number: (name, value, rule) => (isExpression(value) ? expressionFaults(value, name, rule) : numberFaults(name, value, rule, false)),
  literalInteger: (name, value, rule) => numberFaults(name, value, rule, true),
  literalNumber: (name, value, rule) => numberFaults(name, value, rule, false),
  text: (name, value, rule) => (typeof value === 'string' ? expressionFaults(value, name, rule) : must(name, 'a string')),
  condition: conditionFaults,
  template: (name, value, rule) => expressionFaults(value, name, rule),
  assign: (name, value, rule, outer) => assignFaults(value, name, rule, outer),
};

function stringFaults(name: string, value: unknown, { values }: FieldRule): readonly Fault[] {
  if (typeof value !== 'string') return must(name, 'a string');
  return values && !values.includes(value) ? must(name, `one of [${values.join(', ')}] but was: ${value}`) : [];
}

function conditionFaults(name: string, value: unknown, rule: FieldRule): readonly Fault[] {
  if (typeof value === 'boolean') return [];
  return isExpression(value) ? expressionFaults(value, name, rule) : must(name, 'true, false or a JSONata expression between {% and %}');
}

function numberFaults(name: string, value: unknown, { least = -Infinity, most = Infinity }: FieldRule, isWhole: boolean): readonly Fault[] {
  const fits = typeof value === 'number' && (!isWhole || Number.isInteger(value)) && value >= least && value <= most;
  if (fits) return [];
  const kind = isWhole ? 'whole number' : 'number';
  const bounds = most === Infinity ? (least === -Infinity ? '' : ` of at least ${least}`) : ` from ${least} to ${most}`;
  return [[`The field '${name}' must be a ${kind}${bounds}`, name]];
}

/** What is wrong with the expressions inside a template. */
function expressionFaults(value: unknown, place: string, rule: FieldRule): readonly Fault[] {
  if (Array.isArray(value)) return value.flatMap((member, index) => expressionFaults(member, `${place}[${index}]`, rule));
  if (isObject(value)) return Object.entries(value).flatMap(([name, member]) => expressionFaults(member, `${place}/${name}`, rule));
  if (isExpression(value)) return objections(value, rule).map((objection) => [objection, place] as const);
  // Recorded on AWS: with white space on both sides it is a text like any other.
  const isHalf = typeof value === 'string' && value.startsWith('{%') !== value.endsWith('%}');
  return isHalf ? [[`The JSONata expression '${String(value)}' must begin with '{%' and end with '%}', without white space around them`, place]] : [];
}

function objections(text: string, { sees }: FieldRule): readonly string[] {
  try {
    const { source, objections: found, statesMembers } = compile(text);
    const unseen = outcomes.filter((name) => name !== sees && statesMembers.has(name)).map((name) => `$states.${name} is not accessible in this field`);
    return [...found, ...unseen].map((objection) => `The JSONata expression '${source}' is not supported: ${objection}`);
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    return [`The JSONata expression '${text.slice(2, -2).trim()}' cannot be parsed: ${code === undefined ? '' : `${code}: `}${message}`];
  }
}

const variableName = /^[\p{L}_][\p{L}\p{N}_]{0,79}$/u;

function assignFaults(value: unknown, place: string, rule: FieldRule, outer: ReadonlySet<string>): readonly Fault[] {
  if (!isObject(value)) return [[`The field '${place}' must be an object`, place]];
  const faults: Fault[] = [...expressionFaults(value, place, rule)];
  for (const name of Object.keys(value)) {
    if (!variableName.test(name) || name === 'states' || name === '__proto__') faults.push([`'${name}' is not a valid variable name`, `${place}/${name}`]);
    else if (outer.has(name)) faults.push([`The variable '${name}' is assigned in an outer scope and cannot be assigned here as well`, `${place}/${name}`]);
  }
  return faults;
}

/** The fields of an object, and those that it must have. */
export interface Shape {
  readonly fields: Readonly<Record<string, FieldRule>>;
  readonly required: readonly string[];
}

const nothingOuter: ReadonlySet<string> = new Set();

/** Checks an object's fields against a table; unknown ones are refused. */
export function checkTemplate(findings: Findings, value: JsonObject, { fields, required }: Shape, at: string, outer = nothingOuter): void {
  for (const [name, member] of Object.entries(value)) {
    if (name === 'Comment') continue;
    const rule = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (!rule) findings.schema(`The field '${name}' is not supported`, `${at}/${name}`);
    else for (const [message, place] of fieldFaults(name, member, rule, outer)) findings.schema(message, `${at}/${place}`);
  }
  const missing = required.filter((name) => value[name] === undefined);
  if (missing.length > 0) findings.schema(`These fields are required: [${missing.join(', ')}]`, at);
}
