import { dayOf } from '../../../shared/days.ts';
import type { Question, Rule } from '../../question.ts';
import { conflictsOf, type ConflictKind } from '../conflicts.ts';
import type { ScenarioContext } from '../context.ts';
import { panelAtWork } from '../panel.ts';
import { reviewPack } from '../scores.ts';

type Ask = Question<ScenarioContext>;

/** Rules about review, decision, lead unit and publication (art. 5(2), art. 11(3) and (4), art. 14(3) and (4)). */
export const reviewRules = {
  expertsAreKnown: {
    article: 'art. 11(3)',
    reads: 'facts',
    sentence: '只能从专家库中选择专家，请重新选择',
    holds: (ask) => named(ask).every((id) => ask.facts.people?.[id]?.expert === true),
    figures: (ask) => ({ unknown: named(ask).filter((id) => ask.facts.people?.[id]?.expert !== true) }),
  },
  expertsAreIndependent: {
    article: 'policy requirements 8 (recusal)',
    reads: 'facts',
    sentence: '所选专家与申报单位或合作单位有利害关系（本单位、合作单位、已申报的利害关系、近年曾任职），须回避，请换人',
    holds: (ask) => conflicts(ask).length === 0,
    figures: (ask) => ({ conflicts: conflicts(ask) }),
  },
  expertsAreNew: {
    article: 'policy requirements 8 (recusal)',
    reads: 'args',
    sentence: '所选专家中有已指派、已回避或重复选择的，请换人',
    holds: ({ args, context }) => {
      const panel = panelAtWork(context);
      const isFree = (id: string) => !panel.experts.includes(id) && !panel.recused.includes(id);
      const alternates = args.alternates ?? [];
      return (args.experts ?? []).every((id) => isFree(id) && !alternates.includes(id)) && alternates.every((id) => isFree(id) && !(panel.alternates ?? []).includes(id));
    },
  },
  panelIsNotTooLarge: {
    article: 'policy A-24',
    reads: 'args',
    sentence: '一个场景最多指派15位专家',
    holds: ({ args, context }) => panelAtWork(context).experts.length + (args.experts?.length ?? 0) <= 15,
  },
  expertMayLeave: {
    article: 'policy requirements 8 (recusal)',
    reads: 'args',
    sentence: '该专家未被指派，或已提交评分表或验收意见，不能取消指派',
    holds: ({ args, context }) => panelAtWork(context).experts.includes(args.expert ?? '') && !panelAtWork(context).answered.includes(args.expert ?? ''),
  },
  hasNotDeclared: {
    article: 'policy requirements 8 (recusal)',
    reads: 'case',
    sentence: '您已声明无利害关系，可以查阅材料并评审',
    holds: ({ actor, context }) => !(panelAtWork(context).declared ?? []).includes(actor.person),
  },
  hasDeclared: {
    article: 'policy requirements 8 (recusal)',
    reads: 'case',
    sentence: '请先声明与申报单位无利害关系，声明后方可查阅材料并评审；有利害关系的请申请回避',
    holds: ({ actor, context }) => (panelAtWork(context).declared ?? []).includes(actor.person),
  },
  sheetIsOpen: {
    article: 'policy requirements 8 (blind review)',
    reads: 'case',
    sentence: '您已提交评分表或验收意见，不能再次提交或回避',
    holds: ({ actor, context }) => !panelAtWork(context).answered.includes(actor.person),
  },
  quorumIsReached: {
    article: 'policy A-24',
    reads: 'case',
    sentence: '提交评分表的专家人数不足，请等待或增派专家',
    holds: ({ context, policy }) => Object.keys(context.sheets).length >= reviewPack(context, policy).quorum.value,
    figures: ({ context, policy }) => ({ sheets: Object.keys(context.sheets).length, quorum: reviewPack(context, policy).quorum.value }),
  },
  scoreReachesPassLine: {
    article: 'policy A-24',
    reads: 'case',
    sentence: '综合得分未达到入选线，只能建议不入选',
    holds: ({ context, policy }) => (context.scoreHundredths ?? 0) >= reviewPack(context, policy).passLine.value * 100,
    figures: ({ context, policy }) => ({ score: (context.scoreHundredths ?? 0) / 100, passLine: reviewPack(context, policy).passLine.value }),
  },
  selectionIsProposed: {
    article: 'art. 11(3)',
    reads: 'case',
    sentence: '经办人建议的是不入选；不同意的请退回经办人',
    holds: ({ context }) => context.proposal?.outcome === 'select',
  },
  rejectionIsProposed: {
    article: 'art. 11(3)',
    reads: 'case',
    sentence: '经办人建议的是入选；不同意的请退回经办人',
    holds: ({ context }) => context.proposal?.outcome === 'reject',
  },
  isAnotherPerson: {
    article: 'policy A-08 (four eyes)',
    reads: 'case',
    sentence: '提出建议的人不能自己批准，请由另一位负责人办理',
    holds: ({ actor, context }) => context.proposal?.by !== actor.person,
  },
  needsLeadUnit: {
    article: 'art. 5(2)',
    reads: 'case',
    sentence: '本场景不是多跨场景，或牵头单位已经确认，无需再办',
    holds: ({ context }) => context.crossCutting.length > 0 && context.leadUnit?.confirmed !== true,
  },
  leadUnitIsKnown: {
    article: 'art. 5(2)',
    reads: 'facts',
    sentence: '牵头单位和被征求意见的部门须是已登记的单位，请重新选择',
    holds: ({ args, facts }) => [args.leadUnit ?? '', ...(args.departments ?? [])].every((id) => facts.organisations?.[id] !== undefined),
  },
  departmentHasNotReplied: {
    article: 'art. 5(2)',
    reads: 'case',
    sentence: '贵单位已经回复；需要更改的请联系领导小组办公室重新征求意见',
    holds: ({ actor, context }) => !replied(context).includes(actor.org.id),
  },
  everyDepartmentAgreed: {
    article: 'art. 5(2)',
    reads: 'case',
    sentence: '还有部门没有同意牵头单位，请等待回复或重新提出牵头单位',
    holds: ({ context }) => context.leadUnit !== null && context.leadUnit.departments.every((id) => context.leadUnit?.agreed.includes(id)),
    figures: ({ context }) => ({ asked: context.leadUnit?.departments.length ?? 0, agreed: context.leadUnit?.agreed.length ?? 0, refused: context.leadUnit?.refused.length ?? 0 }),
  },
  leadUnitIsOpen: {
    article: 'art. 5(2)',
    reads: 'case',
    sentence: '多跨场景发布前须先确认牵头单位',
    holds: ({ context }) => context.crossCutting.length > 0 && context.leadUnit?.confirmed !== true,
  },
  publicNoticeIsOn: {
    article: 'policy A-23',
    reads: 'case',
    sentence: '按现行政策，入选场景发布前须公示',
    holds: ({ policy }) => policy.publicNotice.value,
  },
  noObjectionIsOpen: {
    article: 'policy A-23',
    reads: 'case',
    sentence: '还有异议没有处理，请先处理异议',
    holds: ({ context }) => context.objections === 0,
    figures: ({ context }) => ({ objections: context.objections }),
  },
  objectionIsOpen: {
    article: 'policy A-23',
    reads: 'case',
    sentence: '没有待处理的异议',
    holds: ({ context }) => context.objections > 0,
  },
  noticePeriodIsOver: {
    article: 'policy A-23',
    reads: 'case',
    sentence: '公示期未满，请等公示期满后再办',
    // A reminder moves the wait on, but the period that was over stays over.
    holds: ({ context, now }) => context.noticeOver === true || now >= (context.due['publicNotice'] ?? now),
    figures: ({ context }) => ({ until: context.due['publicNotice'] ?? null }),
  },
} as const satisfies Record<string, Rule<ScenarioContext>>;

/** Everybody an assignment names: those who step in later are checked as early as the panel. */
function named({ args }: Ask): readonly string[] {
  return [...(args.experts ?? []), ...(args.alternates ?? [])];
}

function conflicts(ask: Ask): { readonly expert: string; readonly kind: ConflictKind; readonly unit: string }[] {
  const { context, facts, now, policy } = ask;
  return named(ask).flatMap((expert) => {
    const person = facts.people?.[expert];
    return person ? conflictsOf(person, context, dayOf(now), policy).map(({ kind, unit }) => ({ expert, kind, unit })) : [];
  });
}

function replied({ leadUnit }: ScenarioContext): readonly string[] {
  return leadUnit === null ? [] : [...leadUnit.agreed, ...leadUnit.refused];
}
