import { dayOf } from '../../shared/days.ts';
import type { Question, Rule } from '../question.ts';
import type { CaseUnit } from '../scenario/context.ts';
import { isDataAuthority, type DataLevel } from './routing.ts';

/** What a provider promised by name, until when (a day), and when it came. */
export interface DataPromise {
  readonly name: string;
  readonly dueOn: string;
  readonly doneOn: string | null;
}

/** What a data demand keeps. `handler` is the data authority, `provider` the department that holds the data, both by id; `deliveries` counts returns of what was not usable. */
export interface DemandContext {
  readonly id: string;
  readonly scenario: string;
  readonly name: string;
  readonly unit: CaseUnit;
  readonly filer: string;
  readonly level: DataLevel;
  readonly handler: string;
  readonly provider: string | null;
  readonly dataTypes: readonly string[];
  readonly scope: string;
  readonly purpose: string;
  readonly promises: readonly DataPromise[];
  readonly signed: { readonly user: string | null; readonly provider: string | null };
  /** The day on which it was filed, and the one on which the second side signed; absent in demands from before they were kept. */
  readonly filedOn?: string;
  readonly signedOn?: string;
  readonly meetings: number;
  readonly defects: number;
  readonly quality: DataQuality | null;
  readonly reminders: number;
  readonly policy: string;
  readonly due: { readonly [leaf: string]: string };
}

/** How the unit found the data, 1 to 5 each (art. 16: accuracy, completeness, timeliness). */
export interface DataQuality {
  readonly accuracy: number;
  readonly completeness: number;
  readonly timeliness: number;
}

const departments = ['sectorAuthority', 'city'];

/** Rules of a data demand (art. 16). */
export const demandRules = {
  handlerIsDataAuthority: {
    article: 'art. 16',
    reads: 'facts',
    sentence: '数据需求由自治区、设区市或县（市、区）的数据主管部门受理，请从名单中选择另一个数据主管部门',
    holds: ({ args, context, facts }) => args.handler === undefined || (args.handler !== context.handler && isDataAuthority(facts.organisations?.[args.handler])),
  },
  providerIsDepartment: {
    article: 'art. 16',
    reads: 'facts',
    sentence: '请指明持有数据的部门（设区市或行业主管部门）；下属单位的数据由其主管部门提供',
    holds: ({ args, facts }) => args.provider === undefined || departments.includes(facts.organisations?.[args.provider]?.office ?? ''),
  },
  meetingIsNotInTheFuture: {
    article: 'policy R-056',
    reads: 'args',
    sentence: '会议日期不能晚于今天，请在会议召开后登记纪要',
    holds: ({ args, now }) => args.heldOn === undefined || args.heldOn <= dayOf(now),
  },
  meetingFollowsTheDemand: {
    article: 'policy R-056',
    reads: 'args',
    sentence: '会议日期早于提出数据需求的日期，请核对',
    holds: ({ args, context }) => args.heldOn === undefined || args.heldOn >= (context.filedOn ?? args.heldOn),
    figures: ({ args, context }) => ({ heldOn: args.heldOn ?? null, earliest: context.filedOn ?? null }),
  },
  promisesAreDated: {
    article: 'policy R-057',
    reads: 'args',
    sentence: '承诺的期限不能早于今天，名称不能重复，请核对',
    holds: ({ args, now }) => (args.promises ?? []).every(({ dueOn }) => dueOn >= dayOf(now)) && new Set((args.promises ?? []).map(({ name }) => name)).size === (args.promises ?? []).length,
    figures: ({ now }) => ({ today: dayOf(now) }),
  },
  userHasNotSigned: {
    article: 'art. 16',
    reads: 'case',
    sentence: '使用方已经签署责任确认',
    holds: ({ context }) => context.signed.user === null,
  },
  providerHasNotSigned: {
    article: 'art. 16',
    reads: 'case',
    sentence: '提供方已经签署责任确认',
    holds: ({ context }) => context.signed.provider === null,
  },
  bothHaveSigned: {
    article: 'art. 16, policy R-059',
    reads: 'case',
    sentence: '“谁管理、谁负责，谁使用、谁负责”：双方签署责任确认后才能开始提供数据',
    holds: ({ context }) => context.signed.user !== null && context.signed.provider !== null,
    figures: ({ context }) => ({ user: context.signed.user !== null, provider: context.signed.provider !== null }),
  },
  promiseIsOpen: {
    article: 'policy R-057',
    reads: 'args',
    sentence: '没有这一项未兑现的承诺，请核对名称',
    holds: ({ args, context }) => args.name === undefined || context.promises.some(({ name, doneOn }) => name === args.name && doneOn === null),
    figures: ({ context }) => ({ open: openPromises(context).map(({ name }) => name) }),
  },
  deliveryIsNotInTheFuture: {
    article: 'policy R-057',
    reads: 'args',
    sentence: '提供日期不能晚于今天，请核对',
    holds: ({ args, now }) => args.deliveredOn === undefined || args.deliveredOn <= dayOf(now),
  },
  deliveryFollowsTheSigning: {
    article: 'art. 16, policy R-059',
    reads: 'args',
    sentence: '提供日期早于双方签署责任确认的日期，请核对',
    holds: ({ args, context }) => args.deliveredOn === undefined || args.deliveredOn >= (context.signedOn ?? args.deliveredOn),
    figures: ({ args, context }) => ({ deliveredOn: args.deliveredOn ?? null, earliest: context.signedOn ?? null }),
  },
  promisesAreKept: {
    article: 'policy R-057',
    reads: 'case',
    sentence: '还有承诺的数据没有提供，请全部提供后再报完成',
    holds: ({ context }) => openPromises(context).length === 0,
    figures: ({ context }) => ({ open: openPromises(context).map(({ name, dueOn }) => ({ name, dueOn })) }),
  },
  defectsArePromised: {
    article: 'policy R-058',
    reads: 'args',
    sentence: '请从已提供的数据中指明有问题的项',
    holds: ({ args, context }) => (args.items ?? []).every(({ pointer }) => context.promises.some(({ name }) => pointerOf(name) === pointer)),
    figures: ({ context }) => ({ pointers: context.promises.map(({ name }) => pointerOf(name)) }),
  },
} as const satisfies Record<string, Rule<DemandContext>>;

/** The promises that were not kept yet. */
export function openPromises({ promises }: DemandContext): readonly DataPromise[] {
  return promises.filter(({ doneOn }) => doneOn === null);
}

/** How a promise is named where the reasons of a return stand. */
export function pointerOf(name: string): string {
  return `/promises/${name}`;
}

/** A question about a data demand. */
export type DemandQuestion = Question<DemandContext>;
