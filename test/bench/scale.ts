import { headItem, type Head } from '../../functions/store/case.ts';
import { caseKey, sk, type Item } from '../../functions/store/keys.ts';
import { loadCase } from '../../functions/store/load.ts';
import { fileGovernment } from '../demo/chapters.ts';
import { Story } from '../demo/story.ts';
import { settle } from '../harness/api-client.ts';
import { startCloudProcess, type CloudProcess } from '../harness/cloud-process.ts';
import { recordsOf } from '../walk/world.ts';
import { median, type Figure, type Scale } from './figures.ts';
import { putMany } from './put-many.ts';
import { similarityFigures } from './similarity.ts';

const part = 'scale';
const pageRows = 20;
const farPage = 100;

/** The lists of the API, each with somebody who reads it. */
const lists: readonly { readonly path: string; readonly who: string; readonly what: string }[] = [
  { path: '/scenarios', who: 'li-ning', what: 'all scenarios' },
  { path: '/scenarios?phase=intake', who: 'li-ning', what: 'the scenarios of a phase' },
  { path: '/scenarios', who: 'wei-lan', what: "a unit's own scenarios" },
  { path: '/tasks', who: 'li-ning', what: 'to-dos (待办)' },
  { path: '/done', who: 'li-ning', what: 'what one dealt with (已办)' },
  { path: '/mine', who: 'wei-lan', what: 'what one began (我发起的)' },
];

/** Every list's first and hundredth page with many scenarios in the store, against the same list of an empty store, and the similarity check of one new filing against all. */
export async function scaleFigures({ smoke }: Scale): Promise<Figure[]> {
  const size = smoke ? 2_100 : 100_000;
  // As `npm start` runs it (decision 0014).
  const clouds = [await startCloudProcess({ env: { GUIJING_ENFORCE: '' } }), await startCloudProcess({ env: { GUIJING_ENFORCE: '' } })] as const;
  try {
    const [full, empty] = clouds.map(({ endpoints }) => new Story(endpoints)) as [Story, Story];
    await seed(clouds[0], full, size);
    const figures: Figure[] = [];
    for (const list of lists) figures.push(...(await listFigures(full, empty, list, size)));
    return [...figures, ...(await similarityFigures(size))];
  } finally {
    for (const cloud of clouds) await cloud.remove();
  }
}

const withLimit = (path: string): string => `${path}${path.includes('?') ? '&' : '?'}limit=${pageRows}`;

async function listFigures(full: Story, empty: Story, list: (typeof lists)[number], size: number): Promise<Figure[]> {
  const bare = withLimit(list.path);
  const [none, first, hundredth] = await takingTurns(list, [[empty, bare], [full, bare], [full, await pathOfPage(full, list, farPage)]]);
  const figure = (name: string, value = Number.NaN): Figure => ({ part, name: `${list.what}, ${size} in the store: ${name}`, value: value / (none ?? Number.NaN), unit: '× an empty one', atMost: 3, note: `${value.toFixed(1)} ms for ${pageRows} rows, ${none?.toFixed(1)} ms for none` });
  return [figure('first page', first), figure('hundredth page', hundredth)];
}

const warmUps = 5;
const rounds = 25;

/** Milliseconds of each request, the middle of some; they take turns, so that the machine's mood meets all. */
async function takingTurns({ who }: (typeof lists)[number], requests: readonly (readonly [Story, string])[]): Promise<number[]> {
  const times = requests.map((): number[] => []);
  for (let round = 0; round < warmUps + rounds; round += 1) {
    for (const [index, [story, path]] of requests.entries()) {
      const began = performance.now();
      const { status, body } = await story.as(who).get(path);
      if (status !== 200) throw new Error(`${who} ${path}: ${status} ${JSON.stringify(body)}`);
      if (round >= warmUps) times[index]?.push(performance.now() - began);
    }
  }
  return times.map(median);
}

async function pathOfPage(story: Story, list: (typeof lists)[number], page: number): Promise<string> {
  let path = withLimit(list.path);
  for (let at = 1; at < page; at += 1) {
    const { body } = await story.as(list.who).get<{ readonly items: readonly unknown[]; readonly next?: string }>(path);
    if (body.next === undefined || body.items.length !== pageRows) throw new Error(`${list.path} is over at page ${at} with ${body.items.length} rows`);
    path = `${withLimit(list.path)}&cursor=${encodeURIComponent(body.next)}`;
  }
  return path;
}

/** Leads one scenario to the Bureau's formal check and makes copies of its head, with what its unit began and an officer dealt with beside it. */
async function seed({ endpoints }: CloudProcess, story: Story, size: number): Promise<void> {
  const path = await fileGovernment(story);
  await story.settle();
  const table = await recordsOf(endpoints);
  const head = await loadCase(table, path.split('/').at(-1) ?? '');
  if (!head) throw new Error(`${path} has no head`);
  await putMany(table, itemsOf(head, size));
  table.client.destroy();
  await settle(endpoints);
}

function* itemsOf(head: Head, size: number): Generator<Item> {
  for (let number = 1; number < size; number += 1) {
    const id = `s-copy-${String(number).padStart(6, '0')}`;
    yield headItem({ ...head, id, snapshot: { ...head.snapshot, context: { ...head.snapshot.context, id, name: `副本${number}` } } });
    yield listedEvent(id, 1, 'mine#wei-lan', 'open');
    yield listedEvent(id, 2, 'done#li-ning', 'passFormalCheck');
  }
}

// Lists of a person's work read no more of an event than its keys.
function listedEvent(id: string, n: number, owner: string, command: string): Item {
  return { ...caseKey(id, sk.event(n)), owner: { S: owner }, ownerKey: { S: `2025-03-03T02:00:00.000Z#${command}` } };
}
