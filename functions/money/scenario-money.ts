import { fundId, placeInQueue, type FundContext } from '../../machines/fund/context.ts';
import type { Json } from '../../machines/decision.ts';
import { lineOf } from '../../machines/ledger/postings.ts';
import type { ScenarioContext } from '../../machines/scenario/context.ts';
import { advanceFen, caseCeiling, committedFen, nextApprover, outstandingFen, paidFen, recoveredFen, remainderFen, settledAward, unprovedFen } from '../../machines/scenario/money.ts';
import type { Actor } from '../../shared/actor.ts';
import { policyOf } from '../../shared/policy.ts';
import type { Desk } from '../cases/act.ts';
import { seesAccounts } from '../cases/see.ts';
import type { Head } from '../store/case.ts';
import type { EventRecord } from '../store/chain.ts';
import { eventsAfter, loadCase } from '../store/load.ts';

/** Everything about the money of a scenario, each amount (fen) with what explains it: ceiling, award, funding, payments, recovery, proof of use, and the decisions behind them with their policy. */
export async function scenarioMoney(desk: Desk, head: Head, reader: Actor): Promise<Record<string, unknown>> {
  const context = head.snapshot.context as unknown as ScenarioContext;
  const policy = policyOf(context.policy);
  const fund = await loadCase(desk.table, fundId);
  const place = fund ? placeInQueue(fund.snapshot.context as unknown as FundContext, head.id) : 0;
  const events: EventRecord[] = [];
  for await (const { event } of eventsAfter(desk.table, head.id)) if (event.n <= head.version) events.push(event);
  return {
    case: head.id,
    line: lineOf(context.funding),
    ceiling: caseCeiling(context, policy),
    award: context.award && { fen: context.award.fen, settledFen: settledAward(context, policy), proposedBy: context.award.proposedBy, approvedBy: context.award.approvedBy, unfunded: place > 0, ...(place > 0 ? { placeInQueue: place } : {}) },
    waived: context.waived,
    dueFen: head.snapshot.status === 'done' ? 0 : dueFen(context, policy),
    order: context.order ? { fen: context.order.fen, by: context.order.by, approvals: [...context.order.approvals], next: nextApprover(context, policy) ?? null, ...(seesAccounts(head.snapshot, reader) && payeeOf(events)) } : null,
    committedFen: place > 0 ? 0 : committedFen(context),
    releasedFen: context.releasedFen ?? 0,
    paidFen: paidFen(context),
    payments: events.filter(({ command }) => command === 'confirmPayment').map(paymentOf),
    recoveries: Object.entries(context.recoveries).map(([id, recovery]) => ({ id, ...recovery })),
    recoveredFen: recoveredFen(context),
    recoverableFen: outstandingFen(context),
    expenses: expensesIn(events),
    unprovedFen: unprovedFen(context),
    decisions: events.filter(({ money }) => money !== undefined).map(decisionOf),
  };
}

/** Whom the order that was made last pays, as its approvers have to see. */
function payeeOf(events: readonly EventRecord[]): Record<string, Json> {
  const { payee = '', bank = '', account = '' } = events.findLast(({ command }) => command === 'orderPayment')?.args ?? {};
  return { payee, bank, account };
}

function dueFen(context: ScenarioContext, policy: ReturnType<typeof policyOf>): number {
  if (context.award === null) return 0;
  if (context.funding === 'socialInvestment') return context.paid.oneOff === null ? context.award.fen : 0;
  return context.paid.advance === null ? advanceFen(context, policy) : Math.max(0, remainderFen(context, policy));
}

function paymentOf({ n, at, args, actor, policy }: EventRecord): Record<string, Json> {
  return { n, at, amountFen: args['amountFen'] ?? 0, paidOn: args['paidOn'] ?? '', voucherNo: args['voucherNo'] ?? '', fundSource: args['fundSource'] ?? '', by: actor.name, policy };
}

/** Expenses, oldest first; `repeated` is set where an earlier one rests on the same voucher: it proves the same spending twice (art. 19(1)). */
function expensesIn(events: readonly EventRecord[]): Record<string, Json>[] {
  const expenses = events.filter(({ command }) => command === 'recordExpense');
  const vouchers = expenses.map(({ args }) => args['voucherNo']);
  return expenses.map((event, index) => ({ ...expenseOf(event), ...(vouchers.indexOf(event.args['voucherNo']) < index && { repeated: true }) }));
}

function expenseOf({ n, at, args, actor }: EventRecord): Record<string, Json> {
  return { n, at, amountFen: args['amountFen'] ?? 0, spentOn: args['spentOn'] ?? '', purpose: args['purpose'] ?? '', voucherNo: args['voucherNo'] ?? '', attachment: args['attachment'] ?? null, by: actor.name };
}

function decisionOf({ n, at, command, article, policy, actor, reason, money }: EventRecord): Record<string, Json> {
  return { n, at, command, article, policy, by: actor.name, reason: reason ?? null, money: money ?? null };
}
