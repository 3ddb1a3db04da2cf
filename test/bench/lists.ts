import { BatchWriteItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { Desk } from '../../functions/cases/act.ts';
import { personalDesk } from '../../functions/desk.ts';
import type { HttpAnswer, HttpRequest } from '../../functions/http/shell.ts';
import { readCases } from '../../functions/read-cases.ts';
import { sendCommand } from '../../functions/send-command.ts';
import { headItem, type Head } from '../../functions/store/case.ts';
import { begunPartition, deskKeyOf, donePartition } from '../../functions/store/desk.ts';
import { caseKey, key, sk, type Item } from '../../functions/store/keys.ts';
import { loadCase } from '../../functions/store/load.ts';
import { orgItem, personItem } from '../../functions/store/people.ts';
import type { Table } from '../../functions/store/table.ts';
import { openTrimmer } from '../../infra/local/dynamodb/trim-stream.ts';
import { organisations, people } from '../../infra/local/seed/people.ts';
import { governmentFormFixture } from '../fixtures/forms.ts';
import { freshTable, startDynoxide } from '../harness/dynoxide.ts';
import { requestOf } from '../harness/small-cloud.ts';
import { median, type Figure, type Scale } from './figures.ts';

const part = 'lists';

/** Every list that grows with the store, and who reads it. */
const lists: readonly (readonly [string, string])[] = [
  ['wei-lan', '/tasks'],
  ['wei-lan', '/tasks?city=450100&leaf=declaration'],
  ['lu-fang', '/scenarios'],
  ['wei-lan', '/scenarios'],
  ['li-ning', '/scenarios?city=450100'],
  ['li-ning', '/done'],
  ['wei-lan', '/mine'],
  ['wei-lan', '/notices'],
  ['wei-lan', '/desk'],
  ['li-ning', '/desk'],
];

/** How much longer a page takes with many scenarios in the store than with none: the first and the hundredth. */
export async function listFigures({ smoke }: Scale): Promise<Figure[]> {
  const size = smoke ? 2_500 : 100_000;
  const engine = await startDynoxide();
  const trimmer = openTrimmer(engine.file);
  try {
    const none = await office(engine.endpoint, 'none');
    const many = await office(engine.endpoint, 'many');
    const began = performance.now();
    await fill(many, size, (upTo) => trimmer?.trim('many', upTo));
    console.error(`… ${size} scenarios in ${Math.round(performance.now() - began)} ms`);
    const figures: Figure[] = [];
    for (const [person, path] of lists) {
      const bare = requestOf(person, 'GET', path);
      const first = await ratio(none, many, bare, bare);
      const isList = !path.startsWith('/desk');
      figures.push({ part, name: `${path} of ${person}${isList ? ': first page' : ''}, ${size} scenarios against none`, value: first, unit: 'times', ...(isList ? { atMost: 3 } : { note: 'counts up to a thousand' }) });
      if (!isList) continue;
      figures.push({ part, name: `${path} of ${person}: hundredth page`, value: await ratio(none, many, bare, await hundredth(many, person, path)), unit: 'times', atMost: 3 });
    }
    none.table.client.destroy();
    many.table.client.destroy();
    return figures;
  } finally {
    trimmer?.close();
    await engine.stop();
  }
}

const rounds = 60;

/** Turn by turn, so that a busy machine slows both. */
async function ratio(none: Desk, many: Desk, bare: HttpRequest, full: HttpRequest): Promise<number> {
  const times: [number[], number[]] = [[], []];
  for (let round = -10; round < rounds; round += 1) {
    const took = [await timed(none, bare), await timed(many, full)] as const;
    if (round >= 0) for (const side of [0, 1] as const) times[side].push(took[side]);
  }
  return median(times[1]) / median(times[0]);
}

async function timed(desk: Desk, request: HttpRequest): Promise<number> {
  const began = performance.now();
  const { statusCode } = await answer(desk, request);
  if (statusCode !== 200) throw new Error(`${request.rawPath} answered ${statusCode}`);
  return performance.now() - began;
}

function answer(desk: Desk, request: HttpRequest): Promise<HttpAnswer> {
  return /^\/(desk|done|mine|notices)/.test(request.rawPath) ? personalDesk(desk, request) : readCases(desk as Parameters<typeof readCases>[0], request);
}

async function hundredth(desk: Desk, person: string, path: string): Promise<HttpRequest> {
  let request = requestOf(person, 'GET', path);
  for (let page = 1; page < 100; page += 1) {
    const { next } = JSON.parse((await answer(desk, request)).body ?? '{}') as { next?: string };
    if (next === undefined) throw new Error(`${path} has ${page} pages`);
    request = requestOf(person, 'GET', `${path}${path.includes('?') ? '&' : '?'}cursor=${encodeURIComponent(next)}`);
  }
  return request;
}

async function office(endpoint: string, name: string): Promise<Desk> {
  const table = await freshTable(endpoint, name);
  const items = [...organisations.map((org) => orgItem(org)), ...people.map((person) => personItem(person))];
  for (const Item of items) await table.client.send(new PutItemCommand({ TableName: name, Item }));
  return { table, policy: 'gx-2025-draft', now: Date.parse('2025-03-03T01:00:00.000Z') };
}

/** Files one scenario and makes copies of its head and of the keys of its events: all of one unit, all on one officer's desk. */
async function fill(desk: Desk, size: number, trim: (upTo: string) => void): Promise<void> {
  const form = governmentFormFixture({ name: '数智大市场' });
  const { body } = await sendCommand(desk, requestOf('wei-lan', 'POST', '/scenarios', { lifecycle: 'governmentInvestment', form }, { 'idempotency-key': 'lists-bench' }));
  const head = await loadCase(desk.table, (JSON.parse(body ?? '{}') as { id: string }).id);
  if (!head?.listed) throw new Error('nothing was filed');
  for (let from = 0; from < size; from += 100) {
    const numbers = Array.from({ length: Math.min(100, size - from) }, (_, index) => from + index);
    const items = numbers.flatMap((number) => recordsOf(head, number));
    // The engine writes one batch after the other anyway.
    for (const some of chunks(items, 25)) await putAll(desk.table, some);
    if (from % 2_000 === 0) trim('999999999999999999');
  }
}

function recordsOf(head: Head, number: number): Item[] {
  const id = `s-copy-${String(number).padStart(6, '0')}`;
  const at = new Date(Date.parse(head.openedAt) + number).toISOString();
  const context = { ...head.snapshot.context, id, name: `副本${number}`, handler: 'nanning-data' };
  const copy: Head = { ...head, id, openedAt: at, phaseSince: at, snapshot: { ...head.snapshot, context } };
  const entry = (n: number, owner: string, command: string): Item => ({ ...caseKey(id, sk.event(n)), owner: { S: owner }, ownerKey: { S: deskKeyOf({ at, command }) } });
  return [headItem(copy), entry(1, begunPartition('wei-lan'), 'open'), entry(2, donePartition('li-ning'), 'passFormalCheck'), told(id, at)];
}

function told(id: string, at: string): Item {
  return { ...key('N#applicant#nanning-logistics', `${at}#${id}-2-outcome`), said: { S: JSON.stringify({ kind: 'outcome', subject: '办理进展', case: id, lifecycle: 'governmentInvestment' }) } };
}

function chunks<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(index * size, (index + 1) * size));
}

async function putAll(table: Table, items: readonly Item[]): Promise<void> {
  let open = items.map((item) => ({ PutRequest: { Item: item } }));
  while (open.length > 0) {
    const { UnprocessedItems } = await table.client.send(new BatchWriteItemCommand({ RequestItems: { [table.name]: open } }));
    open = (UnprocessedItems?.[table.name] ?? []) as typeof open;
  }
}
