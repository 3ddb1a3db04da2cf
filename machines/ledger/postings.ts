import type { FundContext } from '../fund/context.ts';
import { returned } from '../fund/changes.ts';
import type { Question } from '../question.ts';
import { openFen, type RecoveryContext } from '../recovery/rules.ts';
import type { FundingClass, ScenarioContext } from '../scenario/context.ts';
import { entryOf, fundLines, moved, type Entry, type EntryLine, type FundLineName } from './accounts.ts';

/** The budget line that pays a class of scenarios (art. 12(2), art. 15(1)). */
export function lineOf(funding: FundingClass): FundLineName {
  return funding === 'governmentInvestment' ? 'reward' : 'subsidy';
}

/**
 * The entry that an event makes, from the command, the context before and the context after; undefined for events that move no
 * money. An event posts once because its entry is part of it. Throws when an entry would not balance.
 */
export function entryFor(command: string, question: Question<unknown>, after: unknown): Entry | undefined {
  const { context } = question;
  switch (command) {
    case 'confirmPayment':
      return entryOf(paid(question as Question<ScenarioContext>));
    case 'requestFunds':
      return entryOf(funded([...(context as FundContext).queue, claimOf(question as Question<FundContext>)], after as FundContext));
    case 'returnFunds':
      return entryOf(cameBack(question as Question<FundContext>, after as FundContext));
    case 'approveAdjustment':
      return entryOf([...adjusted(context as FundContext, after as FundContext), ...funded((context as FundContext).queue, after as FundContext)]);
    case 'approveRecovery':
      return entryOf(claimed(after as RecoveryContext));
    case 'approveWriteOff':
      return entryOf(givenUp(after as RecoveryContext));
    default:
      return undefined;
  }
}

/** The entry that opens the fund: what its lines begin with. */
export function openingEntry({ lines }: FundContext): Entry | undefined {
  return entryOf(fundLines.flatMap((line) => moved(lines[line].appropriatedFen, 'available', 'appropriated', line)));
}

function paid({ args, context }: Question<ScenarioContext>): EntryLine[] {
  return moved(args.amountFen ?? 0, 'spent', 'committed', lineOf(context.funding), context.id);
}

function claimOf({ args, now }: Question<FundContext>): FundContext['queue'][number] {
  return { scenario: args.scenario ?? '', line: args.line ?? 'reward', fen: args.amountFen ?? 0, since: now };
}

/** Awards that waited and wait no more: their money is committed. */
function funded(waited: FundContext['queue'], after: FundContext): EntryLine[] {
  const waits = new Set(after.queue.map(({ scenario }) => scenario));
  return waited.filter(({ scenario }) => !waits.has(scenario)).flatMap(({ scenario, line, fen }) => moved(fen, 'committed', 'available', line, scenario));
}

function cameBack({ args, context }: Question<FundContext>, after: FundContext): EntryLine[] {
  const { scenario = '', amountFen = 0, because = 'released', line = 'reward' } = args;
  const { backFen, waiting } = returned(context, scenario, amountFen, because);
  return [...moved(backFen, 'available', because === 'repaid' ? 'receivable' : 'committed', line, scenario), ...funded(waiting, after)];
}

function adjusted(before: FundContext, after: FundContext): EntryLine[] {
  return fundLines.flatMap((line) => moved(after.lines[line].appropriatedFen - before.lines[line].appropriatedFen, 'available', 'appropriated', line));
}

function claimed({ decidedFen, line, scenario }: RecoveryContext): EntryLine[] {
  return moved(decidedFen ?? 0, 'receivable', 'spent', line ?? 'reward', scenario);
}

function givenUp(recovery: RecoveryContext): EntryLine[] {
  return moved(openFen(recovery), 'writtenOff', 'receivable', recovery.line ?? 'reward', recovery.scenario);
}
