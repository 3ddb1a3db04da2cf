import jsonata from 'jsonata';
import { functions } from './functions.ts';

/** A compiled JSONata expression with the facts about it that were read from its syntax tree. */
export interface Expression {
  readonly source: string;
  /** Variables it reads that it does not bind itself, `states` and functions included. */
  readonly reads: ReadonlySet<string>;
  /** Members of `$states` that it reads by name. */
  readonly statesMembers: ReadonlySet<string>;
  /** What AWS does not allow, one sentence each. */
  readonly objections: readonly string[];
  run(bindings: Record<string, unknown>): Promise<unknown>;
}

// A runaway expression must not hold up the whole cloud: 2 s, and a depth that JavaScript's own stack survives.
const limits = { timeout: 2_000, stack: 500 };
const compiled = new Map<string, Expression>();
const maxCompiled = 20_000;

/** Whether a text in a JSONata field is an expression: exactly `{% … %}`, without white space around it. */
export function isExpression(text: unknown): text is string {
  return typeof text === 'string' && text.startsWith('{%') && text.endsWith('%}') && text.length >= 4;
}

/** Compiles the text between `{%` and `%}` once; throws jsonata's error (with code, message, position) when it does not parse. */
export function compile(text: string): Expression {
  const known = compiled.get(text);
  if (known) return known;
  if (compiled.size >= maxCompiled) compiled.clear();
  const source = text.slice(2, -2).trim();
  const expression = prepare(source);
  compiled.set(text, expression);
  return expression;
}

function prepare(source: string): Expression {
  const parsed = jsonata(source, limits);
  parsed.assign('eval', undefined);
  const facts = inspect(parsed.ast());
  const own = Object.entries(functions).filter(([name]) => facts.reads.has(name));
  for (const [name, implementation] of own) parsed.assign(name, implementation);
  return { source, ...facts, run: (bindings) => parsed.evaluate(undefined, bindings) };
}

interface Node {
  readonly type?: string;
  readonly value?: unknown;
  readonly position?: number;
  readonly [member: string]: unknown;
}

interface Facts {
  readonly reads: Set<string>;
  readonly statesMembers: Set<string>;
  readonly objections: string[];
}

function inspect(ast: unknown): Facts {
  const facts: Facts = { reads: new Set(), statesMembers: new Set(), objections: [] };
  visit(ast, true, new Set(), facts);
  return facts;
}

/** Walks the syntax tree; `top` is true where the context is the (absent) input, which AWS forbids to use. */
function visit(node: unknown, top: boolean, bound: ReadonlySet<string>, facts: Facts): void {
  if (Array.isArray(node)) {
    for (const member of node) visit(member, top, bound, facts);
    return;
  }
  if (typeof node !== 'object' || node === null) return;
  const it = node as Node;
  if (it.type === 'variable') return visitVariable(it, top, bound, facts);
  if (it.type === 'path') return visitPath(it, top, bound, facts);
  if (it.type === 'block') return visitBlock(it, top, bound, facts);
  if (it.type === 'lambda') {
    const inner = new Set([...bound, ...names(it.arguments)]);
    return visit(it.body, top, inner, facts);
  }
  if (it.type === 'name' && top) facts.objections.push(`unqualified field name '${String(it.value)}' at the top level; use $states.input`);
  visitMembers(it, top, bound, facts);
}

function visitVariable(it: Node, top: boolean, bound: ReadonlySet<string>, facts: Facts): void {
  const name = String(it.value);
  if (name === 'eval') facts.objections.push('the function $eval is not supported');
  if ((name === '' && top) || name === '$') facts.objections.push(`$${name} at the top level is not supported; use $states.input`);
  if (name !== '' && name !== '$' && !bound.has(name)) facts.reads.add(name);
  visitMembers(it, false, bound, facts);
}

function visitPath(it: Node, top: boolean, bound: ReadonlySet<string>, facts: Facts): void {
  const [first, ...rest] = it.steps as readonly Node[];
  if (first?.type === 'variable' && first.value === 'states' && !bound.has('states') && rest[0]?.type === 'name') facts.statesMembers.add(String(rest[0].value));
  visit(first, top, bound, facts);
  visit(rest, false, bound, facts);
  for (const [member, value] of Object.entries(it)) if (member !== 'steps') visit(value, false, bound, facts);
}

function visitBlock(it: Node, top: boolean, bound: ReadonlySet<string>, facts: Facts): void {
  const inner = new Set(bound);
  for (const expression of it.expressions as readonly Node[]) {
    if (expression.type === 'bind') inner.add(String((expression.lhs as Node).value));
    visit(expression, top, inner, facts);
  }
}

function visitMembers(it: Node, top: boolean, bound: ReadonlySet<string>, facts: Facts): void {
  const inner = it.type === 'bind' ? new Set([...bound, String((it.lhs as Node).value)]) : bound;
  for (const [member, value] of Object.entries(it)) {
    if (member === 'value' || member === 'position' || member === 'type') continue;
    // What stands in a predicate, a stage, an apply's right side or a grouping has the selected item as its context.
    const within = member === 'stages' || member === 'predicate' || member === 'group' || it.type === 'filter' || it.type === 'transform';
    visit(value, top && !within, inner, facts);
  }
}

function names(parameters: unknown): readonly string[] {
  return Array.isArray(parameters) ? (parameters as readonly Node[]).map((parameter) => String(parameter.value)) : [];
}
