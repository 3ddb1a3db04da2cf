import { addYears, dayOf } from '../shared/days.ts';
import { policyOf } from '../shared/policy.ts';
import { buildingFlags } from './building-flags.ts';
import type { Json, Snapshot } from './decision.ts';
import { recoveryFlags } from './recovery/flags.ts';
import type { RecoveryContext } from './recovery/rules.ts';
import type { ScenarioContext } from './scenario/context.ts';
import { asFigures, caseCeiling } from './scenario/money.ts';

/** Something a reader should see about a case though it forbids nothing: the rule or policy behind it, a Chinese sentence, and the figures. */
export interface Flag {
  readonly flag: string;
  readonly article: string;
  readonly sentence: string;
  readonly figures: { readonly [name: string]: Json };
}

/** A case as a flag looks at it; `today` is a day in Asia/Shanghai. */
interface Look {
  readonly context: ScenarioContext;
  readonly today: string;
  readonly policy: ReturnType<typeof policyOf>;
}

type Test = (look: Look) => Flag['figures'] | null;

const flags: Readonly<Record<string, Omit<Flag, 'flag' | 'figures'> & { readonly figures: Test }>> = {
  ...buildingFlags,
  reportOverdue: {
    article: 'art. 11(7), policy R-031',
    sentence: '评估结果还没有报送自治区人民政府，已超过期限',
    figures: ({ context, today }) => {
      const dueAt = context.due['evaluation.reporting'];
      const waits = dueAt !== undefined && context.evaluation?.reportedOn === null;
      return waits && dayOf(dueAt) < today ? { dueOn: dayOf(dueAt) } : null;
    },
  },
  evaluationOverdue: {
    article: 'art. 11(7), policy A-25',
    sentence: '上年度的成效评估还没有登记，请及时评估',
    figures: ({ context, today }) => (context.evaluation !== null && !context.inCaseLibrary && Number(today.slice(0, 4)) > context.evaluation.year + 1 ? { year: context.evaluation.year + 1 } : null),
  },
  filedBeforeEffect: {
    article: 'art. 21, policy R-066',
    sentence: '申报日期早于办法施行日期，请核对（办法为征求意见稿）',
    figures: ({ context, policy }) => (context.filedOn && context.filedOn < policy.effectiveOn.value ? { filedOn: context.filedOn, effectiveOn: policy.effectiveOn.value } : null),
  },
  nearTier: {
    article: 'art. 12(2), policy requirements 3',
    sentence: '投资额刚刚超过奖励档次，请核对是否拆分或虚增',
    figures: ({ context, policy }) => {
      const ceiling = caseCeiling(context, policy);
      return ceiling.nearTier ? asFigures(ceiling) : null;
    },
  },
  fileQuarantined: {
    article: 'art. 19(2), policy requirements 8.4',
    sentence: '有附件查出病毒，已隔离；请清除病毒后重新上传',
    figures: ({ context }) => ((context.quarantined ?? []).length === 0 ? null : { parts: [...(context.quarantined ?? [])] }),
  },
  findingOpen: {
    article: 'art. 5, policy R-011',
    sentence: '有未整改的监管问题：整改销号前不能验收，其中严重的不能拨付',
    figures: ({ context }) => (context.findings.length === 0 ? null : { findings: context.findings.map((id) => ({ id, ...context.findingNotes?.[id] })) }),
  },
  recoveryOpen: {
    article: 'art. 12(2), policy R-041',
    sentence: '有未办结的资金收回，办结前不能奖补或拨付',
    figures: ({ context }) => {
      const open = Object.entries(context.recoveries).filter(([, each]) => each.open);
      return open.length === 0 ? null : { recoveries: open.map(([id, { cause, fen, recoveredFen }]) => ({ id, cause, fen, recoveredFen })) };
    },
  },
  checkOverdue: {
    article: 'annex 2 letter, policy A-17',
    sentence: '本年度的承诺检查还没有登记，已超过期限',
    figures: ({ context, today, policy }) => {
      const dueOn = context.commitmentUntil && yearEnd(context.commitmentUntil, context.commitmentChecks, policy.commitmentYears.value);
      return dueOn && context.commitment === null && dueOn < today ? { dueOn, checks: context.commitmentChecks } : null;
    },
  },
};

/** The day by which a check had to be made: the end of the commitment's year number `checks` (0 is the first). */
function yearEnd(until: string, checks: number, years: number): string {
  return addYears(until, Math.min(checks + 1, years) - years);
}

/** What a reader should see about a scenario or a recovery now though it forbids nothing; empty for others. `now` is a UTC instant, `policy` a pack's id. */
export function flagsOf(snapshot: Snapshot, now: string, policy: string): Flag[] {
  if (snapshot.lifecycle === 'recovery') return recoveryFlags(snapshot.context as unknown as RecoveryContext, dayOf(now));
  if (snapshot.lifecycle !== 'governmentInvestment' && snapshot.lifecycle !== 'socialInvestment') return [];
  const look: Look = { context: snapshot.context as unknown as ScenarioContext, today: dayOf(now), policy: policyOf(policy) };
  return Object.entries(flags).flatMap(([flag, { article, sentence, figures: test }]) => {
    const figures = test(look);
    return figures ? [{ flag, article, sentence, figures }] : [];
  });
}
