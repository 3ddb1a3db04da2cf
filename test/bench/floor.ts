import { GetItemCommand, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { openTrimmer } from '../../infra/local/dynamodb/trim-stream.ts';
import { caseKey, sk, type Item } from '../../functions/store/keys.ts';
import type { Table } from '../../functions/store/table.ts';
import { freshTable, startDynoxide } from '../harness/dynoxide.ts';
import { cpuMs } from './memory.ts';
import { loadFor, type Stretch } from './load.ts';

/** The floor under every accepted command: one TransactWriteItems of two items, with nothing around it. */
export interface Floor {
  run(seconds: number, width: number): Promise<Stretch>;
  /** CPU that the store has used since its start, ms. */
  cpuMs(): number;
  stop(): Promise<void>;
}

/** Trims are as frequent here as in the cloud: after each batch that its reader has passed. */
const trimEveryMs = 50;
const farAhead = '99999999999999999999';

/** A fresh store like the cloud's (same schema, stream on and trimmed, same SDK settings) that takes copies of a real head and a real event. */
export async function openFloor(cloud: Table, id: string): Promise<Floor> {
  const head = await itemOf(cloud, id, sk.head);
  const event = await itemOf(cloud, id, sk.event(Number(head['v']?.N)));
  const engine = await startDynoxide();
  const table = await freshTable(engine.endpoint, 'floor');
  const trimmer = openTrimmer(engine.file);
  const timer = setInterval(() => trimmer?.trim('floor', farAhead), trimEveryMs);
  let n = 1_000_000;
  return {
    run: (seconds, width) => loadFor(seconds, width, (worker) => twoItems(table, head, event, `floor-${worker}`, (n += 1))),
    cpuMs: () => cpuMs(engine.pid),
    stop: async () => {
      clearInterval(timer);
      trimmer?.close();
      table.client.destroy();
      await engine.stop();
    },
  };
}

async function twoItems(table: Table, head: Item, event: Item, id: string, n: number): Promise<void> {
  const put = (item: Item) => ({ Put: { TableName: table.name, Item: item } });
  const absent = { ConditionExpression: 'attribute_not_exists(pk)' };
  const notNewer = { ConditionExpression: 'attribute_not_exists(pk) OR v < :v', ExpressionAttributeValues: { ':v': { N: String(n) } } };
  const items = [
    { Put: { ...put({ ...head, ...caseKey(id, sk.head), v: { N: String(n) } }).Put, ...notNewer } },
    { Put: { ...put({ ...event, ...caseKey(id, sk.event(n)) }).Put, ...absent } },
  ];
  await table.client.send(new TransactWriteItemsCommand({ TransactItems: items }));
}

async function itemOf(table: Table, id: string, sort: string): Promise<Item> {
  const { Item: item } = await table.client.send(new GetItemCommand({ TableName: table.name, Key: caseKey(id, sort), ConsistentRead: true }));
  if (!item) throw new Error(`${id} has no ${sort}`);
  return item;
}

