import { checkCatch, checkRetry } from './check-errors.ts';
import { checkTemplate, type FieldRule, fieldFaults } from './check-fields.ts';
import { checkMap } from './check-map.ts';
import type { Findings, StateScope } from './findings.ts';
import { isExpression } from './expression.ts';
import { instantOf } from './instant.ts';
import { readResource } from './resource.ts';
import { type JsonObject, isObject } from './values.ts';

const string: FieldRule = { type: 'string' };
const template: FieldRule = { type: 'template' };
const assign: FieldRule = { type: 'assign' };
const whole = (least: number): FieldRule => ({ type: 'integer', least, most: 99_999_999 });
const leaves = { Next: string, End: { type: 'boolean' }, Output: template, Assign: assign } as const satisfies Record<string, FieldRule>;
const leavesWithResult = { ...leaves, Output: { type: 'template', sees: 'result' }, Assign: { type: 'assign', sees: 'result' } } as const satisfies Record<string, FieldRule>;
const list: FieldRule = { type: 'list' };
const object: FieldRule = { type: 'object' };

type Type = 'Pass' | 'Task' | 'Choice' | 'Wait' | 'Succeed' | 'Fail' | 'Parallel' | 'Map';

/** The fields of each kind of state in JSONata mode, with what they take. */
const fields: Readonly<Record<Type, Readonly<Record<string, FieldRule>>>> = {
  Pass: leaves,
  Task: { ...leavesWithResult, Resource: string, Arguments: template, Retry: list, Catch: list, TimeoutSeconds: whole(1), HeartbeatSeconds: whole(1) },
  Choice: { Choices: list, Default: string, Output: template, Assign: assign },
  Wait: { ...leaves, Seconds: whole(0), Timestamp: { type: 'text' } },
  Succeed: { Output: template },
  Fail: { Error: { type: 'text' }, Cause: { type: 'text' } },
  Parallel: { ...leavesWithResult, Branches: list, Arguments: template, Retry: list, Catch: list },
  Map: {
    ...leavesWithResult,
    Items: template,
    ItemProcessor: object,
    ItemSelector: template,
    ItemReader: object,
    ItemBatcher: object,
    ResultWriter: object,
    MaxConcurrency: whole(0),
    ToleratedFailureCount: whole(0),
    ToleratedFailurePercentage: { type: 'number', least: 0, most: 100 },
    Label: string,
    Retry: list,
    Catch: list,
  },
};

const required: Readonly<Record<Type, readonly string[]>> = {
  Pass: [], Task: ['Resource'], Choice: ['Choices'], Wait: [], Succeed: [], Fail: [], Parallel: ['Branches'], Map: ['ItemProcessor'],
};

const jsonPathOnly = new Set([
  'InputPath', 'OutputPath', 'ResultPath', 'ResultSelector', 'Parameters', 'Result', 'ItemsPath', 'SecondsPath', 'TimestampPath', 'ErrorPath', 'CausePath',
  'MaxConcurrencyPath', 'TimeoutSecondsPath', 'HeartbeatSecondsPath', 'ToleratedFailureCountPath', 'ToleratedFailurePercentagePath', 'Iterator',
]);

/** Checks one state; what is not known is refused, never skipped. */
export function checkState(findings: Findings, state: JsonObject, at: string, scope: StateScope): void {
  if (!isType(state.Type)) return findings.schema(state.Type === undefined ? 'These fields are required: [Type]' : `The state type '${String(state.Type)}' is not supported`, at);
  checkLanguage(findings, state, at, scope);
  const known = fields[state.Type];
  for (const [name, value] of Object.entries(state)) {
    if (name === 'Type' || name === 'Comment' || name === 'QueryLanguage') continue;
    const rule = Object.hasOwn(known, name) ? known[name] : undefined;
    if (rule) for (const [message, place] of fieldFaults(name, value, rule, scope.outer)) findings.schema(message, `${at}/${place}`);
    else findings.schema(unknownField(name, state.Type), `${at}/${name}`);
  }
  const missing = required[state.Type].filter((name) => state[name] === undefined);
  if (missing.length > 0) findings.schema(`These fields are required: [${missing.join(', ')}]`, at);
  checkLeaving(findings, state, state.Type, at, scope);
  if (Array.isArray(state.Retry)) checkRetry(findings, state.Retry, `${at}/Retry`);
  if (Array.isArray(state.Catch)) checkCatch(findings, state.Catch, `${at}/Catch`, scope);
  checkers[state.Type]?.(findings, state, at, scope);
}

const isType = (type: unknown): type is Type => typeof type === 'string' && Object.hasOwn(fields, type);

function unknownField(name: string, type: Type): string {
  if (jsonPathOnly.has(name)) return `The field '${name}' belongs to the query language JSONPath; only JSONata is run here`;
  return `The field '${name}' is not supported in a ${type} state`;
}

