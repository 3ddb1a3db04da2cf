import { ConditionalCheckFailedException, DeleteItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { caseKey, casePk, count, sk, text, type Item } from './keys.ts';
import type { ReadItem } from './load.ts';
import { putIf } from './put.ts';
import { counted, meter, type Table } from './table.ts';

/** A wait that an execution registered: the leg and the leaf, the event `n` the execution knows, and the token that wakes it. Tokens stay here: never in a link, an answer or a log. */
export interface Wait {
  readonly case: string;
  readonly leaf: string;
  readonly leg: number;
  readonly n: number;
  readonly token: string;
  readonly startedAt: string;
}

/** Keeps a wait unless something newer stands there: a wait that knows a later event, or as much and belongs to a later leg, or the note that the case has left. Answers whether it was kept. `expiresAt` is when the table may forget it (epoch seconds). */
export async function keepWait(table: Table, wait: Wait, expiresAt: number): Promise<boolean> {
  const item: Item = {
    ...caseKey(wait.case, sk.token(wait.leaf)),
    leg: { N: String(wait.leg) },
    n: { N: String(wait.n) },
    token: { S: wait.token },
    startedAt: { S: wait.startedAt },
    expiresAt: { N: String(expiresAt) },
  };
  return putIf(table, item, {
    ConditionExpression: 'attribute_not_exists(pk) OR n < :n OR (n = :n AND leg <= :leg)',
    ExpressionAttributeValues: { ':leg': { N: String(wait.leg) }, ':n': { N: String(wait.n) } },
  });
}

/** Notes that event `n` left a leaf whose wait is not registered, so that it will not be kept any more; answers false when one was registered since `spent` (the token that was read there, if any). */
export async function noteLeft(table: Table, left: Pick<Wait, 'case' | 'leaf' | 'n'>, spent: string | undefined, expiresAt: number): Promise<boolean> {
  const item: Item = { ...caseKey(left.case, sk.token(left.leaf)), leg: { N: '0' }, n: { N: String(left.n) }, expiresAt: { N: String(expiresAt) } };
  const condition = {
    ConditionExpression: 'attribute_not_exists(#token) OR #token = :spent',
    ExpressionAttributeNames: { '#token': 'token' },
    ExpressionAttributeValues: { ':spent': { S: spent ?? 'none' } },
  };
  return putIf(table, item, condition);
}

/** The waits registered for some leaves of a case, strongly consistent. */
export async function waitsAt(read: ReadItem, id: string, leaves: readonly string[]): Promise<Wait[]> {
  const items = await Promise.all(leaves.map((leaf) => read(caseKey(id, sk.token(leaf)))));
  return items.flatMap((item) => waitsIn(id, item));
}

/** All waits registered for a case, live or stale. */
export async function waitsOf(table: Table, id: string): Promise<Wait[]> {
  const answer = await table.client.send(
    new QueryCommand({
      TableName: table.name,
      ConsistentRead: true,
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :sk)',
      ExpressionAttributeValues: { ':pk': { S: casePk(id) }, ':sk': { S: sk.token('') } },
      ...counted(table),
    }),
  );
  meter(table, answer.ConsumedCapacity);
  return (answer.Items ?? []).flatMap((item) => waitsIn(id, item));
}

/** Forgets a wait whose token is spent, if it is still that token. */
export async function forgetWait(table: Table, wait: Wait): Promise<void> {
  await table.client
    .send(
      new DeleteItemCommand({
        TableName: table.name,
        Key: caseKey(wait.case, sk.token(wait.leaf)),
        ConditionExpression: '#token = :token',
        ExpressionAttributeNames: { '#token': 'token' },
        ExpressionAttributeValues: { ':token': { S: wait.token } },
      }),
    )
    .catch((error: unknown) => {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    });
}

// An item without a token is the note that the case has left: no wait.
function waitsIn(id: string, item: Item | undefined): Wait[] {
  if (item?.['token'] === undefined) return [];
  return [
    {
      case: id,
      leaf: text(item, 'sk').slice(sk.token('').length),
      leg: count(item, 'leg'),
      n: count(item, 'n'),
      token: text(item, 'token'),
      startedAt: text(item, 'startedAt'),
    },
  ];
}
