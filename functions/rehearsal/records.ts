import { QueryCommand } from '@aws-sdk/client-dynamodb';
import type * as z from 'zod/mini';
import type * as published from '../api/published-answers.ts';
import { key, text, type Item } from '../store/keys.ts';
import { isNew } from '../store/put.ts';
import { isWritten } from '../store/save.ts';
import { counted, meter, type Table } from '../store/table.ts';

/** A rehearsal as it is kept and answered: how many would be on the list, how many would not and by which reasons, and the difference to the one before. */
export type Rehearsal = z.infer<typeof published.rehearsal>;

/** Where the two lists of a rehearsal lie. */
export const rehearsalKeys = {
  list: (id: string) => `batches/rehearsals/${id}/list.json`,
  blocked: (id: string) => `batches/rehearsals/${id}/blocked.json`,
} as const;

const partition = 'REHEARSALS';
const mostListed = 20;

// A rehearsal is a look, no decision: after two years nobody compares with it any more.
const keptSeconds = 730 * 24 * 3600;

/** Keeps a rehearsal; false when there is one of that id. Rehearsals lie in order of time, so that of the id is said beside it. */
export async function keepRehearsal(table: Table, rehearsal: Rehearsal): Promise<boolean> {
  const expiresAt = { N: String(Math.ceil(Date.parse(rehearsal.at) / 1000) + keptSeconds) };
  const said: Item = { pk: { S: partition }, sk: { S: `${rehearsal.at}#${rehearsal.id}` }, rehearsal: { S: JSON.stringify(rehearsal) }, expiresAt };
  const once: Item = { ...key(`${partition}#${rehearsal.id}`, 'ONCE'), at: { S: rehearsal.at }, expiresAt };
  return isWritten(table, [said, once].map((Item) => ({ Put: { TableName: table.name, Item, ...isNew } })));
}

/** The latest rehearsals, newest first. Strongly consistent. */
export async function latestRehearsals(table: Table): Promise<Rehearsal[]> {
  return (await newest(table, mostListed)).map(rehearsalIn);
}

/** A rehearsal by its id, among the last hundred; `undefined` when there is none. */
export async function rehearsalOf(table: Table, id: string): Promise<Rehearsal | undefined> {
  return (await newest(table, 100)).map(rehearsalIn).find((one) => one.id === id);
}

async function newest(table: Table, limit: number): Promise<Item[]> {
  const answer = await table.client.send(
    new QueryCommand({ TableName: table.name, ConsistentRead: true, ScanIndexForward: false, Limit: limit, KeyConditionExpression: 'pk = :pk', ExpressionAttributeValues: { ':pk': { S: partition } }, ...counted(table) }),
  );
  meter(table, answer.ConsumedCapacity);
  return answer.Items ?? [];
}

function rehearsalIn(item: Item): Rehearsal {
  return JSON.parse(text(item, 'rehearsal')) as Rehearsal;
}
