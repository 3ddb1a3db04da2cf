import { QueryCommand, type TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { caseKey, caseOf, sk, text, type Item } from './keys.ts';
import { itemsOf } from './lists.ts';
import { counted, meter, type Table } from './table.ts';

/** A scenario that began from another one. */
export interface Descendant {
  readonly source: string;
  readonly kind: 'refiling' | 'replication';
  readonly id: string;
  readonly at: string;
}

/** The mark of a scenario beside the one it came from; it stands in byLeaf under its kind, oldest first. */
export function descendantWrite(table: Table, { source, kind, id, at }: Descendant): TransactWriteItem {
  const item: Item = { ...caseKey(source, sk.descendant(id)), kind: { S: kind }, at: { S: at }, leaf: { S: partitionOf(kind) }, leafKey: { S: `${at}#${id}` } };
  return { Put: { TableName: table.name, Item: item } };
}

const partitionOf = (kind: Descendant['kind']): string => `lineage#${kind}`;

/** The scenarios that began from one. */
export async function descendantsOf(table: Table, source: string): Promise<Descendant[]> {
  return (await itemsOf(table, source, sk.descendant(''))).map((item) => ({ source, kind: text(item, 'kind') as Descendant['kind'], id: idIn(item), at: text(item, 'at') }));
}

/** Every replication of a case of the library, newest first, at most `most`; `whole` says whether these are all. */
export async function replications(table: Table, most: number): Promise<{ readonly items: readonly Omit<Descendant, 'kind'>[]; readonly whole: boolean }> {
  const items: Omit<Descendant, 'kind'>[] = [];
  let start: Item | undefined;
  do {
    const answer = await table.client.send(
      new QueryCommand({
        TableName: table.name, IndexName: 'byLeaf', ScanIndexForward: false, Limit: most - items.length, ExclusiveStartKey: start,
        KeyConditionExpression: 'leaf = :leaf', ExpressionAttributeValues: { ':leaf': { S: partitionOf('replication') } },
        ...counted(table),
      }),
    );
    meter(table, answer.ConsumedCapacity);
    items.push(...(answer.Items ?? []).map((item) => ({ source: caseOf(text(item, 'pk')), id: idIn(item), at: text(item, 'leafKey').split('#', 1)[0] ?? '' })));
    start = answer.LastEvaluatedKey;
  } while (start && items.length < most);
  return { items, whole: start === undefined };
}

function idIn(item: Item): string {
  return text(item, 'sk').slice(sk.descendant('').length);
}
