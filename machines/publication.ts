import { and, setup, type AnyStateMachine } from 'xstate';
import { actionsOf, by, guardsOf, waiting, working } from './chart.ts';
import type { StateMeta, TransitionMeta } from './define.ts';
import type { CommandEvent, Question, Rule } from './question.ts';

/** What a half-yearly batch keeps: its key (`2025-H1`), the frozen list's place and digest, how many it published. */
export interface PublicationContext {
  readonly id: string;
  readonly half: string;
  readonly openedAt: string;
  readonly count: number;
  readonly number: string | null;
  readonly listKey: string | null;
  readonly listSha256: string | null;
  /** The officer who checked the frozen list; a leader signs only what somebody else has checked. */
  readonly checkedBy: string | null;
  readonly documentNo: string | null;
  /** Which edition of the half-year's list this run makes: 1 is the batch itself, later ones correct it; absent means 1. */
  readonly edition?: number;
  /** What a corrected edition changes, and why; absent for the first. */
  readonly correction?: Correction;
  /** The digests of the published file; absent until it is there. */
  readonly listing?: { readonly sha256: string; readonly sm3: string };
  readonly published: number;
  readonly refused: number;
  readonly freezes: number;
  readonly reminders: number;
  readonly policy: string;
  readonly due: { readonly [leaf: string]: string };
}

/** One line of a published list that a new edition says differently: under another name, or struck because its scenario has ended. */
export interface RowChange {
  readonly scenario: string;
  readonly number: string;
  readonly change: 'amend' | 'strike';
  readonly name?: string;
  readonly unitName?: string;
}

/** A correction of a published list: asked for by an officer, with its reason; a published list itself is never edited. */
export interface Correction {
  readonly reason: string;
  readonly proposedBy: string;
  readonly changes: readonly RowChange[];
}

/** Rules of the publication run (art. 11(4), art. 14(4)). */
export const publicationRules = {
  listIsChecked: {
    article: 'art. 11(4), art. 14(4), policy R-028 (four eyes)',
    reads: 'case',
    sentence: '清单还没有经办人核对，请先由经办人核对清单再签发',
    holds: ({ context }) => context.checkedBy !== null,
  },
  signerIsNotTheChecker: {
    article: 'policy A-08 (four eyes)',
    reads: 'case',
    sentence: '核对清单的人不能自己签发，请由另一位负责人办理',
    holds: ({ actor, context }) => context.checkedBy !== actor.person,
  },
  signerDidNotPropose: {
    article: 'policy A-08 (four eyes)',
    reads: 'case',
    sentence: '提出更正的人不能自己签发，请由另一位负责人办理',
    holds: ({ actor, context }) => context.correction?.proposedBy !== actor.person,
  },
  listIsUnchanged: {
    article: 'art. 11(4), art. 14(4)',
    reads: 'args',
    sentence: '清单已重新冻结，请刷新后核对新清单再签发',
    holds: ({ args, context }) => args.listSha256 === undefined || args.listSha256 === context.listSha256,
    figures: ({ args, context }) => ({ seen: args.listSha256 ?? null, frozen: context.listSha256 }),
  },
} as const satisfies Record<string, Rule<PublicationContext>>;

type Ask = Question<PublicationContext>;

/** Changes of the publication run by action name. */
export const publicationChanges = {
  noteFreeze: ({ args, context }: Ask) => ({ count: args.count ?? 0, number: args.number ?? null, listKey: args.listKey ?? null, listSha256: args.listSha256 ?? null, checkedBy: null, freezes: context.freezes + 1 }),
  noteListCheck: ({ actor }: Ask) => ({ checkedBy: actor.person }),
  noteSignature: ({ args }: Ask) => ({ documentNo: args.documentNo ?? null }),
  noteOutcome: ({ args }: Ask) => ({ published: args.published ?? 0, refused: args.refused ?? 0, ...(args.sha256 !== undefined && args.sm3 !== undefined && { listing: { sha256: args.sha256, sm3: args.sm3 } }) }),
  remind: ({ args, context, now }: Ask) => (now >= (context.due[args.leaf ?? ''] ?? now) ? { reminders: context.reminders + 1 } : {}),
} as const;

const batch = setup({
  types: {
    context: {} as PublicationContext,
    events: {} as CommandEvent,
    input: {} as PublicationContext,
    meta: {} as StateMeta,
    transitionMeta: {} as TransitionMeta,
  },
  guards: guardsOf<PublicationContext, keyof typeof publicationRules>(publicationRules),
  actions: actionsOf<PublicationContext, keyof typeof publicationChanges, never>(publicationChanges, {}),
});

const system = by(['system'], 'anyCase', 'art. 11(4), art. 14(4)');
const officer = by(['bureauOfficer'], 'anyCase', 'art. 11(4), art. 14(4), policy R-028 (four eyes)');
const leader = by(['bureauLeader'], 'anyCase', 'art. 11(4), art. 14(4)');

/** One batch per half-year: the list of selected scenarios is frozen, checked by an officer, signed off by a leader, then every scenario is moved on (art. 11(4), A-21). */
export function publication(): AnyStateMachine {
  return batch.createMachine({
    id: 'publication',
    initial: 'freezing',
    context: ({ input }) => input,
    on: { deadlinePassed: { actions: 'remind', meta: by(['system'], 'anyCase', 'policy requirements 0.8') } },
    states: {
      freezing: {
        meta: working('freezeBatch', 'art. 11(4), art. 14(4)'),
        on: { finishFreeze: { target: 'awaitingSignOff', actions: 'noteFreeze', meta: system } },
      },
      awaitingSignOff: {
        meta: waiting('bureauLeader', 'signOff', 'art. 11(4), art. 14(4)'),
        on: {
          checkList: { guard: and(['listIsUnchanged']), actions: 'noteListCheck', meta: officer },
          signOff: { target: 'publishing', guard: and(['listIsChecked', 'signerIsNotTheChecker', 'signerDidNotPropose', 'listIsUnchanged']), actions: 'noteSignature', meta: leader },
          refreeze: { target: 'freezing', meta: leader },
          cancelBatch: { target: 'cancelled', meta: leader },
        },
      },
      publishing: {
        meta: working('finishPublication', 'art. 11(4), art. 14(4)', { handler: 'publish-scenarios', listKey: 'frozen.json' }),
        on: { finishPublication: { target: 'published', actions: 'noteOutcome', meta: system } },
      },
      published: { type: 'final' },
      cancelled: { type: 'final' },
    },
  });
}
