import type { Snapshot, Task } from '../../machines/decision.ts';
import { replay, type RecordedEvent } from '../../machines/replay.ts';
import { openTasks } from '../../machines/open-tasks.ts';
import type { Head } from '../store/case.ts';
import { eventsAfter } from '../store/load.ts';
import type { Table } from '../store/table.ts';

/** A case as it was after one of its events, with the tasks that were open then. */
export interface Rebuilt {
  readonly head: Head;
  readonly tasks: readonly Task[];
}

/** Rebuilds a case as it was after event `n` by folding its log again; throws when the log does not replay. */
export async function rebuilt(table: Table, head: Head, n: number): Promise<Rebuilt> {
  const events: RecordedEvent[] = [];
  let changedAt = head.changedAt;
  for await (const { event } of eventsAfter(table, head.id)) {
    events.push(event);
    changedAt = event.at;
    if (event.n === n) break;
  }
  const snapshot = head.version === n ? head.snapshot : replayed(head, events);
  const due = snapshot.context['due'] as { readonly [leaf: string]: string };
  const at = Object.fromEntries(Object.entries(due).map(([leaf, dueAt]) => [leaf, { n, dueAt }]));
  return { head: { ...head, version: n, snapshot, at, changedAt }, tasks: openTasks(snapshot) };
}

function replayed(head: Head, events: readonly RecordedEvent[]): Snapshot {
  const answer = replay(head.lifecycle, events);
  if (!answer.ok) throw new Error(`event ${answer.index + 1} of ${head.id} does not replay: ${answer.detail}`);
  return answer.snapshot;
}
