import type { EventRecord } from '../../functions/store/chain.ts';
import { graphOf } from '../../machines/derive/graph.ts';
import type { LifecycleName } from '../../machines/decision.ts';
import { lifecycles } from '../../machines/lifecycles.ts';

// The root answers these everywhere, but a case gets there only after something was paid: no case can take them in a leaf before that.
const aboutPaidMoney: ReadonlySet<string> = new Set(['orderRecovery', 'noteRecovery']);
const beforeMoney = /^(declaration|intake|selection|leadUnit)\.|^(publicNotice|awaitingBatch|irsRegistration)$|^construction\.project\.approval$|\.(awardProposing|awardApproving|advancePayable|payable)$/;

/** Which rows of the transition tables a walk has taken: a row is a leaf, a command, and where it leads. */
export class Coverage {
  readonly #taken = new Map<string, number>();
  readonly #rows = new Map<string, string>();

  constructor(names: readonly LifecycleName[]) {
    for (const name of names) {
      const { machine, version } = lifecycles[name];
      const graph = graphOf(name, version, machine);
      // Nobody's time runs out while the cloud works: a working leaf has no timer in the mirror.
      const working = new Set(graph.leaves.filter(({ kind }) => kind === 'working').map(({ path }) => path));
      const takeable = graph.edges.filter(({ from, command }) => !(command === 'deadlinePassed' && working.has(from)) && !(aboutPaidMoney.has(command) && beforeMoney.test(from)));
      for (const { from, command, to } of takeable) this.#rows.set(rowOf(name, from, command, to), askOf(name, from, command));
    }
  }

  /** Counts what one event did, given the leaves before it. */
  count(lifecycle: LifecycleName, before: readonly string[], event: EventRecord): void {
    for (const leaf of before) {
      const row = rowOf(lifecycle, leaf, event.command, event.routes[leaf]?.to ?? leaf);
      if (this.#rows.has(row)) this.#taken.set(row, (this.#taken.get(row) ?? 0) + 1);
    }
  }

  /** How many rows that this command can take from these leaves have never been taken. */
  fresh(lifecycle: LifecycleName, leaves: readonly string[], command: string): number {
    const asks = new Set(leaves.map((leaf) => askOf(lifecycle, leaf, command)));
    return [...this.#rows].filter(([row, ask]) => asks.has(ask) && !this.#taken.has(row)).length;
  }

  /** The leaves of a lifecycle in which something has never been done. */
  leavesWithGaps(lifecycle: LifecycleName): string[] {
    const asks = [...this.#rows].filter(([row]) => row.startsWith(`${lifecycle}: `) && !this.#taken.has(row)).map(([, ask]) => ask.split(' ')[1] ?? '');
    return [...new Set(asks)];
  }

  /** Rows taken, all rows, and the rows never taken. */
  figures(): { readonly taken: number; readonly all: number; readonly missing: readonly string[] } {
    const missing = [...this.#rows.keys()].filter((row) => !this.#taken.has(row));
    return { taken: this.#rows.size - missing.length, all: this.#rows.size, missing };
  }
}

const askOf = (lifecycle: string, leaf: string, command: string): string => `${lifecycle}: ${leaf} ${command}`;
const rowOf = (lifecycle: string, leaf: string, command: string, to: string): string => `${askOf(lifecycle, leaf, command)} → ${to}`;
