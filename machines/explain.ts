import type { Json } from './decision.ts';
import type { Question } from './question.ts';
import { openFen, type RecoveryContext } from './recovery/rules.ts';
import type { ScenarioContext } from './scenario/context.ts';
import { asFigures, caseCeiling, outstandingFen, paidFen, recoveredFen, settledAward, splitAward } from './scenario/money.ts';

type Money = { readonly [key: string]: Json };

const ofAward = ['proposeAward', 'approveAward', 'orderPayment', 'approvePayment', 'confirmPayment', 'passAcceptance'];
const ofRecoveryOpened = ['failAcceptance', 'recordEvaluation', 'terminate', 'void', 'recordBreach', 'orderRecovery'];
const ofRepayment = ['proposeRecovery', 'approveRecovery', 'recordRepayment', 'proposeOffset', 'approveOffset', 'confirmRecovered', 'approveWriteOff'];

/** Explains the money of an event: each amount (fen) with article, tier, ceiling, cap, near-tier flag and policy; undefined for events without money. */
export function explainMoney(command: string, question: Question<unknown>, after: unknown): Money | undefined {
  if (ofAward.includes(command)) {
    const about = award(question as Question<ScenarioContext>, after as ScenarioContext);
    return command === 'passAcceptance' ? about : { ...about, amountFen: question.args.amountFen ?? null };
  }
  if (ofRecoveryOpened.includes(command)) return recovery(question as Question<ScenarioContext>, after as ScenarioContext);
  return ofRepayment.includes(command) ? repayment(question as Question<RecoveryContext>, after as RecoveryContext) : undefined;
}

function award({ policy }: Question<ScenarioContext>, after: ScenarioContext): Money {
  const awardFen = after.award?.fen ?? after.proposal?.amountFen ?? 0;
  const settledFen = after.award ? settledAward(after, policy) : awardFen;
  const parts = after.funding === 'governmentInvestment' ? { ...splitAward(settledFen, policy) } : {};
  return { ...asFigures(caseCeiling(after, policy)), awardFen, settledFen, ...parts, paidFen: paidFen(after) };
}

function recovery(question: Question<ScenarioContext>, after: ScenarioContext): Money | undefined {
  const opened = Object.entries(after.recoveries).find(([id]) => question.context.recoveries[id] === undefined);
  if (!opened) return undefined;
  const [id, { cause, fen }] = opened;
  return { article: 'art. 12(2), art. 19(1)', policy: question.policy.id, recovery: id, cause, amountFen: fen, paidFen: paidFen(after), recoveredFen: recoveredFen(after), outstandingFen: outstandingFen(after) };
}

function repayment({ policy, args, context }: Question<RecoveryContext>, after: RecoveryContext): Money {
  const cameBackFen = after.recoveredFen - context.recoveredFen;
  return { article: 'art. 12(2)', policy: policy.id, cause: after.cause, owedFen: after.amountFen, decidedFen: after.decidedFen, amountFen: args.amountFen ?? (cameBackFen > 0 ? cameBackFen : null), recoveredFen: after.recoveredFen, openFen: openFen(after) };
}
