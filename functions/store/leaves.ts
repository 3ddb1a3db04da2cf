import type { Json } from '../../machines/decision.ts';
import type { Leaf } from '../../shared/step.ts';

/** The leaves that a statechart's value is in, region finals included: `{ construction: { project: 'building' } }` is in `construction.project.building`. */
export function leavesOf(value: Json, prefix = ''): readonly Leaf[] {
  const path = (name: string): string => (prefix === '' ? name : `${prefix}.${name}`);
  if (typeof value === 'string') return [path(value)];
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error('a state value is a name or an object of names');
  return Object.entries(value as { readonly [key: string]: Json }).flatMap(([name, inner]) => leavesOf(inner, path(name)));
}

/** The top-level state a leaf lies in: `construction.project.building` lies in `construction`. */
export function phaseOf(leaf: Leaf): string {
  return leaf.split('.', 1)[0] ?? leaf;
}
