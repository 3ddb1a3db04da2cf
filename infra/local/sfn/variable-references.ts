import { readDefinition } from './definition.ts';
import { compile, isExpression } from './expression.ts';
import { isObject } from './values.ts';

const remembered = new Map<string, Readonly<Record<string, readonly string[]>>>();

/** Which workflow variables each state reads, as DescribeStateMachine lists them. */
export function variableReferences(definition: string): Readonly<Record<string, readonly string[]>> {
  const known = remembered.get(definition);
  if (known) return known;
  if (remembered.size > 200) remembered.clear();
  const found = find(definition);
  remembered.set(definition, found);
  return found;
}

function find(definition: string): Record<string, readonly string[]> {
  const states = [...readDefinition(definition).graphs.values()].flatMap((graph) => Object.entries(graph.States));
  const assigned = new Set<string>();
  for (const [, state] of states) for (const holder of [state, ...(state.Catch ?? []), ...(state.Choices ?? [])]) for (const name of Object.keys(holder.Assign ?? {})) assigned.add(name);
  const references: Record<string, readonly string[]> = {};
  for (const [name, state] of states) {
    const reads = new Set<string>();
    const { ItemProcessor: _processor, Branches: _branches, ...own } = state;
    collect(own, reads);
    const used = [...reads].filter((variable) => assigned.has(variable)).sort();
    if (used.length > 0) references[name] = used;
  }
  return references;
}

function collect(value: unknown, into: Set<string>): void {
  if (Array.isArray(value)) for (const member of value) collect(member, into);
  else if (isObject(value)) for (const member of Object.values(value)) collect(member, into);
  else if (isExpression(value)) for (const name of compile(value).reads) into.add(name);
}
