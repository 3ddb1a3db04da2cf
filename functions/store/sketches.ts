import { DeleteItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { bandsOf, namePlan, prosePlan, type Sketch } from '../likeness/sketch.ts';
import { caseKey, caseOf, casePk, key, sk, text, type Item, type Key } from './keys.ts';
import { nameOf, readItems } from './load.ts';
import { bytes } from './pack.ts';
import { put } from './put.ts';
import { counted, meter, type Table } from './table.ts';

/** The sketches of a filing: of its prose and of its name. */
export interface Sketches {
  readonly prose?: Sketch | undefined;
  readonly name?: Sketch | undefined;
}

/** The partitions that a filing stands in: one for each band of each sketch. */
function bandKeys({ prose, name }: Sketches): string[] {
  return [...(prose ? bandsOf(prose, prosePlan).map((band) => `SIM#p${band}`) : []), ...(name ? bandsOf(name, namePlan).map((band) => `SIM#n${band}`) : [])];
}

/** Lists a filing under the bands of its sketches, and no longer under those of an earlier version of it. May run twice. */
export async function keepSketches(table: Table, id: string, sketches: Sketches): Promise<void> {
  const before = (await readItems(table, [caseKey(id, sk.sketch)])).get(nameOf(caseKey(id, sk.sketch)));
  const now = bandKeys(sketches);
  const old = (before ? bandKeys(sketchesIn(before)) : []).filter((band) => !now.includes(band));
  // The item comes last: until it is there, a repeat takes the bands for new and lists the filing again.
  await Promise.all([...now.map((band) => put(table, bandItem(band, id))), ...old.map((band) => drop(table, key(band, casePk(id))))]);
  await put(table, sketchItem(id, sketches));
}

/** Every item that a filing is found by: its places in the bands, and its sketches. */
export function sketchItems(id: string, sketches: Sketches): Item[] {
  return [...bandKeys(sketches).map((band) => bandItem(band, id)), sketchItem(id, sketches)];
}

function bandItem(band: string, id: string): Item {
  return key(band, casePk(id));
}

function sketchItem(id: string, { prose, name }: Sketches): Item {
  return { ...caseKey(id, sk.sketch), ...(prose ? { prose: { B: asBytes(prose) } } : {}), ...(name ? { name: { B: asBytes(name) } } : {}) };
}

// What everybody's text has in common (a form letter) would fill a band; the newest of it are enough to see that.
const mostInBand = 40;

/** The filings that share a band with these sketches, with their own sketches; at most 320, so that time and memory are bounded. */
export async function sketchesNear(table: Table, sketches: Sketches): Promise<Map<string, Sketches>> {
  const ids = new Set((await Promise.all(bandKeys(sketches).map((band) => idsInBand(table, band)))).flat());
  const found = new Map<string, Sketches>();
  const all = [...ids];
  for (let first = 0; first < all.length; first += 100) {
    const items = await readItems(table, all.slice(first, first + 100).map((id) => caseKey(id, sk.sketch)));
    for (const item of items.values()) found.set(caseOf(text(item, 'pk')), sketchesIn(item));
  }
  return found;
}

async function idsInBand(table: Table, band: string): Promise<string[]> {
  const answer = await table.client.send(
    new QueryCommand({ TableName: table.name, Limit: mostInBand, ScanIndexForward: false, KeyConditionExpression: 'pk = :pk', ExpressionAttributeValues: { ':pk': { S: band } }, ...counted(table) }),
  );
  meter(table, answer.ConsumedCapacity);
  return (answer.Items ?? []).map((item) => caseOf(text(item, 'sk')));
}

function sketchesIn(item: Item): Sketches {
  return { prose: sketchIn(item, 'prose'), name: sketchIn(item, 'name') };
}

function sketchIn(item: Item, name: string): Sketch | undefined {
  const packed = item[name]?.B;
  if (packed === undefined) return undefined;
  const copy = Uint8Array.from(bytes(packed));
  return new Uint32Array(copy.buffer);
}

function asBytes(sketch: Sketch): Uint8Array {
  return new Uint8Array(sketch.buffer, sketch.byteOffset, sketch.byteLength);
}

async function drop(table: Table, at: Key): Promise<void> {
  const answer = await table.client.send(new DeleteItemCommand({ TableName: table.name, Key: at, ...counted(table) }));
  meter(table, answer.ConsumedCapacity);
}
