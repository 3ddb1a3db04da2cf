import type { Head } from '../../functions/store/case.ts';
import { ends, type Choice } from './helm.ts';

const asides: ReadonlySet<string> = new Set(['saveForm', 'removeAttachment', 'recordFinding', 'fileStageReport', 'planMilestones', 'confirmAttachment', 'returnForCorrection', 'sendBack', 'returnAward', 'refreeze', 'orderRecovery', 'recordEvaluation', 'returnCase', 'dismissExpert', 'recuse', 'requestChange', 'editRow', 'removeRow', 'orderRows', 'proposeRows', 'unsealList', 'askCountersigns', 'transferCountersign', 'addCountersigner', 'withdrawCountersign', 'recallCountersigns', 'proposeAdjustment']);
const idleWeight = 0.5;

/** A step at random, ends rarely: a walk that is voided at its second step shows nothing of what comes later. `leaves` is said where others have more to find: then it ends soon. */
export function roam(head: Head, choices: readonly Choice[], leaves: boolean, random: () => number): Choice | undefined {
  const weights = choices.map(({ command }) => weightOf(command, leaves && head.lifecycle.endsWith('Investment')));
  // While the cloud works on a case, or only exits are left, waiting is a choice, too.
  let left = random() * weights.reduce((sum, weight) => sum + weight, idleWeight);
  return choices.find((_, index) => (left -= weights[index] ?? 0) <= 0);
}

function weightOf(command: string, leaves: boolean): number {
  if (ends.has(command)) return leaves && command !== 'hold' ? 0.2 : 0.02;
  return asides.has(command) ? 0.1 : command === 'resume' ? 2 : 1;
}
