import type { EventRecord } from '../../functions/store/chain.ts';
import type { StepOutcome } from './walker.ts';

/** One case on the walk: how much of its log has been counted, where that left it, and what it waits for. */
export interface Followed {
  readonly id: string;
  counted: number;
  compared: number;
  leaves: readonly string[];
  over: boolean;
  came: StepOutcome;
}

/** A case of which nothing is known yet. */
export function newly(id: string): Followed {
  return { id, counted: 0, compared: 0, leaves: [], over: false, came: 'accepted' };
}

/** Notes the next event of a case. What comes after its end (a recovery's news, a scan's verdict) opens nothing again. */
export function note(followed: Followed, event: Pick<EventRecord, 'n' | 'leaves' | 'entered' | 'routes'>): void {
  followed.counted = event.n;
  followed.leaves = event.leaves;
  followed.over ||= isTheEnd(event);
}

function isTheEnd({ leaves, entered, routes }: Pick<EventRecord, 'leaves' | 'entered' | 'routes'>): boolean {
  return Object.keys(entered).length === 0 && leaves.length === 1 && !leaves.some((leaf) => leaf.includes('.')) && Object.keys(routes).length > 0;
}
