import { roleLabels, commandLabels, stateLabel } from './labels.zh.ts';
import { holdsFor, questionOf } from './chart.ts';
import { isCommand, commandRow } from './commands.ts';
import { eventOf } from './decide.ts';
import type { Asked, Json, LifecycleName, Snapshot } from './decision.ts';
import type { WaitingMeta } from './define.ts';
import { graphOf, type Graph } from './derive/graph.ts';
import type { Edge } from './derive/edges.ts';
import { lifecycles, type Lifecycle } from './lifecycles.ts';
import { leavesOf } from './position.ts';
import { ruleRefused } from './refusals.ts';

/** What keeps a scenario off the list, and how to mend it: a rule that is false, or somebody who has to act. `leaf` is where it waits. */
export interface Blocker {
  readonly leaf: string;
  /** What would bring it nearer to the list. */
  readonly command: string;
  readonly article: string;
  /** What stands in the way and who can do what about it, in Chinese. */
  readonly sentence: string;
  readonly rule?: string;
  readonly figures?: { readonly [name: string]: Json };
  /** Until when somebody has to have acted (UTC ISO instant). */
  readonly dueAt?: string;
}

const goal = 'awaitingBatch';

/** What keeps a scenario from the next list (art. 11(4), art. 14(4)), read from its chart: the next step on the shortest way to the list, the rules on it that are false, and whose turn it is. Empty for one that only waits for its batch; throws for no scenario. */
export function blockersOf(snapshot: Snapshot, asked: Asked): readonly Blocker[] {
  const { lifecycle: name, context } = snapshot;
  const lifecycle = lifecycles[name];
  const due = context['due'] as { readonly [leaf: string]: string } | undefined;
  const held = context['held'] === true ? [{ leaf: leavesOf(snapshot)[0] ?? '', command: 'resume', ...asBlocker(lifecycle, 'isNotHeld', snapshot, 'resume', asked) }] : [];
  const steps = leavesOf(snapshot).flatMap((leaf) => {
    const step = leaf === goal ? undefined : stepFrom(name, leaf);
    return step ? blockersAt(lifecycle, snapshot, step, asked, due?.[leaf]) : [];
  });
  return [...held, ...steps];
}

function blockersAt(lifecycle: Lifecycle, snapshot: Snapshot, { from: leaf, command, guards, meta }: Edge, asked: Asked, dueAt: string | undefined): Blocker[] {
  const until = dueAt === undefined ? {} : { dueAt };
  const question = questionOf<unknown>(snapshot.context, eventOf({ type: command, args: {} }, asked));
  // Rules about who asks (four eyes) are not in the way of the case: somebody else may.
  const wrong = guards.filter((rule) => lifecycle.rules[rule]?.reads === 'case' && !/^(isAnotherPerson|isNotHeld)$/.test(rule) && !holdsFor(lifecycle.rules[rule], question));
  const byRule = wrong.map((rule) => ({ leaf, command, ...until, ...asBlocker(lifecycle, rule, snapshot, command, asked) }));
  return byRule.length > 0 ? byRule : [{ leaf, command, ...until, article: meta?.article ?? '', sentence: turnOf(snapshot, leaf, command) }];
}

function asBlocker(lifecycle: Lifecycle, rule: string, snapshot: Snapshot, command: string, asked: Asked): Pick<Blocker, 'article' | 'sentence' | 'rule' | 'figures'> {
  const { detail, article = '', figures } = ruleRefused(lifecycle, rule, questionOf<unknown>(snapshot.context, eventOf({ type: command, args: {} }, asked)));
  return { rule, article, sentence: detail, ...(figures ? { figures } : {}) };
}

/** Whose turn it is, in words. */
function turnOf({ lifecycle }: Snapshot, leaf: string, command: string): string {
  const label = isCommand(command) ? commandLabels[command] : command;
  if (isCommand(command) && commandRow(command).system) return `“${stateLabel(lifecycle, leaf)}”由系统自动办理，请稍候`;
  const meta = graphOfLifecycle(lifecycle).leaves.find(({ path }) => path === leaf)?.meta;
  const owner = meta?.kind === 'waiting' ? roleLabels[(meta as WaitingMeta).owner] : '';
  return `处于“${stateLabel(lifecycle, leaf)}”，请${owner}办理“${label}”`;
}

const steps = new Map<LifecycleName, ReadonlyMap<string, Edge>>();
const graphs = new Map<LifecycleName, Graph>();

function graphOfLifecycle(name: LifecycleName): Graph {
  const graph = graphs.get(name) ?? graphOf(name, lifecycles[name].version, lifecycles[name].machine);
  graphs.set(name, graph);
  return graph;
}

function stepFrom(name: LifecycleName, leaf: string): Edge | undefined {
  const known = steps.get(name) ?? stepsToGoal(graphOfLifecycle(name));
  steps.set(name, known);
  return known.get(leaf);
}

/** The first step of the shortest way to the list from each leaf, searched backwards in breadth; a person's step before a timer's. */
function stepsToGoal({ edges }: Graph): ReadonlyMap<string, Edge> {
  const found = new Map<string, Edge>();
  const onward = edges.filter(({ kind, command }) => kind !== 'stays' && command !== 'deadlinePassed');
  for (let reached = new Set([goal]); reached.size > 0; ) {
    const next = new Set<string>();
    for (const edge of onward) if (edge.enters.some((leaf) => reached.has(leaf)) && edge.from !== goal && !found.has(edge.from) && !next.has(edge.from)) {
      found.set(edge.from, edge);
      next.add(edge.from);
    }
    reached = next;
  }
  return found;
}
