import { ConditionalCheckFailedException, QueryCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { key, text, type Item, type Key } from './keys.ts';
import { readItems } from './load.ts';
import type { StoredNotice } from './notices.ts';
import { isNew, putIf } from './put.ts';
import { wasSentAgain } from './sent-again.ts';
import { counted, meter, type Table } from './table.ts';

/** The ways out of the house. */
export type Channel = 'mail' | 'webhook';

/** How a delivery stands: on its way, taken by the other side, or given up (a dead letter). */
export type DeliveryStatus = 'waiting' | 'delivered' | 'dead';

/** What happened at one attempt. */
export interface Attempt {
  readonly at: string;
  readonly outcome: string;
}

/** Who a delivery is for: by mail one person and their address, by webhook everybody at the desk. */
export interface Recipient {
  readonly person: string;
  readonly name: string;
  readonly mail?: string | undefined;
}

/** A notice on its way out: `id` is the same however often it is derived or sent, so that the other side can tell a repeat. */
export interface Delivery {
  readonly id: string;
  readonly channel: Channel;
  readonly notice: StoredNotice;
  readonly to: readonly Recipient[];
  /** Longer text of a digest. */
  readonly text?: string | undefined;
  readonly status: DeliveryStatus;
  readonly attempts: readonly Attempt[];
  readonly nextAt: string;
  /** Attempts of this round, begun ones included. */
  readonly tries: number;
}

/** The partition of byLeaf in which the deliveries of a status stand, by the instant of what comes next (or came last). */
export const deliveryPartition = (status: DeliveryStatus): string => `delivery#${status}`;

const deliveryKey = (id: string): Key => key(`D#${id}`, 'DELIVERY');

/** Puts a delivery into the outbox, once: whoever derives it again changes nothing, even after it was sent. */
export async function putDelivery(table: Table, delivery: Pick<Delivery, 'id' | 'channel' | 'notice' | 'to' | 'text'>, now: string, expiresAt: number): Promise<boolean> {
  const { id, channel, notice, to, text: body } = delivery;
  const Item: Item = {
    ...deliveryKey(id),
    leaf: { S: deliveryPartition('waiting') },
    leafKey: { S: now },
    said: { S: JSON.stringify({ channel, notice, to, ...(body === undefined ? {} : { text: body }) }) },
    attempts: { S: '[]' },
    tries: { N: '0' },
    expiresAt: { N: String(expiresAt) },
  };
  return putIf(table, Item, isNew);
}

/** The deliveries with some ids, as they stand. */
export async function deliveriesById(table: Table, ids: readonly string[]): Promise<Delivery[]> {
  if (ids.length === 0) return [];
  const found = await readItems(table, ids.map(deliveryKey));
  return [...found.values()].map(deliveryOf);
}

/** Ids of the waiting deliveries whose time has come, the longest waiting first. */
export async function dueDeliveries(table: Table, now: string, most: number): Promise<string[]> {
  const answer = await table.client.send(
    new QueryCommand({
      TableName: table.name, IndexName: 'byLeaf', Limit: most,
      KeyConditionExpression: 'leaf = :leaf AND leafKey <= :now',
      ExpressionAttributeValues: { ':leaf': { S: deliveryPartition('waiting') }, ':now': { S: now } },
      ...counted(table),
    }),
  );
  meter(table, answer.ConsumedCapacity);
  return (answer.Items ?? []).map((item) => idIn(item));
}

/**
 * Takes a waiting delivery for one attempt: from then on nobody else takes it before `again`. Answers false when somebody did, or
 * when it is over. Who dies after this is followed by another attempt at `again`: at least once.
 */
export async function takeDelivery(table: Table, { id, attempts, tries }: Delivery, again: string): Promise<boolean> {
  return changed(table, id, 'SET tries = :next, leafKey = :again', 'tries = :tries AND leaf = :waiting AND attempts = :attempts', {
    ':next': { N: String(tries + 1) }, ':tries': { N: String(tries) }, ':again': { S: again }, ':waiting': { S: deliveryPartition('waiting') }, ':attempts': { S: JSON.stringify(attempts) },
  }, (now) => now.tries === tries + 1 && now.nextAt === again);
}

/** Writes down what an attempt led to: the delivery log stands in the delivery itself. */
export async function noteAttempt(table: Table, delivery: Delivery, attempt: Attempt, status: DeliveryStatus, nextAt: string): Promise<void> {
  await changed(table, delivery.id, 'SET attempts = :attempts, leaf = :leaf, leafKey = :next', 'attribute_exists(pk)', {
    ':attempts': { S: JSON.stringify([...delivery.attempts, attempt].slice(-20)) }, ':leaf': { S: deliveryPartition(status) }, ':next': { S: nextAt },
  });
}

/** Gives a dead letter another round of attempts; false when it is none. */
export async function reviveDelivery(table: Table, id: string, now: string): Promise<boolean> {
  return changed(table, id, 'SET leaf = :waiting, leafKey = :now, tries = :none', 'leaf = :dead', {
    ':waiting': { S: deliveryPartition('waiting') }, ':now': { S: now }, ':none': { N: '0' }, ':dead': { S: deliveryPartition('dead') },
  }, (delivery) => delivery.status === 'waiting' && delivery.nextAt === now);
}

/** Changes a delivery on a condition; answers whether it did. `done` tells by what stands there whether an earlier sending of the same call did. */
async function changed(table: Table, id: string, UpdateExpression: string, ConditionExpression: string, ExpressionAttributeValues: Item, done: (delivery: Delivery) => boolean = () => true): Promise<boolean> {
  try {
    await table.client.send(new UpdateItemCommand({ TableName: table.name, Key: deliveryKey(id), UpdateExpression, ConditionExpression, ExpressionAttributeValues }));
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return wasSentAgain(error) && (await deliveriesById(table, [id])).some(done);
    throw error;
  }
}

/** The delivery inside its item. */
export function deliveryOf(item: Item): Delivery {
  const said = JSON.parse(text(item, 'said')) as Pick<Delivery, 'channel' | 'notice' | 'to' | 'text'>;
  const status = text(item, 'leaf').slice('delivery#'.length) as DeliveryStatus;
  return { id: idIn(item), ...said, status, attempts: JSON.parse(text(item, 'attempts')) as Attempt[], nextAt: text(item, 'leafKey'), tries: Number(item['tries']?.N ?? 0) };
}

/** The id of a delivery from its key. */
export function idIn(item: Item): string {
  return text(item, 'pk').slice('D#'.length);
}
