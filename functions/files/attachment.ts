import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type * as z from 'zod/mini';
import type * as answers from '../api/answers.ts';
import { caseKey, count, sk, text, type Item, type Key } from '../store/keys.ts';
import type { Table } from '../store/table.ts';
import type { FileType } from './types.ts';

/** What is known of a file's being free of malware, from whom, since when: `waiting` while nobody has said. `signature` names what was found, or why nothing could be said. */
export interface Scan {
  readonly status: 'notScanned' | 'waiting' | 'clean' | 'infected' | 'failed';
  readonly by: 'none' | 'guardDuty' | 'clamav';
  readonly at?: string;
  readonly signature?: string;
}

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
  /** A replaced or removed file stays readable; an infected one is locked away for everybody. */
  readonly status: 'pending' | 'confirmed' | 'removed' | 'replaced' | 'quarantined';
  readonly sm3?: string | undefined;
  readonly version?: string | undefined;
  readonly confirmedAt?: string | undefined;
  /** The year an audited report is about. */
  readonly year?: number | undefined;
  /** The earlier file that this one stands in for, and the later one that stands in for this. */
  readonly replaces?: string | undefined;
  readonly replacedBy?: string | undefined;
  /** The upload in pieces: its id at the store, and the SHA-256 of each piece as announced. Absent where the file is sent at once. */
  readonly inPieces?: { readonly upload: string; readonly sha256: readonly string[] } | undefined;
  /** Absent for files of before uploads were scanned. */
  readonly scan?: Scan | undefined;
}

/** Where an attachment's bytes lie; ids only, no name of anybody. */
export function objectKey(attachment: Pick<Attachment, 'case' | 'id'>): string {
  return `attachments/${attachment.case}/${attachment.id}`;
}

/** The attachment whose bytes lie under a key; `undefined` for keys of other things. */
export function attachmentOfKey(key: string): { readonly case: string; readonly id: string } | undefined {
  const [, owner, id] = /^attachments\/([^/]+)\/([^/]+)$/.exec(key) ?? [];
  return owner === undefined || id === undefined ? undefined : { case: owner, id };
}

/** An attachment as its item; one that was never confirmed is forgotten after `expiresAt` (epoch seconds). */
export function attachmentItem(attachment: Attachment, expiresAt?: number): Item {
  const texts = ['part', 'name', 'type', 'sha256', 'by', 'createdAt', 'status', 'sm3', 'version', 'confirmedAt', 'replaces', 'replacedBy'] as const;
  return {
    ...caseKey(attachment.case, sk.attachment(attachment.id)),
    ...Object.fromEntries(texts.flatMap((name) => (attachment[name] === undefined ? [] : [[name, { S: attachment[name] }]]))),
    size: { N: String(attachment.size) },
    ...(attachment.year === undefined ? {} : { year: { N: String(attachment.year) } }),
    ...(attachment.inPieces === undefined ? {} : { inPieces: { S: JSON.stringify(attachment.inPieces) } }),
    ...(attachment.scan === undefined ? {} : { scan: { S: JSON.stringify(attachment.scan) } }),
    ...(expiresAt === undefined ? {} : { expiresAt: { N: String(expiresAt) } }),
  };
}

/** The attachment inside its item. */
export function attachmentOf(item: Item): Attachment {
  const optional = (name: 'sm3' | 'version' | 'confirmedAt' | 'replaces' | 'replacedBy') => (item[name]?.S === undefined ? {} : { [name]: item[name].S });
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
    ...optional('replaces'),
    ...optional('replacedBy'),
    ...(item['inPieces']?.S === undefined ? {} : { inPieces: JSON.parse(item['inPieces'].S) as Attachment['inPieces'] }),
    ...(item['scan']?.S === undefined ? {} : { scan: JSON.parse(item['scan'].S) as Scan }),
    ...(item['year']?.N === undefined ? {} : { year: Number(item['year'].N) }),
  };
}

/** An attachment as the API answers it. */
export function attachmentAnswer(attachment: Attachment): z.infer<typeof answers.attachment> {
  const { id, part, name, type, size, sha256, status, createdAt, by, sm3, confirmedAt, year, replaces, replacedBy, scan } = attachment;
  const known = Object.fromEntries(Object.entries({ sm3, confirmedAt, year, replaces, replacedBy }).filter(([, value]) => value !== undefined));
  return { id, part, name, type, size, sha256, status, createdAt, by, ...known, ...(scan ? { scan: { ...scan } } : {}) };
}

/** Turns a checked upload into a confirmed one in the transaction of its event, once, and marks what it replaces. A verdict that came meanwhile stays; after one that says infected nothing is confirmed. */
export function confirmationWrites(table: Table, { case: owner, id, sm3 = '', version = '', confirmedAt = '', replaces, scan }: Attachment): TransactWriteItem[] {
  const confirm = statusChange(table, caseKey(owner, sk.attachment(id)), ['pending', 'confirmed'], {
    further: ', sm3 = :sm3, #version = :version, confirmedAt = :at, #scan = if_not_exists(#scan, :scan) REMOVE expiresAt',
    names: { '#version': 'version', '#scan': 'scan' },
    values: { ':sm3': { S: sm3 }, ':version': { S: version }, ':at': { S: confirmedAt }, ':scan': { S: JSON.stringify(scan) } },
  });
  if (replaces === undefined) return [confirm];
  return [confirm, statusChange(table, caseKey(owner, sk.attachment(replaces)), ['confirmed', 'replaced'], { further: ', replacedBy = :later', values: { ':later': { S: id } } })];
}

/** Locks a file away in the transaction of its event, unless it has become something else since it was read. The bytes stay for whoever has to look into it, out of everybody's reach. */
export function quarantineWrites(table: Table, { case: owner, id, status }: Attachment, scan: Scan): TransactWriteItem[] {
  const verdict = { further: ', #scan = :scan REMOVE expiresAt', names: { '#scan': 'scan' }, values: { ':scan': { S: JSON.stringify(scan) } } };
  return [statusChange(table, caseKey(owner, sk.attachment(id)), [status, 'quarantined'], verdict)];
}

/** Marks a confirmed file as removed in the transaction of its event; the bytes and the record stay. */
export function removalWrites(table: Table, id: string, attachment: string): TransactWriteItem[] {
  return [statusChange(table, caseKey(id, sk.attachment(attachment)), ['confirmed', 'removed'])];
}

/** What else changes with the status: the rest of the update's expression, and what it names. */
interface Also {
  readonly further?: string;
  readonly names?: Record<string, string>;
  readonly values?: Item;
}

/** A file's status goes from one to the next, on condition that it is still the first. */
function statusChange(table: Table, at: Key, [before, after]: readonly [Attachment['status'], Attachment['status']], { further = '', names = {}, values = {} }: Also = {}): TransactWriteItem {
  return {
    Update: {
      TableName: table.name,
      Key: at,
      UpdateExpression: `SET #status = :after${further}`,
      ConditionExpression: '#status = :before',
      ExpressionAttributeNames: { '#status': 'status', ...names },
      ExpressionAttributeValues: { ':before': { S: before }, ':after': { S: after }, ...values },
    },
  };
}
