import { StateFailure, errorNames } from './errors.ts';
import { compile, isExpression } from './expression.ts';
import { textOf, typeName } from './values.ts';

/** Where a template is evaluated: the state (for messages) and what its expressions can see. */
export interface Scope {
  readonly stateName: string;
  readonly enteredId: number;
  /** What $now and $millis answer (ms). */
  readonly now: number;
  /** The value of `$states`. */
  readonly states: Readonly<Record<string, unknown>>;
  /** A workflow variable by name; undefined when there is none. */
  variable(name: string): unknown;
}

/** Evaluates every expression inside a payload template; `field` is its place as messages have it (`Output/total`). Throws StateFailure. */
export async function evaluate(scope: Scope, field: string, template: unknown): Promise<unknown> {
  if (isExpression(template)) return run(scope, field, template);
  if (Array.isArray(template)) {
    const members: unknown[] = [];
    for (const [index, member] of template.entries()) members.push(await evaluate(scope, `${field}[${index}]`, member));
    return members;
  }
  if (typeof template !== 'object' || template === null) return template;
  const members: [string, unknown][] = [];
  for (const [name, value] of Object.entries(template)) members.push([name, await evaluate(scope, `${field}/${name}`, value)]);
  return Object.fromEntries(members);
}

async function run(scope: Scope, field: string, text: string): Promise<unknown> {
  const expression = compile(text);
  const bindings: Record<string, unknown> = {};
  for (const name of expression.reads) {
    if (name === 'states') bindings.states = scope.states;
    else if (name === 'now' || name === 'millis') bindings[name] = timeFunctions[name](scope.now);
    else {
      const value = scope.variable(name);
      if (value !== undefined) bindings[name] = value;
    }
  }
  const about = `The JSONata expression '${expression.source}' specified for the field '${field}'`;
  let result: unknown;
  try {
    result = await expression.run(bindings);
  } catch (error) {
    throw queryFailure(scope, `${about} threw an error during evaluation. ${describe(error)}`, field);
  }
  if (result === undefined) throw queryFailure(scope, `${about} returned nothing (undefined).`, field);
  return plain(scope, result, about, field);
}

/** JSONata's own $now and $millis read the machine's time; these read the cloud's clock. */
const timeFunctions = {
  millis: (now: number) => () => now,
  now: (now: number) => (picture?: string, timezone?: string) => atMillis.run({ now, picture, timezone }),
} as const;

const atMillis = compile('{% $fromMillis($now, $picture, $timezone) %}');

/** The result as plain JSON: jsonata's arrays carry marks that would change what the next expression makes of them. */
function plain(scope: Scope, result: unknown, about: string, field: string): unknown {
  if (typeof result === 'function' || hasFunction(result)) throw queryFailure(scope, `${about} returned an unsupported result type.`, field);
  if (typeof result !== 'object' || result === null) return Object.is(result, -0) ? 0 : result;
  return JSON.parse(textOfFresh(result)) as unknown;
}

// A result may share objects with the input, whose remembered texts are right; jsonata's own arrays have none yet.
const textOfFresh = (value: object): string => JSON.stringify(value);

function hasFunction(value: unknown): boolean {
  if (typeof value === 'function') return true;
  if (typeof value !== 'object' || value === null) return false;
  if ('_jsonata_lambda' in value || '_jsonata_function' in value) return true;
  return Object.values(value).some(hasFunction);
}

function describe(error: unknown): string {
  const { code, message } = error as { code?: unknown; message?: unknown };
  const text = typeof message === 'string' ? message : String(error);
  return typeof code === 'string' ? `${code}: ${text}` : text;
}

/** A States.QueryEvaluationError with AWS's sentence around `detail`. */
export function queryFailure(scope: Scope, detail: string, location?: string): StateFailure {
  const cause = `An error occurred while executing the state '${scope.stateName}' (entered at the event id #${scope.enteredId}). ${detail}`;
  return new StateFailure({ error: errorNames.query, cause, evaluation: location === undefined ? {} : { location } });
}

/** The value of a field that must have a certain type; a literal of a wrong type was refused when the definition was made. */
export async function evaluateAs(scope: Scope, field: string, template: unknown, type: 'array' | 'boolean' | 'number' | 'object' | 'string'): Promise<unknown> {
  const value = await evaluate(scope, field, template);
  if (typeName(value) === type) return value;
  const about = isExpression(template) ? `The JSONata expression '${compile(template).source}' specified for` : 'The value of';
  const detail = `${about} the field '${field}' returned an unexpected result type. Expected '${type}', but was '${typeName(value)}' for value: ${textOf(value)}`;
  throw queryFailure(scope, detail, field);
}

/** A whole number not below `least` in a field; absent when the field is. */
export async function evaluateInteger(scope: Scope, field: string, template: unknown, least: number): Promise<number | undefined> {
  if (template === undefined) return undefined;
  const value = (await evaluateAs(scope, field, template, 'number')) as number;
  if (Number.isInteger(value) && value >= least) return value;
  throw queryFailure(scope, `The field '${field}' must be a whole number of at least ${least} but was: ${value}`, field);
}
