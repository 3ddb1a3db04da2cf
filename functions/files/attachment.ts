import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type * as z from 'zod/mini';
import type * as answers from '../api/answers.ts';
import { caseKey, count, sk, text, type Item } from '../store/keys.ts';
import type { Table } from '../store/table.ts';
import type { FileType } from './types.ts';

/** An uploaded file of a case. `version` is the object version whose bytes were checked: later overwrites of the object change nothing. */
export interface Attachment {
  readonly case: string;
  readonly id: string;
  readonly part: string;
  readonly name: string;
  readonly type: FileType;
  readonly size: number;
  readonly sha256: string;
  readonly by: string;
  readonly createdAt: string;
  readonly status: 'pending' | 'confirmed' | 'removed';
  readonly sm3?: string | undefined;
  readonly version?: string | undefined;
  readonly confirmedAt?: string | undefined;
  /** The year an audited report is about. */
  readonly year?: number | undefined;
}

/** Where an attachment's bytes lie; ids only, no name of anybody. */
export function objectKey(attachment: Pick<Attachment, 'case' | 'id'>): string {
  return `attachments/${attachment.case}/${attachment.id}`;
}

/** An attachment as its item; one that was never confirmed is forgotten after `expiresAt` (epoch seconds). */
export function attachmentItem(attachment: Attachment, expiresAt?: number): Item {
  const texts = ['part', 'name', 'type', 'sha256', 'by', 'createdAt', 'status', 'sm3', 'version', 'confirmedAt'] as const;
  return {
    ...caseKey(attachment.case, sk.attachment(attachment.id)),
    ...Object.fromEntries(texts.flatMap((name) => (attachment[name] === undefined ? [] : [[name, { S: attachment[name] }]]))),
    size: { N: String(attachment.size) },
    ...(attachment.year === undefined ? {} : { year: { N: String(attachment.year) } }),
    ...(expiresAt === undefined ? {} : { expiresAt: { N: String(expiresAt) } }),
  };
}

/** The attachment inside its item. */
export function attachmentOf(item: Item): Attachment {
  const optional = (name: 'sm3' | 'version' | 'confirmedAt') => (item[name]?.S === undefined ? {} : { [name]: item[name].S });
  return {
    case: text(item, 'pk').slice(2),
    id: text(item, 'sk').slice(sk.attachment('').length),
    part: text(item, 'part'),
    name: text(item, 'name'),
    type: text(item, 'type') as FileType,
    size: count(item, 'size'),
    sha256: text(item, 'sha256'),
    by: text(item, 'by'),
    createdAt: text(item, 'createdAt'),
    status: text(item, 'status') as Attachment['status'],
    ...optional('sm3'),
    ...optional('version'),
    ...optional('confirmedAt'),
    ...(item['year']?.N === undefined ? {} : { year: Number(item['year'].N) }),
  };
}

/** An attachment as the API answers it. */
export function attachmentAnswer(attachment: Attachment): z.infer<typeof answers.attachment> {
  const { id, part, name, type, size, sha256, sm3, status, createdAt, confirmedAt, by, year } = attachment;
  return { id, part, name, type, size, sha256, status, createdAt, by, ...(sm3 === undefined ? {} : { sm3 }), ...(confirmedAt === undefined ? {} : { confirmedAt }), ...(year === undefined ? {} : { year }) };
}

/** Turns a checked upload into a confirmed one in the transaction of its event, once. */
export function confirmationWrites(table: Table, attachment: Attachment): TransactWriteItem[] {
  return [statusPut(table, attachment, 'pending')];
}

/** Marks a confirmed file as removed in the transaction of its event; the bytes and the record stay. */
export function removalWrites(table: Table, id: string, attachment: string): TransactWriteItem[] {
  return [
    {
      Update: {
        TableName: table.name,
        Key: caseKey(id, sk.attachment(attachment)),
        UpdateExpression: 'SET #status = :removed',
        ConditionExpression: '#status = :confirmed',
        ExpressionAttributeNames: { '#status': 'status' },
        ExpressionAttributeValues: { ':removed': { S: 'removed' }, ':confirmed': { S: 'confirmed' } },
      },
    },
  ];
}

function statusPut(table: Table, attachment: Attachment, before: Attachment['status']): TransactWriteItem {
  return {
    Put: {
      TableName: table.name,
      Item: attachmentItem(attachment),
      ConditionExpression: '#status = :before',
      ExpressionAttributeNames: { '#status': 'status' },
      ExpressionAttributeValues: { ':before': { S: before } },
    },
  };
}
