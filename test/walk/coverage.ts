import type { EventRecord } from '../../functions/store/chain.ts';
import { graphOf, type Graph } from '../../machines/derive/graph.ts';
import type { LifecycleName } from '../../machines/decision.ts';
import { lifecycles } from '../../machines/lifecycles.ts';

/** A row of a transition table: in a leaf a command leads somewhere, to the leaf itself where it leaves none. */
export interface Row {
  readonly lifecycle: LifecycleName;
  readonly leaf: string;
  readonly command: string;
  readonly to: string;
}

/** Rows that no case can ever take, with the reason; proved in test/unit/derive/impossible-rows.test.ts. */
export const impossible: readonly { readonly reason: string; readonly covers: (row: Row, graph: Graph) => boolean }[] = [
  {
    reason: 'a working leaf has no timer in the mirror: nobody sends it a deadline',
    covers: ({ leaf, command }, graph) => command === 'deadlinePassed' && kindOf(graph, leaf) === 'working',
  },
  {
    reason: 'money is asked back and proved to be spent after a payment only, and no case gets back here from one',
    covers: ({ leaf, command }) => (command === 'orderRecovery' || command === 'noteRecovery' || command === 'recordExpense') && beforeMoney.test(leaf),
  },
  {
    reason: 'the timer goes off when the statement period is over, and then the recovery goes on',
    covers: ({ lifecycle, leaf, command, to }) => lifecycle === 'recovery' && leaf === 'awaitingStatement' && command === 'deadlinePassed' && to === leaf,
  },
];

/** The leaves in which nothing has been paid yet, whichever way a case came there. */
export const beforeMoney = /^(declaration|intake|selection|leadUnit)\.|^(publicNotice|awaitingBatch|irsRegistration)$|^construction\.project\.approval$|\.(awardProposing|awardApproving|advancePayable|payable)$/;

/** The graph of a lifecycle in force. */
export function graphFor(name: LifecycleName): Graph {
  const graph = graphs.get(name) ?? graphOf(name, lifecycles[name].version, lifecycles[name].machine);
  graphs.set(name, graph);
  return graph;
}

/** All rows of a lifecycle's transition table, each once. */
export function rowsOf(name: LifecycleName): Row[] {
  const rows = graphFor(name).edges.map(({ from, command, to }): Row => ({ lifecycle: name, leaf: from, command, to }));
  return [...new Map(rows.map((row) => [keyOf(row), row])).values()];
}

/** A row in words; two rows are the same when their words are. */
export function keyOf({ lifecycle, leaf, command, to }: Row): string {
  return `${lifecycle}: ${leaf} ${command} → ${to}`;
}

/** Which rows of the transition tables a walk has taken. */
export class Coverage {
  readonly #missing = new Map<string, Row>();
  readonly #all: number;

  constructor(names: readonly LifecycleName[]) {
    for (const name of names) {
      const graph = graphFor(name);
      for (const row of rowsOf(name)) if (!impossible.some(({ covers }) => covers(row, graph))) this.#missing.set(keyOf(row), row);
    }
    this.#all = this.#missing.size;
  }

  /** Counts what one event did, given the leaves before it; a deadline is that of its own leaf only. */
  count(lifecycle: LifecycleName, before: readonly string[], { command, args, routes }: EventRecord): void {
    const leaves = command === 'deadlinePassed' ? before.filter((leaf) => leaf === args['leaf']) : before;
    for (const leaf of leaves) this.#missing.delete(keyOf({ lifecycle, leaf, command, to: routes[leaf]?.to ?? leaf }));
  }

  /** The rows never taken, of one lifecycle or of all. */
  missing(lifecycle?: LifecycleName): Row[] {
    return [...this.#missing.values()].filter((row) => lifecycle === undefined || row.lifecycle === lifecycle);
  }

  /** Whether a row was never taken. */
  isMissing(row: Row): boolean {
    return this.#missing.has(keyOf(row));
  }

  /** Rows taken, all rows, and the rows never taken. */
  figures(): { readonly taken: number; readonly all: number; readonly missing: readonly string[] } {
    return { taken: this.#all - this.#missing.size, all: this.#all, missing: [...this.#missing.keys()] };
  }
}

const graphs = new Map<LifecycleName, Graph>();

function kindOf(graph: Graph, path: string): string | undefined {
  return graph.leaves.find((leaf) => leaf.path === path)?.kind;
}
