import { and } from 'xstate';
import { by } from '../chart.ts';
import type { ScenarioRuleName } from './rules/table.ts';

type Rules = readonly [ScenarioRuleName, ...ScenarioRuleName[]];

const approver = by(['finance', 'bureauLeader'], 'anyCase', 'art. 19(2), policy A-08');

/** Who pays out. */
export const payer = (article: string) => by(['finance'], 'anyCase', article);

/**
 * How money leaves the fund: finance orders the payment, others approve it, as many as its amount asks for, and only then finance
 * confirms it with its voucher (`paysOut`). `rules` are the preconditions of this payment (art. 19(2)).
 */
export function ordering(rules: Rules, article: string) {
  return {
    orderPayment: { guard: and([...rules, 'noOrderIsOpen', 'awardIsFunded']), actions: 'noteOrder', meta: payer(article) },
    approvePayment: { guard: and(['orderIsOpen', 'approverIsAnother', 'approvalIsMine', 'noSevereFindingIsOpen']), actions: 'noteOrderApproval', meta: approver },
    returnPayment: { guard: and(['orderIsMade']), actions: 'dropOrder', meta: approver },
  } as const;
}

/** When a payment may be confirmed: its preconditions still hold, and its order is approved. */
export function paysOut(rules: Rules) {
  return and([...rules, 'orderIsApproved', 'amountIsOrdered', 'dayIsNotInTheFuture', 'dayFollowsTheCase']);
}

/** The preconditions of each payment: once only, exactly what is due, nothing while money is asked back (art. 12(2), art. 15(1), R-041). */
export const preconditions = {
  advance: ['advanceIsUnpaid', 'caseHasNoOpenRecovery', 'noSevereFindingIsOpen', 'amountIsTheAdvance', 'unitHasNoOpenRecovery'],
  advanceWhileBuilding: ['projectIsApproved', 'advanceIsUnpaid', 'caseHasNoOpenRecovery', 'noSevereFindingIsOpen', 'amountIsTheAdvance', 'unitHasNoOpenRecovery'],
  remainder: ['remainderIsUnpaid', 'caseHasNoOpenRecovery', 'noSevereFindingIsOpen', 'amountIsTheRemainder', 'unitHasNoOpenRecovery'],
  subsidy: ['subsidyIsUnpaid', 'caseHasNoOpenRecovery', 'noSevereFindingIsOpen', 'amountIsTheSubsidy', 'unitHasNoOpenRecovery'],
} as const satisfies Record<string, Rules>;
