import { caseCeiling, nextApprover } from '../../machines/scenario/money.ts';
import { addDays, type Day } from '../../shared/days.ts';
import { policyOf } from '../../shared/policy.ts';
import type { Followed } from './followed.ts';
import { colleagueOf, inTurn, orgOf } from './people.ts';
import { does, type Move, type Onward, type Wait } from './step.ts';

/** From the award to its payments, in construction, in settlement and in support. */
export const moneySteps: Readonly<Record<string, Onward>> = {
  'construction.funding.awardProposing': (one, today) => (one.context.approval === null ? { until: addDays(today, 14) } : proposal(one)),
  'construction.funding.awardApproving': approval,
  'construction.funding.advancePayable': (one, today) => deferral(one) ?? payment(one, today),
  'settlement.awardProposing': proposal,
  'settlement.awardApproving': approval,
  'settlement.advancePayable': payment,
  'settlement.remainderPayable': payment,
  'support.subsidy.awardProposing': proposal,
  'support.subsidy.awardApproving': approval,
  'support.subsidy.payable': payment,
};

function proposal({ fate, context }: Followed): Move {
  if (fate.waives) return does(fate.filer, 'waiveAward', { reason: '自筹资金充足' });
  const { ceilingFen } = caseCeiling(context, policyOf(context.policy));
  return does(inTurn('bureauOfficer', fate.number), 'proposeAward', { amountFen: Math.floor((ceilingFen * fate.awardPercent) / 100), reason: '按梯度标准核定' });
}

function approval({ fate }: Followed): Move {
  return does(inTurn('bureauLeader', fate.number), 'approveAward');
}

/** What is built and waits for nothing but money that is not there goes on to its acceptance. */
function deferral(one: Followed): Move | undefined {
  const isBuilt = ['construction.project.completed', 'construction.irs.registered'].every((leaf) => one.view.state.includes(leaf));
  const isUnfunded = one.standstills.get('construction.funding.advancePayable')?.rule === 'awardIsFunded';
  return isBuilt && isUnfunded ? does(inTurn('finance', one.fate.number), 'deferAdvance', { reason: '预算用尽，奖励排队等待资金' }) : undefined;
}

/** Ordered by one, approved by as many others as the amount asks for, confirmed by the first with its voucher. What is due says the API (`args.ts`). */
function payment({ fate, context }: Followed, today: Day): Move | Wait {
  const payer = inTurn('finance', fate.number);
  if (!context.order) return does(payer, 'orderPayment', { payee: orgOf(fate.filer).name, bank: '国库集中支付', account: '4501000012345678' });
  const next = nextApprover(context, policyOf(context.policy));
  if (next === 'finance') return does(colleagueOf(payer, 'finance'), 'approvePayment');
  if (next !== undefined) return does(inTurn(next, fate.number), 'approvePayment');
  return does(payer, 'confirmPayment', { amountFen: context.order.fen, paidOn: today, voucherNo: `桂财支-${fate.number}-${context.order.fen}`, fundSource: '数字广西建设资金' });
}
