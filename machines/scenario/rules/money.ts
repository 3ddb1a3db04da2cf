import type { Question, Rule } from '../../question.ts';
import type { ScenarioContext } from '../context.ts';
import { advanceFen, asFigures, caseCeiling, nextApprover, outstandingFen, paidFen, remainderFen, unprovedFen } from '../money.ts';

/** Rules about every fen: ceilings, four eyes, preconditions of each payment, recovery (art. 12(2), art. 15(1), art. 19). */
export const moneyRules = {
  projectIsApproved: {
    article: 'art. 12(2)',
    reads: 'case',
    sentence: '项目还没有立项批复文号，请待建设单位登记立项获批后再办',
    holds: ({ context }) => context.approval !== null,
  },
  noAwardYet: {
    article: 'policy A-08',
    reads: 'case',
    sentence: '本场景已有批准的奖补金额',
    holds: ({ context }) => context.award === null && !context.waived,
  },
  awardWithinCeiling: {
    article: 'art. 12(2), art. 15(1)',
    reads: 'args',
    sentence: '金额超过上限，请在上限以内填写',
    holds: ({ args, context, policy }) => args.amountFen === undefined || args.amountFen <= caseCeiling(context, policy).ceilingFen,
    figures: ({ args, context, policy }) => ({ amountFen: args.amountFen ?? null, ...asFigures(caseCeiling(context, policy)) }),
  },
  proposedAwardWithinCeiling: {
    article: 'art. 12(2), art. 15(1)',
    reads: 'case',
    sentence: '建议金额超过上限，请退回经办人重新核定',
    holds: ({ context, policy }) => (context.proposal?.amountFen ?? 0) <= caseCeiling(context, policy).ceilingFen,
    figures: ({ context, policy }) => ({ amountFen: context.proposal?.amountFen ?? null, ...asFigures(caseCeiling(context, policy)) }),
  },
  awardIsPositive: {
    article: 'policy A-11',
    reads: 'args',
    sentence: '金额须大于1分；不予奖补的请由申报单位放弃或终止',
    holds: ({ args }) => args.amountFen === undefined || args.amountFen > 1,
  },
  unitHasNoOpenRecovery: {
    article: 'policy R-041',
    reads: 'facts',
    sentence: '该单位有未办结的资金收回，办结前不能再奖补或拨付',
    holds: ({ facts }) => facts.openRecoveriesOfUnit === 0,
    figures: ({ facts }) => ({ openRecoveries: facts.openRecoveriesOfUnit ?? null }),
  },
  caseHasNoOpenRecovery: {
    article: 'policy R-041',
    reads: 'case',
    sentence: '本场景有未办结的资金收回，办结前不能办理',
    holds: ({ context }) => !Object.values(context.recoveries).some((recovery) => recovery.open),
  },
  noSevereFindingIsOpen: {
    article: 'art. 19(2), policy R-011',
    reads: 'case',
    sentence: '有未整改的严重监管问题，请待登记的监管部门销号后再拨付',
    holds: ({ context }) => severeFindings(context).length === 0,
    figures: ({ context }) => ({ findings: severeFindings(context) }),
  },
  advanceIsUnpaid: unpaid('advance'),
  remainderIsUnpaid: unpaid('remainder'),
  subsidyIsUnpaid: unpaid('oneOff'),
  amountIsTheAdvance: due('art. 12(2)', ({ context, policy }) => advanceFen(context, policy)),
  amountIsTheRemainder: due('art. 12(2), policy A-09', ({ context, policy }) => remainderFen(context, policy)),
  amountIsTheSubsidy: due('art. 15(1)', ({ context }) => context.award?.fen ?? 0),
  noOrderIsOpen: {
    article: 'art. 19(2), policy A-08',
    reads: 'case',
    sentence: '已有一张拨付单在办理，请先办完或退回',
    holds: ({ context }) => !context.order,
  },
  awardIsFunded: {
    article: 'art. 19, policy R-062',
    reads: 'facts',
    sentence: '已批未拨：预算用尽，奖补按批准的先后排队，有资金后优先安排，请待安排后再开具拨付单',
    holds: ({ facts }) => facts.placeInFund === 0,
    figures: ({ facts }) => ({ placeInFund: facts.placeInFund ?? null }),
  },
  awardIsUnfunded: {
    article: 'art. 19, policy R-062',
    reads: 'facts',
    sentence: '奖补资金已经安排，请开具拨付单，不必暂缓',
    holds: ({ facts }) => (facts.placeInFund ?? 0) > 0,
    figures: ({ facts }) => ({ placeInFund: facts.placeInFund ?? null }),
  },
  orderIsOpen: {
    article: 'art. 19(2), policy A-08',
    reads: 'case',
    sentence: '没有待审核的拨付单',
    holds: ({ context, policy }) => nextApprover(context, policy) !== undefined,
  },
  orderIsMade: {
    article: 'art. 19(2), policy A-08',
    reads: 'case',
    sentence: '还没有开具拨付单',
    holds: ({ context }) => Boolean(context.order),
  },
  approverIsAnother: {
    article: 'policy A-08 (four eyes)',
    reads: 'case',
    sentence: '开具拨付单的人和已审核的人不能再审核，请由另一位负责人办理',
    holds: ({ actor, context: { order } }) => !order || ![order.by, ...order.approvals].includes(actor.person),
  },
  approvalIsMine: {
    article: 'art. 19(2), policy A-08',
    reads: 'case',
    sentence: '拨付单现在由另一级审核，请待其审核后再办',
    holds: ({ actor, context, policy }) => {
      const next = nextApprover(context, policy);
      return next === undefined || actor.roles.includes(next);
    },
    figures: ({ context, policy }) => ({ next: nextApprover(context, policy) ?? null, approved: context.order?.approvals.length ?? 0 }),
  },
  orderIsApproved: {
    article: 'art. 19(2), policy A-08',
    reads: 'case',
    sentence: '拨付单还没有开具，或还没有审核完毕，请先开具并审核拨付单',
    holds: ({ context, policy }) => Boolean(context.order) && nextApprover(context, policy) === undefined,
    figures: ({ context, policy }) => ({ next: nextApprover(context, policy) ?? null }),
  },
  amountIsOrdered: {
    article: 'art. 19(2), policy A-08',
    reads: 'args',
    sentence: '拨付金额须与拨付单一致，请核对',
    holds: ({ args, context }) => args.amountFen === undefined || args.amountFen === context.order?.fen,
    figures: ({ args, context }) => ({ amountFen: args.amountFen ?? null, orderedFen: context.order?.fen ?? null }),
  },
  expenseIsCovered: {
    article: 'art. 19(1), policy R-063',
    reads: 'args',
    sentence: '支出金额须大于0，且累计不超过已拨付而未收回的资金，请核对',
    holds: ({ args, context }) => args.amountFen === undefined || (args.amountFen > 0 && args.amountFen <= unprovedFen(context)),
    figures: ({ args, context }) => ({ amountFen: args.amountFen ?? null, unprovedFen: unprovedFen(context) }),
  },
  awardIsMissing: {
    article: 'policy A-10',
    reads: 'case',
    sentence: '已建场景验收合格后才核定奖励金额',
    holds: ({ context }) => context.award === null && !context.waived,
  },
  advanceIsDue: {
    article: 'art. 12(2), policy A-09',
    reads: 'case',
    sentence: '按决算重算后仍有首期奖励待拨付',
    holds: ({ context, policy }) => context.award !== null && context.paid.advance === null && advanceFen(context, policy) > 0,
  },
  remainderIsDue: {
    article: 'art. 12(2), policy A-09',
    reads: 'case',
    sentence: '按决算重算后仍有剩余奖励待拨付',
    holds: ({ context, policy }) => context.award !== null && remainderFen(context, policy) > 0,
  },
  somethingIsOutstanding: {
    article: 'art. 12(2), art. 19(1)',
    reads: 'case',
    sentence: '没有已拨付而未收回的资金，无需收回',
    holds: ({ context }) => outstandingFen(context) > 0,
    figures: ({ context }) => ({ paidFen: paidFen(context), outstandingFen: outstandingFen(context) }),
  },
  amountIsOutstanding: {
    article: 'art. 12(2), art. 19(1)',
    reads: 'args',
    sentence: '收回金额须大于0且不超过已拨付而未收回的金额',
    holds: ({ args, context }) => args.amountFen === undefined || (args.amountFen > 0 && args.amountFen <= outstandingFen(context)),
    figures: ({ context }) => ({ outstandingFen: outstandingFen(context) }),
  },
  recoveryIsKnown: {
    article: 'policy A-12',
    reads: 'args',
    sentence: '本场景没有这笔收回',
    holds: ({ args, context }) => args.recovery === undefined || context.recoveries[args.recovery]?.open === true,
  },
} as const satisfies Record<string, Rule<ScenarioContext>>;

function severeFindings({ findings, findingNotes }: ScenarioContext): string[] {
  return findings.filter((id) => findingNotes?.[id]?.severity === 'severe');
}

function unpaid(kind: keyof ScenarioContext['paid']): Rule<ScenarioContext> {
  return {
    article: kind === 'oneOff' ? 'art. 15(1)' : 'art. 12(2)',
    reads: 'case',
    sentence: '该笔资金已经拨付，不能重复拨付',
    holds: ({ context }) => context.paid[kind] === null,
  };
}

function due(article: string, amount: (question: Question<ScenarioContext>) => number): Rule<ScenarioContext> {
  return {
    article,
    reads: 'args',
    sentence: '拨付金额须与应拨金额一致，请核对',
    holds: (question) => question.args.amountFen === undefined || question.args.amountFen === amount(question),
    figures: (question) => ({ amountFen: question.args.amountFen ?? null, dueFen: amount(question) }),
  };
}
