import type { Leaf } from '../../shared/step.ts';
import { exploration, keyOf, type Configuration, type Move } from './configurations.ts';
import type { Graph, LeafNode } from './graph.ts';

/** The commands that put a payment to a unit in the ledger (art. 12(2), art. 15(1)); repayments to the state may come in parts. */
export const paymentCommands: ReadonlySet<string> = new Set(['confirmPayment']);

/** What is known outside the chart, to check the chart against. */
export interface Known {
  /** Periods of the policy pack, by name. */
  readonly deadlines: ReadonlySet<string>;
  /** Commands that put a payment in the ledger. */
  readonly payments: ReadonlySet<string>;
}

/** One reason why a chart is unsound, in English, with the leaf or edge it concerns. */
export interface Finding {
  readonly check: 'dead end' | 'unreachable' | 'endless wait' | 'pays twice' | 'unowned' | 'forgeable';
  readonly where: string;
}

type Explored = ReturnType<typeof exploration>;

/**
 * Checks a lifecycle by its structure alone, guards taken as sometimes true and sometimes false: every leaf can be reached, from
 * everywhere an end can be reached, every wait ends by a deadline that the policy knows, no path takes one payment twice, every
 * command has roles, and what only the system may send is sent by nobody else.
 */
export function findingsOf(graph: Graph, known: Known): Finding[] {
  const explored = exploration(graph);
  return [
    ...deadEnds(graph, explored),
    ...unreachable(graph, explored),
    ...endlessWaits(graph, known),
    ...doublePayments(explored, known),
    ...unowned(graph),
    ...forgeable(graph),
  ];
}

function deadEnds(graph: Graph, explored: Explored): Finding[] {
  const safe = new Set([...explored.values()].filter(({ configuration }) => isEnd(graph, configuration)).map((each) => keyOf(each.configuration)));
  for (let before = -1; before !== safe.size; ) {
    before = safe.size;
    for (const [key, { moves }] of explored) if (moves.some((move) => safe.has(keyOf(move.after)))) safe.add(key);
  }
  return [...explored.keys()].filter((key) => !safe.has(key)).map((where) => ({ check: 'dead end', where }));
}

/** A case is over in a final state of the root; any other final state in which it rests is a trap. */
function isEnd(graph: Graph, configuration: Configuration): boolean {
  const [only, ...others] = configuration;
  const leaf = graph.leaves.find((each) => each.path === only);
  return others.length === 0 && leaf?.kind === 'final' && !leaf.path.includes('.');
}

function unreachable(graph: Graph, explored: Explored): Finding[] {
  const reached = new Set([...explored.values()].flatMap((each) => each.configuration));
  return graph.leaves.filter((leaf) => !reached.has(leaf.path)).map((leaf) => ({ check: 'unreachable', where: leaf.path }));
}

function endlessWaits(graph: Graph, known: Known): Finding[] {
  const answered = (leaf: Leaf): boolean => graph.edges.some((edge) => edge.from === leaf && edge.command === 'deadlinePassed');
  const endless = (leaf: LeafNode): boolean => leaf.meta?.kind === 'waiting' && !(known.deadlines.has(leaf.meta.deadline) && answered(leaf.path));
  return graph.leaves.filter(endless).map((leaf) => ({ check: 'endless wait', where: leaf.path }));
}

/** A payment step after which a case can come back to the leaf it was made in could be made again. */
function doublePayments(explored: Explored, known: Known): Finding[] {
  const payments = [...explored.values()].flatMap((each) => each.moves).filter((move) => known.payments.has(move.edge.command));
  const twice = payments.filter((move) => comesBack(explored, move));
  const where = new Set(twice.map((move) => `${move.edge.from} ${move.edge.command} → ${move.edge.to}`));
  return [...where].map((each) => ({ check: 'pays twice', where: each }));
}

function comesBack(explored: Explored, { edge, after }: Move): boolean {
  const seen = new Set<string>();
  const queue = [after];
  for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
    if (at.includes(edge.from)) return true;
    if (seen.has(keyOf(at))) continue;
    seen.add(keyOf(at));
    queue.push(...(explored.get(keyOf(at))?.moves ?? []).map((move) => move.after));
  }
  return false;
}

function unowned(graph: Graph): Finding[] {
  const edges = graph.edges.filter((edge) => (edge.meta?.roles ?? []).length === 0);
  return edges.map((edge) => ({ check: 'unowned', where: `${edge.from} ${edge.command}` }));
}

/** The clock and activities speak as `system`; a person who could send the same command could forge them. */
function forgeable(graph: Graph): Finding[] {
  const bySystem = new Set(graph.edges.filter((edge) => edge.meta?.roles.includes('system')).map((edge) => edge.command));
  const forged = graph.edges.filter((edge) => bySystem.has(edge.command) && edge.meta?.roles.some((role) => role !== 'system'));
  return forged.map((edge) => ({ check: 'forgeable', where: `${edge.from} ${edge.command}` }));
}
