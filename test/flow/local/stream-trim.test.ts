import { DatabaseSync } from 'node:sqlite';
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTrimmer, passedByAll, type StreamTrimmer } from '../../../infra/local/dynamodb/trim-stream.ts';
import type { Table } from '../../../functions/store/table.ts';
import { freshTable, startDynoxide, type Engine } from '../../harness/dynoxide.ts';

let engine: Engine;
let table: Table;
let trimmer: StreamTrimmer;
let db: DatabaseSync;

beforeAll(async () => {
  engine = await startDynoxide();
  table = await freshTable(engine.endpoint, 'records');
  trimmer = openTrimmer(engine.file) as StreamTrimmer;
  db = new DatabaseSync(engine.file, { readOnly: true });
});
afterAll(async () => {
  db.close();
  trimmer.close();
  table.client.destroy();
  await engine.stop();
});

const numbers = () => db.prepare('SELECT CAST(sequence_number AS INTEGER) AS number FROM _stream_records ORDER BY id').all().map(({ number }) => Number(number));
const write = async (count: number) => {
  for (let n = 0; n < count; n += 1) await table.client.send(new PutItemCommand({ TableName: table.name, Item: { pk: { S: 'C#s-1' }, sk: { S: `E#${n}` } } }));
};

describe("the engine's stream under the trimmer", () => {
  // The engine's own words: what it asks with each write, and what a reader asks.
  it.each([
    'SELECT COALESCE(MAX(CAST(sequence_number AS INTEGER)), 0) + 1 FROM _stream_records WHERE table_name = ?1',
    'SELECT event_name FROM _stream_records WHERE table_name = ?1 AND shard_id = ?2 AND CAST(sequence_number AS INTEGER) > ?3 ORDER BY CAST(sequence_number AS INTEGER) ASC LIMIT ?4',
  ])('is searched by an index: %s', (query) => {
    const plan = db.prepare(`EXPLAIN QUERY PLAN ${query}`).all().map(({ detail }) => String(detail));
    expect(plan).toEqual([expect.stringContaining('INDEX stream_by_number')]);
  });

  it('loses what its readers have passed, and goes on with the next number', async () => {
    await write(3);
    expect(numbers()).toEqual([1, 2, 3]);
    expect(trimmer.trim(table.name, '2')).toBe(2);
    await write(1);
    expect(numbers()).toEqual([3, 4]);
  });

  it('keeps its newest record, which the next number follows', async () => {
    trimmer.trim(table.name, '99');
    expect(numbers()).toEqual([4]);
    await write(1);
    expect(numbers()).toEqual([4, 5]);
  });

  it.each([
    [['12', '9'], '9'],
    [['9', '12', '10'], '9'],
    [['90071992547409931', '90071992547409930'], '90071992547409930'],
    [['5'], '5'],
    [['5', undefined], undefined],
    [[undefined, '5'], undefined],
  ] as const)('of readers at %j may lose what lies up to %s: the slowest counts', (positions, passed) => expect(passedByAll(positions)).toBe(passed));
});
