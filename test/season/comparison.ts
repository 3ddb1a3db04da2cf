import type { SFNClient } from '@aws-sdk/client-sfn';
import type { Table } from '../../functions/store/table.ts';
import { divergenceOf } from '../walk/agreement.ts';
import type { Followed } from './followed.ts';
import { sideBySide } from './side-by-side.ts';

/** Compares record and execution, past the API: of cases that are over once, because Step Functions forgets an execution 90 days after its end. */
export class Comparison {
  readonly #records: Table;
  readonly #states: SFNClient;
  readonly #parallel: number;
  readonly #done = new Set<string>();
  readonly divergences: string[] = [];
  count = 0;

  constructor({ records, states, parallel }: { readonly records: Table; readonly states: SFNClient; readonly parallel: number }) {
    this.#records = records;
    this.#states = states;
    this.#parallel = parallel;
  }

  /** Compares those that have ended since the last look; `others` are ids of what is over and followed by nobody. */
  async ended(cases: readonly Followed[], others: Iterable<string>): Promise<void> {
    const ids = [...cases.filter(({ over }) => over).map(({ id }) => id), ...others].filter((id) => !this.#done.has(id));
    await this.#compare(ids);
    for (const id of ids) this.#done.add(id);
  }

  /** Compares those that are open. */
  async open(cases: readonly Followed[]): Promise<void> {
    await this.#compare(cases.filter(({ over }) => !over).map(({ id }) => id));
  }

  async #compare(ids: readonly string[]): Promise<void> {
    await sideBySide(ids, this.#parallel, async (id) => {
      const apart = await divergenceOf(this.#records, this.#states, id);
      if (apart !== undefined) this.divergences.push(apart);
      this.count += 1;
    });
  }
}
