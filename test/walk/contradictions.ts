import type { Path, PathStep } from '../../machines/derive/paths.ts';

/** Why no case can take a path to its end though the chart draws it: it remembers in one place what another place's guard asks. */
export const contradictions: readonly { readonly reason: string; readonly holdsFor: (path: Path) => boolean }[] = [
  {
    reason: 'awardIsMissing: whoever built under this programme was awarded or waived before acceptance, and goes on to the remainder or to evaluation',
    holdsFor: (path) => enters(path, 'construction.') && acceptedInto(path) === 'settlement.awardProposing',
  },
  {
    reason: 'awardIsMissing: what was built already has no award before acceptance, and is awarded next',
    holdsFor: (path) => enters(path, 'irsRegistration') && ![undefined, 'settlement.awardProposing'].includes(acceptedInto(path)),
  },
  {
    reason: 'advanceIsDue: whoever put the first half off until after acceptance gets it then, and nobody else does',
    holdsFor: (path) => acceptedInto(path) !== undefined && enters(path, 'construction.') && enters(path, 'construction.funding.advanceDeferred') !== (acceptedInto(path) === 'settlement.advancePayable'),
  },
  {
    reason: 'remainderIsDue: whoever waived the award has no remainder to get',
    holdsFor: (path) => enters(path, 'construction.funding.waived') && acceptedInto(path) === 'settlement.remainderPayable',
  },
  {
    reason: 'subsidyIsPaid, subsidyIsWaived: the commitment is kept or broken only by whoever was paid, and released only for whoever waived',
    holdsFor: (path) => path.some(({ from, command }, index) => from === 'support.commitment.watching' && endsOtherwise(command, path[index - 1]?.after ?? [])),
  },
];

/** Why a path cannot be taken to its end; undefined when it can. */
export function contradictionOf(path: Path): string | undefined {
  return contradictions.find(({ holdsFor }) => holdsFor(path))?.reason;
}

function endsOtherwise(command: string, leavesBefore: readonly string[]): boolean {
  if (command === 'releaseCommitment') return !leavesBefore.includes('support.subsidy.waived');
  return ['deadlinePassed', 'recordBreach'].includes(command) && !leavesBefore.includes('support.subsidy.paid');
}

function enters(path: Path, leaf: string): boolean {
  return path.some(({ after }) => after.some((each) => each.startsWith(leaf)));
}

/** Where a path goes from acceptance, when it passes it. */
function acceptedInto(path: Path): string | undefined {
  return path.find(({ command }: PathStep) => command === 'passAcceptance')?.after[0];
}
