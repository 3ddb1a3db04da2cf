import type { Head } from '../store/case.ts';
import { leavesOf } from '../store/leaves.ts';

/** Whether what a case's form says is not final: it was never filed, or is back with the applicant. */
export function isDraft({ snapshot }: Pick<Head, 'snapshot'>): boolean {
  return snapshot.context['handler'] === null || leavesOf(snapshot.value).some((leaf) => /(?:^|\.)(?:draft|returned)$/.test(leaf));
}
