import { TransactWriteItemsCommand, TransactionCanceledException, type TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { outcomeOf, writesOf, type Change, type Outcome } from './change.ts';
import { isTransactedBefore } from './sent-again.ts';
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
export async function saveDecision(table: Table, changes: Changes, further: readonly TransactWriteItem[] = []): Promise<[Outcome, ...Outcome[]]> {
  const { outcomes, writes } = prepared(table, changes);
  await transact(table, [...writes, ...further]);
  return outcomes;
}

/** A decision about one case, and about the cases it opens. */
export type Changes = readonly [Change, ...Change[]];

/**
 * Writes decisions about cases that have nothing to do with one another, as many in one TransactWriteItems as it takes: a commit
 * costs the store more than what is in it. Answers the ids of the cases that were written; a transaction that lost leaves all of its own.
 */
export async function saveTogether(table: Table, decisions: readonly Changes[]): Promise<ReadonlySet<string>> {
  const saved = new Set<string>();
  for (const some of inTransactions(decisions.map((changes) => ({ id: changes[0].id, writes: prepared(table, changes).writes })))) {
    if (await isWritten(table, some.flatMap(({ writes }) => writes))) for (const { id } of some) saved.add(id);
  }
  return saved;
}

interface Prepared {
  readonly id: string;
  readonly writes: readonly TransactWriteItem[];
}

function prepared(table: Table, changes: Changes): { outcomes: [Outcome, ...Outcome[]]; writes: TransactWriteItem[] } {
  const outcomes = changes.map(outcomeOf) as [Outcome, ...Outcome[]];
  return { outcomes, writes: changes.flatMap((change, index) => writesOf(table, change, outcomes[index] as Outcome)) };
}

// DynamoDB takes 100 writes, but what a larger transaction saves is little by then, and whoever acts on one of its cases in that
// moment makes all of it lose.
const mostWrites = 50;

function inTransactions(decisions: readonly Prepared[]): Prepared[][] {
  const transactions: Prepared[][] = [];
  let room = 0;
  for (const decision of decisions) {
    if (decision.writes.length > room) {
      transactions.push([]);
      room = mostWrites;
    }
    transactions.at(-1)?.push(decision);
    room -= decision.writes.length;
  }
  return transactions;
}

// Another transaction on the same items is over in milliseconds.
const collisionsBorne = 5;

/** One TransactWriteItems; answers whether it was written, false when it lost. A collision alone is tried again: nobody was faster yet. */
export async function isWritten(table: Table, writes: readonly TransactWriteItem[]): Promise<boolean> {
  for (let collisions = 1; ; collisions += 1) {
    try {
      await transact(table, writes);
      return true;
    } catch (error) {
      if (!(error instanceof Conflict)) throw error;
      if (error.final || collisions === collisionsBorne) return false;
    }
  }
}

/** One TransactWriteItems; a false condition or a collision becomes `Conflict`, anything else is thrown as it is. One that was written though its answer was lost counts as done. */
export async function transact(table: Table, writes: readonly TransactWriteItem[]): Promise<void> {
  try {
    const answer = await table.client.send(new TransactWriteItemsCommand({ TransactItems: [...writes], ...counted(table) }));
    meter(table, answer.ConsumedCapacity);
  } catch (error) {
    const conflict = conflictIn(error);
    if (conflict && (await isTransactedBefore(table, error, writes))) return;
    throw conflict ?? error;
  }
}

function conflictIn(error: unknown): Conflict | undefined {
  if (error instanceof Error && error.name === 'TransactionInProgressException') return new Conflict(false);
  if (!(error instanceof TransactionCanceledException)) return undefined;
  const codes = (error.CancellationReasons ?? []).map((reason) => reason.Code);
  if (codes.includes('ConditionalCheckFailed')) return new Conflict(true);
  return codes.includes('TransactionConflict') ? new Conflict(false) : undefined;
}
