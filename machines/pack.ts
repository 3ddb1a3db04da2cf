import { dayOf } from '../shared/days.ts';
import { packOn, policies } from '../shared/policy.ts';
import type { Snapshot } from './decision.ts';
import { isDraftOf } from './position.ts';

/**
 * The policy pack that a case is decided under (id): what was filed keeps the pack that it was filed under, however long it runs;
 * a draft goes by the pack in force on the day, and takes along the one it is submitted under.
 */
export function packOf(snapshot: Snapshot, ruleSet: string, now: string): string {
  const own = String(snapshot.context['policy']);
  return Object.hasOwn(policies, own) && !isDraftOf(snapshot) ? own : packOn(ruleSet, dayOf(now));
}
