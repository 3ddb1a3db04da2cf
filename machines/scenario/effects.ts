import type { Effect } from '../decision.ts';
import { fundId, openingLines } from '../fund/context.ts';
import { lineOf } from '../ledger/postings.ts';
import type { Question } from '../question.ts';
import type { ScenarioContext } from './context.ts';
import { asFigures, caseCeiling } from './money.ts';
import { reviewPack } from './scores.ts';

/** What the shell must do beside storing the event, by the name of the action in the charts; `after` is the context after all changes. */
export const scenarioEffects = {
  storeForm: () => [{ type: 'storeRevision' }],
  payAdvance: (ask) => [payment(ask, 'advance')],
  payRemainder: (ask) => [payment(ask, 'remainder')],
  paySubsidy: (ask) => [payment(ask, 'oneOff')],
  recordReview: ({ context, policy }) => [{ type: 'recordReview', policy: reviewPack(context, policy).id, sheets: { ...context.sheets } }],
  openFund: ({ policy }) => [{ type: 'openCase', lifecycle: 'fund', id: fundId, input: { id: fundId, lines: openingLines(policy) } }],
  askForFunds: (_, after) => [{ type: 'askCase', id: fundId, command: 'requestFunds', args: { scenario: after.id, line: lineOf(after.funding), amountFen: after.award?.fen ?? 0 } }],
  releaseFunds: ({ context }, after) => {
    const fen = (after.releasedFen ?? 0) - (context.releasedFen ?? 0);
    return fen === 0 ? [] : [{ type: 'tellCase', id: fundId, command: 'returnFunds', args: { scenario: after.id, line: lineOf(after.funding), amountFen: fen, because: 'released' } }];
  },
  openRecovery: ({ context, args }, after) =>
    Object.entries(after.recoveries)
      .filter(([id]) => context.recoveries[id] === undefined)
      .map(([id, recovery]) => ({
        type: 'openCase',
        lifecycle: 'recovery',
        id,
        input: { id, scenario: after.id, scenarioName: after.name, unit: { ...after.unit }, line: lineOf(after.funding), cause: recovery.cause, amountFen: recovery.fen, mandatory: isMandatory(after, recovery.cause), reason: args.reason ?? '' },
      })),
} as const satisfies Record<string, (ask: Question<ScenarioContext>, after: ScenarioContext) => readonly Effect[]>;

/** The name of an effect of the scenario lifecycles. */
export type ScenarioEffectName = keyof typeof scenarioEffects;

function payment({ args, context, policy }: Question<ScenarioContext>, kind: string): Effect {
  const explanation = { ...asFigures(caseCeiling(context, policy)), awardFen: context.award?.fen ?? 0, voucherNo: args.voucherNo ?? '', paidOn: args.paidOn ?? '' };
  return { type: 'recordPayment', kind, amountFen: args.amountFen ?? 0, explanation };
}

// Recovery is mandatory for what was prepaid; after full payment, and where the text names no sanction, the Bureau decides.
function isMandatory(context: ScenarioContext, cause: string): boolean {
  if (cause === 'commitmentBroken' || cause === 'misuse') return false;
  return cause !== 'targetMissed' || context.paid.remainder === null;
}
