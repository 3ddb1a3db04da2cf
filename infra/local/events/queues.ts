import { createHash, randomUUID } from 'node:crypto';
import type { Clock } from '../clock.ts';
import type { Model, QueueModel } from '../template/model.ts';
import type { EventStore } from './store.ts';

type Input = Readonly<Record<string, unknown>>;

/** A refusal of SQS; `name` is its error name. */
export class QueueError extends Error {
  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}

/** SQS standard queues over the event store. */
export interface Queues {
  /** Puts a message into the queue with this ARN; throws QueueError when there is none. */
  send(queueArn: string, body: string, attributes?: Readonly<Record<string, unknown>>): string;
  /** Answers an operation of the JSON protocol; throws QueueError. */
  answer(operation: string, input: Input): unknown;
}

/** Opens the queues of the model. Visible times follow the cloud's clock; delays are refused by the names of the operations that are not here. */
export function openQueues(model: Model, clock: Clock, store: EventStore): Queues {
  const insert = store.database.prepare('INSERT INTO messages (queue, id, body, attributes, sent_at, visible_at, receives) VALUES (?, ?, ?, ?, ?, ?, 0)');
  const visible = store.database.prepare('SELECT * FROM messages WHERE queue = ? AND visible_at <= ? ORDER BY number LIMIT ?');
  const take = store.database.prepare('UPDATE messages SET visible_at = ?, receives = receives + 1, receipt = ?, first_at = coalesce(first_at, ?) WHERE number = ?');
  const move = store.database.prepare('UPDATE messages SET queue = ?, receives = 0, visible_at = 0, receipt = NULL WHERE number = ?');
  const drop = store.database.prepare('DELETE FROM messages WHERE queue = ? AND receipt = ?');
  const hide = store.database.prepare('UPDATE messages SET visible_at = ? WHERE queue = ? AND receipt = ?');
  const purge = store.database.prepare('DELETE FROM messages WHERE queue = ?');
  const stale = store.database.prepare('DELETE FROM messages WHERE queue = ? AND sent_at < ?');
  const count = store.database.prepare('SELECT sum(visible_at <= ?) AS visible, sum(visible_at > ?) AS hidden FROM messages WHERE queue = ?');

  const send = (queueArn: string, body: string, attributes: Readonly<Record<string, unknown>> = {}): string => {
    if (!model.queues.has(queueArn)) throw new QueueError('QueueDoesNotExist', `The specified queue does not exist: ${queueArn}`);
    const id = randomUUID();
    insert.run(queueArn, id, body, JSON.stringify(attributes), clock.now(), clock.now());
    return id;
  };
  const receive = (queue: QueueModel, input: Input): unknown => {
    const now = clock.now();
    stale.run(queue.arn, now - queue.retention * 1000);
    const hiddenFor = Number(input['VisibilityTimeout'] ?? queue.visibility) * 1000;
    const messages = visible.all(queue.arn, now, Math.min(10, Number(input['MaxNumberOfMessages'] ?? 1))).flatMap((row) => {
      const number = Number(row['number']);
      if (queue.redrive && Number(row['receives']) >= queue.redrive.maxReceives) {
        move.run(queue.redrive.arn, number);
        return [];
      }
      const receipt = randomUUID();
      take.run(now + hiddenFor, receipt, now, number);
      const body = String(row['body']);
      const Attributes = {
        SentTimestamp: String(row['sent_at']),
        ApproximateReceiveCount: String(Number(row['receives']) + 1),
        ApproximateFirstReceiveTimestamp: String(row['first_at'] ?? now),
      };
      return [{ MessageId: row['id'], ReceiptHandle: receipt, Body: body, MD5OfBody: md5(body), Attributes, MessageAttributes: JSON.parse(String(row['attributes'])) as unknown }];
    });
    return messages.length > 0 ? { Messages: messages } : {};
  };
  const sendFrom = (queue: QueueModel, input: Input) => {
    const body = input['MessageBody'];
    if (typeof body !== 'string' || body === '') throw new QueueError('MissingParameter', 'The request must contain the parameter MessageBody.');
    if (Buffer.byteLength(body) > 1024 * 1024) throw new QueueError('InvalidParameterValue', 'One or more parameters are invalid. Reason: Message must be shorter than 1048576 bytes.');
    return { MessageId: send(queue.arn, body, (input['MessageAttributes'] ?? {}) as Input), MD5OfMessageBody: md5(body) };
  };
  const operations: Readonly<Record<string, (queue: QueueModel, input: Input) => unknown>> = {
    SendMessage: sendFrom,
    SendMessageBatch: (queue, input) => ({ Successful: (input['Entries'] as Input[]).map((entry) => ({ Id: entry['Id'], ...sendFrom(queue, entry) })), Failed: [] }),
    ReceiveMessage: receive,
    DeleteMessage: (queue, input) => (drop.run(queue.arn, String(input['ReceiptHandle'])), {}),
    DeleteMessageBatch: (queue, input) => {
      const entries = input['Entries'] as Input[];
      for (const entry of entries) drop.run(queue.arn, String(entry['ReceiptHandle']));
      return { Successful: entries.map(({ Id }) => ({ Id })), Failed: [] };
    },
    ChangeMessageVisibility: (queue, input) => (hide.run(clock.now() + Number(input['VisibilityTimeout']) * 1000, queue.arn, String(input['ReceiptHandle'])), {}),
    PurgeQueue: (queue) => (purge.run(queue.arn), {}),
    GetQueueUrl: (queue) => ({ QueueUrl: queue.url }),
    GetQueueAttributes: (queue) => {
      const row = count.get(clock.now(), clock.now(), queue.arn);
      return {
        Attributes: {
          QueueArn: queue.arn,
          ApproximateNumberOfMessages: String(row?.['visible'] ?? 0),
          ApproximateNumberOfMessagesNotVisible: String(row?.['hidden'] ?? 0),
          ApproximateNumberOfMessagesDelayed: '0',
          VisibilityTimeout: String(queue.visibility),
          MessageRetentionPeriod: String(queue.retention),
        },
      };
    },
  };
  const queueOf = (input: Input): QueueModel => {
    const wanted = String(input['QueueName'] ?? input['QueueUrl'] ?? '').split('/').at(-1);
    const found = [...model.queues.values()].find(({ name }) => name === wanted);
    if (!found) throw new QueueError('QueueDoesNotExist', 'The specified queue does not exist.');
    return found;
  };
  return {
    send,
    answer: (operation, input) => {
      if (operation === 'ListQueues') return { QueueUrls: [...model.queues.values()].map(({ url }) => url) };
      const run = operations[operation];
      if (!run) throw new QueueError('UnsupportedOperation', `The local cloud does not do sqs:${operation}`);
      return run(queueOf(input), input);
    },
  };
}

const md5 = (text: string): string => createHash('md5').update(text).digest('hex');
