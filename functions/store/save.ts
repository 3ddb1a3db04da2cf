import { TransactWriteItemsCommand, TransactionCanceledException, type TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { outcomeOf, writesOf, type Change, type Outcome } from './change.ts';
import { counted, meter, type Table } from './table.ts';

/** A save that lost: somebody else wrote first, or another write touched the same items at that moment. */
export class Conflict extends Error {
  override readonly name = 'Conflict';
  /** True when a condition was false (the version is gone); false when only a concurrent transaction was in the way. */
  readonly final: boolean;
  constructor(final: boolean) {
    super(final ? 'the case has moved on since it was read' : 'another write is touching the same items');
    this.final = final;
  }
}

/**
 * Writes accepted decisions in one TransactWriteItems (one case, and the cases it opens), with further writes that must
 * happen with them. Answers the new heads and events in order; throws `Conflict` and writes nothing when a condition is false.
 */
export async function saveDecision(table: Table, changes: readonly [Change, ...Change[]], further: readonly TransactWriteItem[] = []): Promise<[Outcome, ...Outcome[]]> {
  const outcomes = changes.map(outcomeOf) as [Outcome, ...Outcome[]];
  const writes = changes.flatMap((change, index) => writesOf(table, change, outcomes[index] as Outcome));
  await transact(table, [...writes, ...further]);
  return outcomes;
}

/** One TransactWriteItems; a false condition or a collision becomes `Conflict`, anything else is thrown as it is. */
export async function transact(table: Table, writes: readonly TransactWriteItem[]): Promise<void> {
  try {
    const answer = await table.client.send(new TransactWriteItemsCommand({ TransactItems: [...writes], ...counted(table) }));
    meter(table, answer.ConsumedCapacity);
  } catch (error) {
    throw conflictIn(error) ?? error;
  }
}

function conflictIn(error: unknown): Conflict | undefined {
  if (error instanceof Error && error.name === 'TransactionInProgressException') return new Conflict(false);
  if (!(error instanceof TransactionCanceledException)) return undefined;
  const codes = (error.CancellationReasons ?? []).map((reason) => reason.Code);
  if (codes.includes('ConditionalCheckFailed')) return new Conflict(true);
  return codes.includes('TransactionConflict') ? new Conflict(false) : undefined;
}
