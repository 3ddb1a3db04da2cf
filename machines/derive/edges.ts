import type { AnyStateNode, AnyTransitionDefinition } from 'xstate';
import type { TransitionMeta } from '../define.ts';
import type { Leaf } from '../../shared/step.ts';
import { completions, isInside, landings, parallelAround, pathOf, type Landing } from './landing.ts';

/**
 * One thing that a command can do in one leaf. `moves` leaves the leaf for `to`; inside a region `completes` lists what follows
 * when this very step completes the parallel state. `abandons` leaves the whole parallel state around the leaf. `stays`
 * leaves no leaf (`to` is the leaf itself). `source` is the path of the state that declares the transition (`''` is the root).
 */
export interface Edge {
  readonly kind: 'moves' | 'abandons' | 'stays';
  readonly from: Leaf;
  readonly command: string;
  readonly to: Leaf;
  readonly enters: readonly Leaf[];
  readonly completes: readonly Landing[];
  readonly guards: readonly string[];
  readonly meta: TransitionMeta | undefined;
  readonly source: string;
}

/**
 * All edges out of one atomic state: for each command the candidates of the state and then of its ancestors, until one that has
 * no guard ends the search, as XState itself selects them.
 */
export function edgesOf(leaf: AnyStateNode): Edge[] {
  const line = [leaf, ...ancestors(leaf)];
  const commands = new Set(line.flatMap((node) => [...node.transitions.keys()]).filter((type) => !type.startsWith('xstate.')));
  return [...commands].flatMap((command) => candidates(line, command).flatMap((candidate) => outcomes(leaf, command, candidate)));
}

/** The names of the rules in a transition's guard; throws on a guard that is not a name or an `and` of names. */
export function guardNames(transition: AnyTransitionDefinition): string[] {
  const { guard } = transition;
  if (guard === undefined) return [];
  if (typeof guard === 'string') return [guard];
  const list = 'guards' in guard ? (guard.guards as readonly unknown[]) : undefined;
  if (list?.every((each) => typeof each === 'string')) return [...list] as string[];
  throw new Error(`${pathOf(transition.source)} on ${transition.eventType}: a guard is a name or an and of names`);
}

function ancestors(node: AnyStateNode): AnyStateNode[] {
  return node.parent ? [node.parent, ...ancestors(node.parent)] : [];
}

function candidates(line: readonly AnyStateNode[], command: string): AnyTransitionDefinition[] {
  const found: AnyTransitionDefinition[] = [];
  for (const candidate of line.flatMap((node) => node.transitions.get(command) ?? [])) {
    found.push(candidate);
    if (candidate.guard === undefined) break;
  }
  return found;
}

function outcomes(leaf: AnyStateNode, command: string, transition: AnyTransitionDefinition): Edge[] {
  const common = {
    from: pathOf(leaf),
    command,
    guards: guardNames(transition),
    meta: transition.meta as TransitionMeta | undefined,
    source: pathOf(transition.source),
  };
  const [target] = transition.target ?? [];
  const domain = target && domainOf(transition);
  if (!target || !domain || domain === leaf) return [{ ...common, kind: 'stays', to: common.from, enters: [], completes: [] }];
  return arrivals(leaf, target, domain).map((arrival) => ({ ...common, ...arrival }));
}

type Outcome = Pick<Edge, 'kind' | 'to' | 'enters' | 'completes'>;

function arrivals(leaf: AnyStateNode, target: AnyStateNode, domain: AnyStateNode): Outcome[] {
  const parallel = parallelAround(leaf);
  const inRegion = parallel !== undefined && isInside(domain, parallel);
  const kind = parallel === undefined || inRegion ? 'moves' : 'abandons';
  return landings(target, inRegion ? domain : rootOf(leaf)).map((landing) => ({
    kind,
    ...landing,
    completes: inRegion ? completionOf(parallel, landing) : [],
  }));
}

/** Only a final child of the region itself can be the last word of its region. */
function completionOf(parallel: AnyStateNode, landing: Landing): Landing[] {
  const finals = Object.values(parallel.states).flatMap((region) => Object.values(region.states));
  return finals.some((node) => node.type === 'final' && pathOf(node) === landing.to) ? completions(parallel) : [];
}

/** The innermost state that a transition does not leave: its source when it leads inwards without re-entering, else the nearest common proper ancestor. */
function domainOf(transition: AnyTransitionDefinition): AnyStateNode {
  const source = transition.source as AnyStateNode;
  const targets = (transition.target ?? []) as readonly AnyStateNode[];
  if (!transition.reenter && targets.every((target) => target === source || isInside(target, source))) return source;
  const [first = source, ...rest] = [...targets, source];
  return ancestors(first).find((each) => rest.every((node) => isInside(node, each))) ?? rootOf(source);
}

function rootOf(node: AnyStateNode): AnyStateNode {
  return node.machine.root as AnyStateNode;
}
