import { dayOf, halfYearOf } from '../../shared/days.ts';
import type { LegInput } from '../../shared/step.ts';
import { open, type Desk } from '../cases/act.ts';
import { loadCase, loadEvent } from '../store/load.ts';
import { systemActor } from '../store/people.ts';
import { Conflict } from '../store/save.ts';
import { legInput } from './step.ts';

/** What the schedule's execution hands over: when it was due (UTC ISO instant), and which execution it is. */
export interface OpenBatchCall {
  readonly scheduledTime: string;
  readonly execution: string;
  readonly startedAt: string;
}

/** The answer when the half-year has its batch already: the schedule fired twice. */
export interface Duplicate {
  readonly duplicate: true;
}

/** Opens the batch of the half-year that an instant lies in, once; a repeat by the same execution gets its leg again (art. 11(4), A-21). Throws when the core refuses. */
export async function openBatch(desk: Desk, call: OpenBatchCall): Promise<LegInput | Duplicate> {
  const half = halfYearOf(dayOf(call.scheduledTime));
  const id = `batch-${half}`;
  const request = { key: 'openBatch', digest: call.execution };
  try {
    const done = await open(desk, { lifecycle: 'publication', input: { id, half }, actor: systemActor, request, leg: { startedAt: call.startedAt, execution: call.execution } });
    if (!done.ok) throw new Error(`batch ${half} could not be opened: ${done.detail}`);
    return legInput(done.head, 1, desk.now);
  } catch (error) {
    if (!(error instanceof Conflict)) throw error;
  }
  const [head, first] = await Promise.all([loadCase(desk.table, id), loadEvent(desk.table, id, 1)]);
  return head && first?.request?.digest === call.execution ? legInput(head, 1, desk.now) : { duplicate: true };
}
