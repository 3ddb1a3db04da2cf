import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { caseKey, count, sk, text, type Item } from './keys.ts';
import { putIf } from './put.ts';
import { counted, meter, type Table } from './table.ts';

/** The running leg of a case: its number, the event it started from, when, and the definition it follows. */
export interface Leg {
  readonly leg: number;
  readonly n: number;
  readonly startedAt: string;
  readonly definition: string;
  /** The execution's ARN, where it was not started under the name `<case>-<leg>` (a batch that the schedule opened). */
  readonly execution?: string | undefined;
  /** How many legs in a row before this one failed; they are replaced at growing intervals. */
  readonly failures?: number;
}

/** The running leg of a case; throws when there is none: a case begins with leg 1 in its first transaction. */
export async function loadLeg(table: Table, id: string): Promise<Leg> {
  const answer = await table.client.send(new GetItemCommand({ TableName: table.name, Key: caseKey(id, sk.leg), ConsistentRead: true, ...counted(table) }));
  meter(table, answer.ConsumedCapacity);
  if (!answer.Item) throw new Error(`case ${id} has no leg`);
  return legOf(answer.Item);
}

/** Records that the next leg runs, unless somebody recorded it already; answers whether this call did. */
export async function nextLegRuns(table: Table, id: string, leg: Leg): Promise<boolean> {
  const item: Item = { ...caseKey(id, sk.leg), leg: { N: String(leg.leg) }, n: { N: String(leg.n) }, startedAt: { S: leg.startedAt }, definition: { S: leg.definition }, failures: { N: String(leg.failures ?? 0) } };
  return putIf(table, item, { ConditionExpression: 'leg < :leg', ExpressionAttributeValues: { ':leg': { N: String(leg.leg) } } });
}

/** The leg inside its item. */
export function legOf(item: Item): Leg {
  return { leg: count(item, 'leg'), n: count(item, 'n'), startedAt: text(item, 'startedAt'), definition: text(item, 'definition'), ...(item['execution']?.S === undefined ? {} : { execution: item['execution'].S }), failures: Number(item['failures']?.N ?? 0) };
}
