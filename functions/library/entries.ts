import { QueryCommand } from '@aws-sdk/client-dynamodb';
import type { ScenarioContext } from '../../machines/scenario/context.ts';
import type { Head } from '../store/case.ts';
import { key, text, type Item } from '../store/keys.ts';
import { eventsAfter, eventsNumbered } from '../store/load.ts';
import { bytes } from '../store/pack.ts';
import { put } from '../store/put.ts';
import { counted, meter, type Table } from '../store/table.ts';
import { caseTextOf, type CaseText } from './case-text.ts';
import { filterOf } from './grams.ts';

/** One case of the library as it is listed: which event holds its text, and what searches narrow by. */
export interface Entry {
  readonly case: string;
  readonly acceptedAt: string;
  readonly textEvent: number;
  readonly filter: Uint8Array;
}

const libraryPk = 'LIBRARY';

/** Lists a case in the library, once it was taken in by event `n`; may run twice. The text stays in its event. */
export async function enterLibrary(table: Table, head: Head, n: number, acceptedAt: string): Promise<void> {
  const told = await newestText(table, head.id, n);
  if (!told) throw new Error(`${head.id} was taken into the library without a text`);
  const { name, unit } = head.snapshot.context as unknown as ScenarioContext;
  const item: Item = {
    ...key(libraryPk, `${acceptedAt}#${head.id}`),
    n: { N: String(told.n) },
    filter: { B: filterOf([told.title, name, unit.name, told.text].join('\n')) },
  };
  await put(table, item);
}

async function newestText(table: Table, id: string, before: number): Promise<(CaseText & { readonly n: number }) | undefined> {
  let found: (CaseText & { readonly n: number }) | undefined;
  for await (const { event } of eventsAfter(table, id)) {
    if (event.n > before) break;
    if (event.command === 'submitCaseText') found = { n: event.n, ...caseTextOf(event.args) };
  }
  return found;
}

/** The text with which a case was taken in, and when; nothing when it was not. */
export async function acceptedText(table: Table, id: string): Promise<(CaseText & Pick<Entry, 'acceptedAt'>) | undefined> {
  let told: CaseText | undefined;
  for await (const { event } of eventsAfter(table, id)) {
    if (event.command === 'submitCaseText') told = caseTextOf(event.args);
    if (event.command === 'acceptCase') return told && { ...told, acceptedAt: event.at };
  }
  return undefined;
}

/** Between which instants entries came in. */
export interface Range {
  readonly from: string;
  readonly to: string;
}

// Sort keys begin with an instant; `~` comes after every one of them.
const always: Range = { from: '', to: '~' };

/** A run of entries, newest first, from below a sort key; `next` is where the following one begins. At most a megabyte, about 800 entries. */
export async function entriesBelow(table: Table, below: string | undefined, limit: number, range: Range = always): Promise<{ readonly entries: readonly Entry[]; readonly next?: string }> {
  const answer = await table.client.send(
    new QueryCommand({
      TableName: table.name,
      Limit: limit,
      ScanIndexForward: false,
      KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
      ExpressionAttributeValues: { ':pk': { S: libraryPk }, ':from': { S: range.from || '0' }, ':to': { S: range.to } },
      ...(below === undefined ? {} : { ExclusiveStartKey: key(libraryPk, below) }),
      ...counted(table),
    }),
  );
  meter(table, answer.ConsumedCapacity);
  const entries = (answer.Items ?? []).map(entryOf);
  return { entries, ...(answer.LastEvaluatedKey ? { next: text(answer.LastEvaluatedKey, 'sk') } : {}) };
}

/** The place of an entry among the others. */
export function placeOfEntry({ acceptedAt, case: id }: Entry): string {
  return `${acceptedAt}#${id}`;
}

function entryOf(item: Item): Entry {
  const at = text(item, 'sk');
  const cut = at.indexOf('#');
  return { case: at.slice(cut + 1), acceptedAt: at.slice(0, cut), textEvent: Number(item['n']?.N), filter: bytes(item['filter']?.B) };
}

/** The text of an entry. */
export async function textOf(table: Table, { case: id, textEvent }: Entry): Promise<CaseText> {
  const [stored] = await eventsNumbered(table, id, [textEvent]);
  if (!stored) throw new Error(`event ${textEvent} of ${id} is missing`);
  return caseTextOf(stored.event.args);
}
