import { act, actTogether, type Desk, type Wish } from '../cases/act.ts';
import type { LeafCall } from '../steps/step.ts';
import type { Head } from '../store/case.ts';
import { loadCase, loadHeads } from '../store/load.ts';
import { systemActor } from '../store/people.ts';
import { Conflict } from '../store/save.ts';
import type { ListEntry } from './batch-list.ts';
import { halfOf } from './freeze-batch.ts';

/** One batch of the Distributed Map: which publication run, and some entries of its frozen list. */
export interface PublishCall {
  readonly BatchInput: LeafCall;
  readonly Items: readonly ListEntry[];
}

/** What became of the entries; an omitted one left the pool after the freeze (withdrawn, voided, on hold), with the reason. */
export interface PublishResult {
  readonly published: number;
  readonly omitted: readonly { readonly case: string; readonly reason: string }[];
}

const tries = 10;

/** Moves the scenarios of a batch on to `published`, each once: a repeat finds the batch already in the scenario and counts it. */
export async function publishScenarios(desk: Desk, { BatchInput, Items }: PublishCall): Promise<PublishResult> {
  const batch = await loadCase(desk.table, BatchInput.case);
  if (!batch) throw new Error(`there is no batch ${BatchInput.case}`);
  const heads = new Map((await loadHeads(desk.table, Items.map((entry) => entry.case))).map((head) => [head.id, head]));
  const moved = await publishTogether(desk, batch, Items, heads);
  const omitted: { case: string; reason: string }[] = [];
  // What is refused or lost against another write is rare: one after the other.
  for (const entry of Items.filter((each) => !moved.has(each.case))) {
    const reason = await publishOne(desk, batch, entry, heads.get(entry.case));
    if (reason !== undefined) omitted.push({ case: entry.case, reason });
  }
  return { published: Items.length - omitted.length, omitted };
}

/** The scenarios that moved on at the first try, many in one transaction. */
function publishTogether(desk: Desk, batch: Head, entries: readonly ListEntry[], heads: ReadonlyMap<string, Head>): Promise<ReadonlySet<string>> {
  const numbers = new Map(entries.map((entry) => [entry.case, entry.number]));
  const open = [...heads.values()].filter((head) => !isIn(head, batch));
  return actTogether(desk, open, (head) => publishing(batch, numbers.get(head.id) ?? ''));
}

/** Moves one scenario on, on its newest head when people act at the same moment; answers why it was left out, if it was. */
async function publishOne(desk: Desk, batch: Head, entry: ListEntry, head: Head | undefined): Promise<string | undefined> {
  let newest = head;
  for (let attempt = 1; ; attempt += 1) {
    if (!newest) return 'not-found';
    if (isIn(newest, batch)) return undefined;
    try {
      const done = await act(desk, newest, publishing(batch, entry.number));
      return done.ok ? undefined : `${done.problem}: ${done.detail}`;
    } catch (error) {
      if (!(error instanceof Conflict) || attempt === tries) throw error;
      newest = await loadCase(desk.table, entry.case);
    }
  }
}

function isIn(head: Head, batch: Head): boolean {
  return head.snapshot.context['batch'] === halfOf(batch);
}

function publishing(batch: Head, number: string): Wish {
  return { actor: systemActor, command: { type: 'publish', args: { batch: halfOf(batch), batchCase: batch.id, number } } };
}