function checkLanguage(findings: Findings, state: JsonObject, at: string, scope: StateScope): void {
  const language = state.QueryLanguage;
  if (language === 'JSONPath' && scope.isJsonata) return findings.schema("'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine", at);
  if (language === 'JSONata' || (language === undefined && (scope.isJsonata || meansTheSame(state)))) return;
  findings.schema(`The field 'QueryLanguage' must be JSONata: only JSONata is run here${language === undefined ? ', and JSONPath is the default' : ''}`, `${at}/QueryLanguage`);
}

const sameInBoth: Readonly<Record<string, readonly string[]>> = { Pass: ['Next', 'End'], Succeed: [], Fail: ['Error', 'Cause'], Wait: ['Next', 'End', 'Seconds', 'Timestamp'] };

/** Whether a state is the same in JSONPath and in JSONata: it handles no data. */
export function meansTheSame(state: JsonObject): boolean {
  const known = Object.hasOwn(sameInBoth, String(state.Type)) ? sameInBoth[String(state.Type)] : undefined;
  return known !== undefined && Object.entries(state).every(([name, value]) => name === 'Type' || name === 'Comment' || (known.includes(name) && !isExpression(value)));
}

function checkLeaving(findings: Findings, state: JsonObject, type: Type, at: string, scope: StateScope): void {
  if (!('Next' in fields[type])) return;
  const { Next: next, End: end } = state;
  if (next === undefined && end !== true) findings.add('MISSING_END_STATE', "One of these fields is required: ['Next', 'End']", at);
  if (next !== undefined && end === true) findings.schema("Only one of 'Next' and 'End' is allowed", at);
  checkTarget(findings, next, `${at}/Next`, scope);
}

/** Checks that a Next or Default names a state of the same flow. */
export function checkTarget(findings: Findings, target: unknown, at: string, scope: StateScope): void {
  if (typeof target === 'string' && !scope.targets.has(target)) findings.add('MISSING_TRANSITION_TARGET', `Missing 'Next' target: ${target}`, at);
}

const checkers: Partial<Readonly<Record<Type, (findings: Findings, state: JsonObject, at: string, scope: StateScope) => void>>> = {
  Task: checkTask,
  Choice: checkChoice,
  Wait: checkWait,
  Parallel: checkParallel,
  Map: checkMap,
};

function checkTask(findings: Findings, state: JsonObject, at: string, scope: StateScope): void {
  if (typeof state.Resource !== 'string') return;
  const resource = readResource(state.Resource);
  if (typeof resource === 'string') return findings.schema(`In the field 'Resource': ${resource}`, `${at}/Resource`);
  if (scope.isExpress && resource.pattern === 'token') findings.schema("Express state machine does not support '.waitForTaskToken' service integration ", `${at}/Resource`);
  if (scope.isExpress && resource.pattern === 'sync') findings.schema("Express state machine does not support '.sync' service integration", `${at}/Resource`);
  const { TimeoutSeconds: timeout, HeartbeatSeconds: heartbeat } = state;
  if (typeof timeout === 'number' && typeof heartbeat === 'number' && heartbeat >= timeout) findings.schema("The field 'HeartbeatSeconds' must be smaller than 'TimeoutSeconds'", `${at}/HeartbeatSeconds`);
}

const ruleFields: Readonly<Record<string, FieldRule>> = { Condition: { type: 'condition' }, Next: string, Output: template, Assign: assign };

function checkChoice(findings: Findings, state: JsonObject, at: string, scope: StateScope): void {
  const choices = Array.isArray(state.Choices) ? (state.Choices as readonly unknown[]) : [];
  if (choices.length === 0) findings.schema("The field 'Choices' must be a list with at least one rule", `${at}/Choices`);
  for (const [index, rule] of choices.entries()) {
    const place = `${at}/Choices[${index}]`;
    if (!isObject(rule)) {
      findings.schema('A rule must be an object', place);
      continue;
    }
    checkTemplate(findings, rule, { fields: ruleFields, required: ['Condition', 'Next'] }, place, scope.outer);
    checkTarget(findings, rule.Next, `${place}/Next`, scope);
  }
  checkTarget(findings, state.Default, `${at}/Default`, scope);
}

function checkWait(findings: Findings, state: JsonObject, at: string): void {
  const given = ['Seconds', 'Timestamp'].filter((name) => state[name] !== undefined);
  if (given.length !== 1) findings.schema("Exactly one of these fields is required: ['Seconds', 'Timestamp']", at);
  const { Timestamp: timestamp } = state;
  if (typeof timestamp === 'string' && !isExpression(timestamp) && instantOf(timestamp) === undefined) findings.schema('String does not match RFC3339 timestamp', `${at}/Timestamp`);
}

function checkParallel(findings: Findings, state: JsonObject, at: string, scope: StateScope): void {
  const branches = Array.isArray(state.Branches) ? (state.Branches as readonly unknown[]) : [];
  if (branches.length === 0) findings.schema("The field 'Branches' must be a list with at least one branch", `${at}/Branches`);
  for (const [index, branch] of branches.entries()) scope.inner(branch, `${at}/Branches[${index}]`, false);
}
