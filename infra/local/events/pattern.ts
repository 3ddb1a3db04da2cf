/** An event pattern, as EventBridge, event source mappings and SNS filter policies write it. */
export type Pattern = Readonly<Record<string, unknown>>;

/** Whether an event meets the pattern (Amazon EventBridge User Guide, "Event patterns"). */
export function matches(pattern: Pattern, event: unknown): boolean {
  return Object.entries(pattern).every(([name, condition]) => {
    if (name === '$or') return (condition as Pattern[]).some((each) => matches(each, event));
    const value = (event as Record<string, unknown> | null | undefined)?.[name];
    if (Array.isArray(condition)) return condition.some((each) => meets(each, value));
    // A list of objects meets a nested pattern when one of them does.
    if (Array.isArray(value)) return value.some((each) => matches(condition as Pattern, each));
    return matches(condition as Pattern, isObject(value) ? value : undefined);
  });
}

/** Throws, naming the place, when a pattern has an operator that is not interpreted here. */
export function checkPattern(pattern: unknown, where: string): void {
  if (!isObject(pattern)) throw new Error(`${where}: an event pattern must be an object`);
  for (const [name, condition] of Object.entries(pattern)) {
    if (name === '$or') for (const each of condition as unknown[]) checkPattern(each, where);
    else if (Array.isArray(condition)) for (const each of condition) checkCondition(each, `${where}, ${name}`);
    else checkPattern(condition, `${where}, ${name}`);
  }
}

function checkCondition(condition: unknown, where: string): void {
  if (!isObject(condition)) return;
  for (const operator of Object.keys(condition)) {
    if (!(operator in operators)) throw new Error(`${where}: the pattern operator ${operator} is not interpreted`);
  }
}

type Operator = (argument: unknown, value: unknown) => boolean;

const operators: Readonly<Record<string, Operator>> = {
  exists: (argument, value) => (value !== undefined && !isObject(value)) === argument,
  prefix: (argument, value) => someText(value, (text) => (isObject(argument) ? folded(text).startsWith(folded(argument['equals-ignore-case'])) : text.startsWith(String(argument)))),
  suffix: (argument, value) => someText(value, (text) => (isObject(argument) ? folded(text).endsWith(folded(argument['equals-ignore-case'])) : text.endsWith(String(argument)))),
  'equals-ignore-case': (argument, value) => someText(value, (text) => folded(text) === folded(argument)),
  wildcard: (argument, value) => someText(value, (text) => wildcard(String(argument)).test(text)),
  numeric: (argument, value) => listOf(value).some((each) => typeof each === 'number' && numeric(argument as unknown[], each)),
  'anything-but': (argument, value) => value !== undefined && listOf(value).every((each) => !forbidden(argument, each)),
};

function meets(condition: unknown, value: unknown): boolean {
  if (!isObject(condition)) return listOf(value).some((each) => same(condition, each));
  return Object.entries(condition).every(([name, argument]) => operators[name]?.(argument, value) ?? false);
}

function forbidden(argument: unknown, value: unknown): boolean {
  if (isObject(argument)) return Object.entries(argument).some(([name, inner]) => listOf(inner).some((each) => operators[name]?.(each, value) ?? false));
  return listOf(argument).some((each) => same(each, value));
}

function numeric(tests: readonly unknown[], value: number): boolean {
  for (let at = 0; at < tests.length; at += 2) {
    const bound = Number(tests[at + 1]);
    const holds = { '=': value === bound, '<': value < bound, '<=': value <= bound, '>': value > bound, '>=': value >= bound }[String(tests[at])];
    if (!holds) return false;
  }
  return true;
}

const wildcard = (text: string): RegExp => new RegExp(`^${text.split('*').map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)).join('.*')}$`, 's');
const folded = (value: unknown): string => String(value).toLowerCase();
const same = (left: unknown, right: unknown): boolean => left === right;
const someText = (value: unknown, test: (text: string) => boolean): boolean => listOf(value).some((each) => typeof each === 'string' && test(each));
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);
const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
