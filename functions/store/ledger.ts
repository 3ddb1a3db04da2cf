import { QueryCommand } from '@aws-sdk/client-dynamodb';
import type { Entry } from '../../machines/ledger/accounts.ts';
import { dayOf } from '../../shared/days.ts';
import type { EventRecord } from './chain.ts';
import { count, key, text, type Item } from './keys.ts';
import { pack, unpack } from './pack.ts';
import { counted, meter, type Table } from './table.ts';

/** An entry as the ledger keeps it: of which event of which case, when (UTC ISO), and by which command. */
export interface PostedEntry extends Entry {
  readonly case: string;
  readonly n: number;
  readonly at: string;
  readonly command: string;
}

/** The partition of the ledger for a year of Asia/Shanghai. */
const ledgerPk = (year: number): string => `LEDGER#${year}`;

/** The name of an event's entry in the ledger. */
export function entryName({ at, case: id, n }: Pick<PostedEntry, 'at' | 'case' | 'n'>): string {
  return `${at}#${id}#${n}`;
}

/** An event's entry as its item. Its key is made of the event, so that an event posts once, in the order of time. */
export function entryItem(event: EventRecord, entry: Entry): Item {
  return {
    ...key(ledgerPk(Number(dayOf(event.at).slice(0, 4))), entryName(event)),
    n: { N: String(event.n) },
    case: { S: event.case },
    command: { S: event.command },
    lines: pack(entry.lines),
  };
}

function entryIn(item: Item): PostedEntry {
  return { case: text(item, 'case'), n: count(item, 'n'), at: text(item, 'sk').split('#', 1)[0] ?? '', command: text(item, 'command'), lines: unpack<Entry['lines']>(item['lines']) };
}

/** The entries of a year after the one of that name, in the order of time, strongly consistent, page by page. */
export async function* entriesOf(table: Table, year: number, after = '0'): AsyncGenerator<PostedEntry> {
  let start: Item | undefined;
  do {
    const answer = await table.client.send(
      new QueryCommand({
        TableName: table.name, ConsistentRead: true, ExclusiveStartKey: start,
        KeyConditionExpression: 'pk = :pk AND sk > :after', ExpressionAttributeValues: { ':pk': { S: ledgerPk(year) }, ':after': { S: after } },
        ...counted(table),
      }),
    );
    meter(table, answer.ConsumedCapacity);
    for (const item of answer.Items ?? []) yield entryIn(item);
    start = answer.LastEvaluatedKey;
  } while (start);
}
