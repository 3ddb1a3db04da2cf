import { act, type Desk } from '../cases/act.ts';
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

// A transaction takes a few milliseconds of waiting for the store: eight at a time keep it busy without crowding people out.
const atATime = 8;
const tries = 10;

/** Moves each scenario of a batch on to `published`, once: a repeat finds the batch already in the scenario and counts it. */
export async function publishScenarios(desk: Desk, { BatchInput, Items }: PublishCall): Promise<PublishResult> {
  const batch = await loadCase(desk.table, BatchInput.case);
  if (!batch) throw new Error(`there is no batch ${BatchInput.case}`);
  const heads = new Map((await loadHeads(desk.table, Items.map((entry) => entry.case))).map((head) => [head.id, head]));
  const omitted: { case: string; reason: string }[] = [];
  for (let at = 0; at < Items.length; at += atATime) {
    const reasons = await Promise.all(Items.slice(at, at + atATime).map((entry) => publishOne(desk, batch, entry, heads.get(entry.case))));
    omitted.push(...reasons.flatMap((reason, index) => (reason === undefined ? [] : [{ case: Items[at + index]?.case ?? '', reason }])));
  }
  return { published: Items.length - omitted.length, omitted };
}

async function publishOne(desk: Desk, batch: Head, entry: ListEntry, head: Head | undefined): Promise<string | undefined> {
  let newest = head;
  for (let attempt = 1; ; attempt += 1) {
    if (!newest) return 'not-found';
    if (newest.snapshot.context['batch'] === halfOf(batch)) return undefined;
    try {
      const command = { type: 'publish', args: { batch: halfOf(batch), batchCase: batch.id, number: entry.number } };
      const done = await act(desk, newest, { actor: systemActor, command });
      return done.ok ? undefined : `${done.problem}: ${done.detail}`;
    } catch (error) {
      if (!(error instanceof Conflict) || attempt === tries) throw error;
      newest = await loadCase(desk.table, entry.case);
    }
  }
}
