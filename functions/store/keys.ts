import type { AttributeValue } from '@aws-sdk/client-dynamodb';

/** One item as DynamoDB holds it. */
export type Item = Record<string, AttributeValue>;

/** The key of one item: partition and sort key, both strings. */
export interface Key extends Item {
  readonly pk: AttributeValue.SMember;
  readonly sk: AttributeValue.SMember;
}

const digits = (n: number): string => String(n).padStart(10, '0');

/** Sort keys of a case's items (docs/contract.md section 6). */
export const sk = {
  head: 'HEAD',
  leg: 'LEG',
  profile: 'PROFILE',
  sketch: 'SKETCH',
  filing: 'FILING',
  event: (n: number) => `E#${digits(n)}`,
  task: (slot: string) => `T#${slot}`,
  token: (leaf: string) => `TOKEN#${leaf}`,
  revision: (n: number) => `F#${digits(n)}`,
  rows: (n: number | '') => `ROWS#${n === '' ? '' : digits(n)}`,
  descendant: (id: string) => `D#${id}`,
  attachment: (id: string) => `A#${id}`,
  payment: (n: number, line: number) => `P#${digits(n)}#${line}`,
  sheetDraft: (expert: string) => `D#${expert}`,
  message: (n: number, line: number) => `O#${digits(n)}#${line}`,
} as const;

/** The partition of a case. */
export const casePk = (id: string): string => `C#${id}`;

/** The case whose partition this is. */
export const caseOf = (pk: string): string => pk.slice(2);

/** A key from its two parts. */
export const key = (pk: string, sort: string): Key => ({ pk: { S: pk }, sk: { S: sort } });

/** The key of an item of a case. */
export const caseKey = (id: string, sort: string): Key => key(casePk(id), sort);

/** The key of a person's profile. */
export const personKey = (id: string): Key => key(`PERSON#${id}`, sk.profile);

/** The key of an organisation's profile. */
export const orgKey = (id: string): Key => key(`ORG#${id}`, sk.profile);

/** A string attribute; throws when it is missing: only we write these items. */
export function text(item: Item, name: string): string {
  const value = item[name]?.S;
  if (value === undefined) throw new Error(`item ${item['pk']?.S} ${item['sk']?.S} has no ${name}`);
  return value;
}

/** A number attribute; throws when it is missing. */
export function count(item: Item, name: string): number {
  const value = item[name]?.N;
  if (value === undefined) throw new Error(`item ${item['pk']?.S} ${item['sk']?.S} has no ${name}`);
  return Number(value);
}
