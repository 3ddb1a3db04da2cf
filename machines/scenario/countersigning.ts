import { and } from 'xstate';
import { added, afterReturn, begunCountersign, carriedTo, signed, transferred, withdrawn, type Countersign } from '../countersign.ts';
import { by } from '../chart.ts';
import type { Question } from '../question.ts';
import type { ScenarioContext } from './context.ts';

type Ask = Question<ScenarioContext>;

const bureau = by(['bureauOfficer', 'bureauLeader'], 'anyCase', 'policy requirements 7 (sign-off)');

/** Where the Bureau decides, whoever is to decide may ask colleagues to sign first; then nothing is decided until enough have signed. */
export const countersigning = {
  askCountersigns: { guard: and(['noCountersignIsOpen', 'countersignersFit']), actions: 'openCountersign', meta: bureau },
  countersign: { guard: and(['isTheirTurnToSign']), actions: 'noteCountersign', meta: bureau },
  transferCountersign: { guard: and(['isTheirTurnToSign', 'countersignersFit']), actions: 'passCountersignOn', meta: bureau },
  addCountersigner: { guard: and(['isTheirTurnToSign', 'countersignersAreFew', 'countersignersFit']), actions: 'addCountersign', meta: bureau },
  withdrawCountersign: { guard: and(['signatureMayBeWithdrawn']), actions: 'takeCountersignBack', meta: bureau },
  recallCountersigns: { guard: and(['askedForCountersigns']), actions: 'closeCountersign', meta: bureau },
} as const;

/** What people sign in a case as it stands: the outcome that was proposed, else the filing as a whole. */
export function matterOf({ proposal }: Pick<ScenarioContext, 'proposal'>): string {
  return proposal?.outcome ?? 'filing';
}

/** What the sign-off changes in a scenario's context. */
export const countersignChanges = {
  openCountersign: ({ args, actor, context }) => ({ countersign: begunCountersign(args.mode ?? 'all', actor.person, matterOf(context), args.signers ?? []) }),
  noteCountersign: ({ actor, now, context }) => change(context, (it) => signed(it, actor.person, now)),
  passCountersignOn: ({ args, actor, context }) => change(context, (it) => transferred(it, actor.person, args.to ?? '')),
  addCountersign: ({ args, actor, context }) => change(context, (it) => added(it, actor.person, args.signer ?? '', args.place ?? 'after')),
  takeCountersignBack: ({ actor, context }) => change(context, (it) => withdrawn(it, actor.person)),
  voidCountersigns: ({ actor, context, policy }) => change(context, (it) => afterReturn(it, actor.person, policy.returnVoids.value)),
  carryCountersign: ({ context }) => change(context, (it) => carriedTo(it, matterOf(context))),
  closeCountersign: ({ context }) => (context.countersign ? { countersign: null } : {}),
} as const satisfies Record<string, (ask: Ask) => Partial<ScenarioContext>>;

function change({ countersign }: ScenarioContext, how: (countersign: Countersign) => Countersign): Partial<ScenarioContext> {
  return countersign ? { countersign: how(countersign) } : {};
}
