import { lifecycles } from '../../machines/lifecycles.ts';
import type { LifecycleName } from '../../machines/decision.ts';
import type { Head } from '../store/case.ts';
import { nextLegRuns, type Leg } from '../store/legs.ts';
import type { Position } from './position.ts';
import { legInput } from './step.ts';
import type { Waker } from './wake.ts';

const day = 24 * 60 * 60 * 1000;

/** A leg ends at the first occasion after this many days; the sweep, every five minutes, is one. An execution may last 365 days, and its definition lets no wait run beyond the 355th (`machines/derive/asl-states.ts`). */
export const legDays = 345;

// One visit of a leaf writes 8 history events (task entered, scheduled, started, submitted, succeeded, exited; choice entered, exited),
// with a wait that ran out about 14; Step Functions ends an execution at 25,000, and we turn at 20,000.
const historyPerEvent = 14;
const historyLimit = 20_000;

/** Why a leg has to end, or `undefined` while it may go on. */
export function reasonToRollOver({ head, leg }: Position, now: number): 'age' | 'history' | 'definition' | undefined {
  if (now - Date.parse(leg.startedAt) > legDays * day) return 'age';
  if ((head.version - leg.n) * historyPerEvent > historyLimit) return 'history';
  return leg.definition === currentDefinition(head.lifecycle) ? undefined : 'definition';
}

/** The definition that new legs follow: `<lifecycle>@<version>`. */
export function currentDefinition(lifecycle: LifecycleName): string {
  return `${lifecycle}@${lifecycles[lifecycle].version}`;
}

/** Starts the next leg at the case's leaves of this moment, then records it; started first, so that a crash between the two only repeats the start. `failures` counts the legs in a row that failed. */
export async function startNextLeg({ table, steps }: Waker, head: Head, leg: Leg, now: number, failures = 0): Promise<Leg> {
  const next: Leg = { leg: leg.leg + 1, n: head.version, startedAt: new Date(now).toISOString(), definition: currentDefinition(head.lifecycle), failures };
  await steps.start(head.lifecycle, legInput(head, next.leg, now));
  await nextLegRuns(table, head.id, next);
  return next;
}
