import { initialTransition, transition, type AnyMachineSnapshot, type AnyStateMachine, type AnyStateNode } from 'xstate';
import { exploration, keyOf } from '../../../machines/derive/configurations.ts';
import { guardNames } from '../../../machines/derive/edges.ts';
import type { Graph } from '../../../machines/derive/graph.ts';
import { pathOf } from '../../../machines/derive/landing.ts';

/** What a search saw: one line per step that changed, `command: before > after`. */
export type Seen = ReadonlySet<string>;

/**
 * Searches a machine for all steps between its configurations, asking XState alone what a step does. In every configuration each
 * command is tried with all guards true and all false; those that the graph says may move, also with each of their guards false
 * in turn, crossed with each guard of an `onDone` true in turn. Actions do nothing, so that no context is needed.
 */
export function stepsOf(machine: AnyStateMachine, graph: Graph): Seen {
  const doneGuards = doneGuardsOf(machine.root);
  const commands = [...new Set(graph.edges.map((edge) => edge.command))];
  const { ask, begin } = judged(machine);
  const found = new Map([[leaves(begin), begin]]);
  const seen = new Set<string>();
  for (const [before, snapshot] of found) {
    for (const command of snapshot.status === 'active' ? commands : []) {
      for (const verdict of verdicts(graph, before.split('+'), command, doneGuards)) {
        const next = ask(snapshot, command, verdict);
        if (leaves(next) !== before) seen.add(`${command}: ${before} > ${leaves(next)}`);
        if (!found.has(leaves(next))) found.set(leaves(next), next);
      }
    }
  }
  return seen;
}

/** Which guards hold. */
type Verdict = (guard: string) => boolean;

function judged(machine: AnyStateMachine) {
  let verdict: Verdict = () => true;
  const guards = Object.fromEntries(Object.keys(machine.implementations.guards).map((name) => [name, () => verdict(name)]));
  const actions = Object.fromEntries(Object.keys(machine.implementations.actions).map((name) => [name, () => undefined]));
  const bare = machine.provide({ guards, actions });
  const ask = (snapshot: AnyMachineSnapshot, type: string, by: Verdict): AnyMachineSnapshot => {
    verdict = by;
    return transition(bare, snapshot, { type })[0] as AnyMachineSnapshot;
  };
  return { ask, begin: initialTransition(bare, {})[0] as AnyMachineSnapshot };
}

function verdicts(graph: Graph, at: readonly string[], command: string, doneGuards: readonly string[]): Verdict[] {
  const edges = graph.edges.filter((edge) => at.includes(edge.from) && edge.command === command && edge.kind !== 'stays');
  const own = [...new Set(edges.flatMap((edge) => edge.guards))];
  const done: Verdict[] = [() => true, () => false, ...doneGuards.map((only) => (name: string) => name === only)];
  const crossed = [undefined, ...own].flatMap((no) => done.map((after): Verdict => (name) => (doneGuards.includes(name) ? after(name) : name !== no)));
  return edges.length > 0 ? [...crossed, () => false] : [() => true, () => false];
}

function doneGuardsOf(node: AnyStateNode): string[] {
  const own = [...node.transitions].filter(([type]) => type.startsWith('xstate.done.')).flatMap(([, candidates]) => candidates.flatMap(guardNames));
  return [...new Set([...own, ...Object.values(node.states).flatMap(doneGuardsOf)])];
}

/** The same steps as a graph claims them. */
export function claimedSteps(graph: Graph): Seen {
  const steps = [...exploration(graph).values()].flatMap(({ configuration, moves }) =>
    moves.filter((move) => keyOf(move.after) !== keyOf(configuration)).map((move) => `${move.edge.command}: ${keyOf(configuration)} > ${keyOf(move.after)}`),
  );
  return new Set(steps);
}

function leaves(snapshot: AnyMachineSnapshot): string {
  return snapshot._nodes.filter((node) => Object.keys(node.states).length === 0).sort((a, b) => a.order - b.order).map(pathOf).join('+');
}
