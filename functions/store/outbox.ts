import { DeleteItemCommand, QueryCommand, type TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { Json } from '../../machines/decision.ts';
import { caseKey, caseOf, sk, text, type Item } from './keys.ts';
import { pack, unpack } from './pack.ts';
import { meter, counted, type Table } from './table.ts';

/** A system command on its way to another case: from which event (and which of its effects), to whom, what. */
export interface Message {
  readonly from: string;
  readonly n: number;
  readonly line: number;
  readonly to: string;
  readonly command: string;
  readonly args: { readonly [key: string]: Json };
}

const outboxPartition = 'outbox';

/** A message as its item; it stands in the index byLeaf under `outbox` until it is delivered, oldest first. */
export function messageItem(message: Message, at: string): Item {
  return {
    ...caseKey(message.from, sk.message(message.n, message.line)),
    leaf: { S: outboxPartition },
    leafKey: { S: `${at}#${message.from}` },
    to: { S: message.to },
    command: { S: message.command },
    args: pack(message.args),
  };
}

/** The message inside its item. */
export function messageOf(item: Item): Message {
  const [, n = '0', line = '0'] = text(item, 'sk').split('#');
  return { from: caseOf(text(item, 'pk')), n: Number(n), line: Number(line), to: text(item, 'to'), command: text(item, 'command'), args: unpack<Message['args']>(item['args']) };
}

/** Takes a message out in the transaction that carries it out, once: the transaction fails when somebody did already. */
export function deliveredWrite(table: Table, message: Message): TransactWriteItem {
  return { Delete: { TableName: table.name, Key: caseKey(message.from, sk.message(message.n, message.line)), ConditionExpression: 'attribute_exists(pk)' } };
}

/** The messages of a case up to event `n` that are not delivered yet, oldest first: a later one must not overtake one that got stuck. */
export async function messagesOf(table: Table, id: string, n: number): Promise<Message[]> {
  const answer = await table.client.send(
    new QueryCommand({
      TableName: table.name,
      ConsistentRead: true,
      KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
      ExpressionAttributeValues: { ':pk': { S: `C#${id}` }, ':from': { S: sk.message(0, 0) }, ':to': { S: sk.message(n, 9) } },
      ...counted(table),
    }),
  );
  meter(table, answer.ConsumedCapacity);
  return (answer.Items ?? []).map(messageOf);
}

/** Where undelivered messages older than an instant come from: case and event number, oldest first, at most 100. */
export async function overdueMessages(table: Table, before: string): Promise<{ readonly id: string; readonly n: number }[]> {
  const answer = await table.client.send(
    new QueryCommand({
      TableName: table.name,
      IndexName: 'byLeaf',
      KeyConditionExpression: 'leaf = :leaf AND leafKey < :before',
      ExpressionAttributeValues: { ':leaf': { S: outboxPartition }, ':before': { S: before } },
      Limit: 100,
      ...counted(table),
    }),
  );
  meter(table, answer.ConsumedCapacity);
  return (answer.Items ?? []).map((item) => ({ id: caseOf(text(item, 'pk')), n: Number(text(item, 'sk').split('#')[1]) }));
}

/** Drops a message that its receiver refused for good; the refusal stands in the log of the function. */
export async function dropMessage(table: Table, message: Message): Promise<void> {
  const answer = await table.client.send(new DeleteItemCommand({ TableName: table.name, Key: caseKey(message.from, sk.message(message.n, message.line)), ...counted(table) }));
  meter(table, answer.ConsumedCapacity);
}
