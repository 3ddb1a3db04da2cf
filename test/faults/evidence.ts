import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { eventOf, headOf, type Head, type StoredEvent } from '../../functions/store/case.ts';
import { caseOf, count, text, type Item } from '../../functions/store/keys.ts';
import type { Table } from '../../functions/store/table.ts';

/** One case as the records hold it, read past the API. */
export interface Evidence {
  readonly head: Head;
  readonly events: readonly StoredEvent[];
  readonly payments: readonly { readonly n: number; readonly kind: string; readonly amountFen: number }[];
  /** Ids of the attachments that were announced. */
  readonly attachments: readonly string[];
  /** Messages to other cases that are still on their way. */
  readonly messages: number;
}

/** Every item of the table, by `pk|sk`. */
export async function allItems(table: Table): Promise<Map<string, Item>> {
  const found = new Map<string, Item>();
  let start: Item | undefined;
  do {
    const page = await table.client.send(new ScanCommand({ TableName: table.name, ConsistentRead: true, ExclusiveStartKey: start }));
    for (const item of page.Items ?? []) found.set(`${item['pk']?.S}|${item['sk']?.S}`, item);
    start = page.LastEvaluatedKey;
  } while (start);
  return found;
}

/** All cases of the table with everything that proves what happened to them, by id. */
export async function evidenceIn(table: Table): Promise<Map<string, Evidence>> {
  const items = [...(await allItems(table)).values()].filter((item) => item['pk']?.S?.startsWith('C#'));
  const byCase = Map.groupBy(items, (item) => caseOf(text(item, 'pk')));
  return new Map([...byCase].map(([id, some]) => [id, evidenceOf(id, some)]));
}

function evidenceOf(id: string, items: readonly Item[]): Evidence {
  const under = (prefix: string) => items.filter((item) => text(item, 'sk').startsWith(prefix)).sort((a, b) => (text(a, 'sk') < text(b, 'sk') ? -1 : 1));
  const head = items.find((item) => text(item, 'sk') === 'HEAD');
  if (!head) throw new Error(`${id} has items and no head`);
  return {
    head: headOf(head),
    events: under('E#').map(eventOf),
    payments: under('P#').map((item) => ({ n: count(item, 'n'), kind: text(item, 'kind'), amountFen: count(item, 'amountFen') })),
    attachments: under('A#').map((item) => text(item, 'sk').slice(2)),
    messages: under('O#').length,
  };
}
