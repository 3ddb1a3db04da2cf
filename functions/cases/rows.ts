import type * as z from 'zod/mini';
import type { Snapshot, Task } from '../../machines/decision.ts';
import type * as answers from '../api/answers.ts';
import type { Head } from '../store/case.ts';
import { leavesOf } from '../store/leaves.ts';
import { titleOf, unitOf, unitPlace } from './about.ts';

/** A case as a row of a list. */
export function caseRow(head: Head): z.infer<typeof answers.caseRow> {
  const { id, lifecycle, version, snapshot, openedAt, changedAt } = head;
  return { id, lifecycle, version, status: snapshot.status, state: [...leavesOf(snapshot.value)], title: titleOf(snapshot), unit: unitOf(snapshot), ...unitColumns(snapshot), openedAt, changedAt };
}

/** A to-do as a row of a list: with the unit behind it, and since when the case stands as it does. */
export function taskRow(head: Head, task: Task): z.infer<typeof answers.taskRow> {
  return { ...taskAnswer(head, task), unit: unitOf(head.snapshot), ...unitColumns(head.snapshot), changedAt: head.changedAt };
}

function unitColumns(snapshot: Snapshot): { unitName: string; division: string; sector: string } {
  const { name, division, sector } = unitPlace(snapshot);
  return { unitName: name, division, sector };
}

/** A task as the API answers it. */
export function taskAnswer({ id, lifecycle, snapshot }: Head, { slot, leaf, queue, commands, dueAt }: Task): z.infer<typeof answers.task> {
  return { case: id, lifecycle, title: titleOf(snapshot), slot, leaf, queue, commands: [...commands], dueAt };
}
