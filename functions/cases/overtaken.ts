import { setTimeout } from 'node:timers/promises';
import { Problem } from '../http/problem.ts';

// Forty people at one list get through within a second or two; a gateway waits for thirty.
const overtakenAtMost = 16;
const longestPauseMs = 300;

/**
 * What somebody does whom others overtook, for the nth time, though nothing of theirs was in the way: they step aside for a moment,
 * longer each time and by chance, or all would come back together. Throws `unavailable` when it was too often.
 */
export async function stepAside(times: number): Promise<void> {
  if (times >= overtakenAtMost) throw new Problem('unavailable', '同时办理的人较多，请稍后重试');
  await setTimeout(Math.random() * Math.min(longestPauseMs, 10 * 2 ** times));
}
