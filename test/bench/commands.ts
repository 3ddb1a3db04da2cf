import { loadCase } from '../../functions/store/load.ts';
import type { Table } from '../../functions/store/table.ts';
import { Story } from '../demo/story.ts';
import { governmentFormFixture } from '../fixtures/forms.ts';
import { accessToken, settle } from '../harness/api-client.ts';
import { startCloudProcess, type CloudProcess } from '../harness/cloud-process.ts';
import { recordsOf } from '../walk/world.ts';
import { type Figure, median, type Scale } from './figures.ts';
import { openFloor, type Floor } from './floor.ts';
import { cpuMs, enginePid } from './memory.ts';
import { LoadClient, loadFor, type Stretch } from './load.ts';

const part = 'commands';

/** Accepted events per second of the one other durable runtime of XState charts (Restate with its XState package), by concurrency. */
const otherRuntime: Readonly<Record<number, number>> = { 1: 122, 16: 281, 64: 363 };
const floorShare = 40;

/** A pair of commands that leads a case back to where it was, each with who sends it. */
type Kind = readonly [Send, Send];
interface Send {
  readonly person: string;
  readonly command: string;
  readonly args: object;
}

/** `quiet` leaves no leaf: two items, as the floor writes. `moving` leaves a leaf each time: task, index and the execution follow. */
const kinds: Readonly<Record<'quiet' | 'moving', Kind>> = {
  quiet: [
    { person: 'long-fei', command: 'recordFinding', args: { finding: 'F-1', severity: 'ordinary', reason: '存在安全隐患' } },
    { person: 'long-fei', command: 'resolveFinding', args: { finding: 'F-1', reason: '已整改' } },
  ],
  moving: [
    { person: 'lu-fang', command: 'returnForCorrection', args: { reason: '请补正', items: [{ pointer: '/system', reason: '请核对' }] } },
    { person: 'wei-lan', command: 'submit', args: { handler: 'nanning-data' } },
  ],
};

// Nobody answers their own decision within milliseconds: each worker has several cases on the desk and takes them in turn.
const casesEach = 4;

/** One case under load: where it is, its version, and which of the pair comes next. */
interface Target {
  readonly path: string;
  version: number;
  turn: 0 | 1;
}

/** Accepted commands per second at 1, 16 and 64 at once, with checks of tokens on, each beside the floor and in the same run. */
export async function commandFigures({ smoke }: Scale): Promise<Figure[]> {
  const asStarted = await under({ GUIJING_ENFORCE: '' }, smoke, smoke ? [1, 16] : [1, 16, 64], ['quiet', 'moving'], '');
  // What it costs to check each call of the functions to the table, too: `npm start` leaves that to tests.
  const tested = await under({ GUIJING_ENFORCE: '1' }, smoke, smoke ? [16] : [1, 16, 64], ['quiet'], ', as in tests');
  return [...asStarted, ...tested];
}

async function under(env: Record<string, string>, smoke: boolean, widths: readonly number[], which: readonly (keyof typeof kinds)[], suffix: string): Promise<Figure[]> {
  const cloud = await startCloudProcess({ env });
  const client = new LoadClient(cloud.endpoints.api);
  try {
    const table = await recordsOf(cloud.endpoints);
    const bench = await openBench(cloud, table, client, Math.max(...widths));
    try {
      return await measured(bench, smoke, widths, which, suffix);
    } finally {
      await bench.floor.stop();
      table.client.destroy();
    }
  } finally {
    client.close();
    await cloud.remove();
  }
}

interface Bench {
  readonly cloud: CloudProcess;
  readonly client: LoadClient;
  readonly tokens: ReadonlyMap<string, string>;
  readonly desks: readonly Target[][];
  readonly floor: Floor;
}

async function openBench(cloud: CloudProcess, table: Table, client: LoadClient, width: number): Promise<Bench> {
  const story = new Story(cloud.endpoints);
  const people = [...new Set(Object.values(kinds).flatMap((kind) => kind.map(({ person }) => person)))];
  const tokens = new Map(await Promise.all(people.map(async (person) => [person, await accessToken(cloud.endpoints, person)] as const)));
  const desks: Target[][] = [];
  for (let count = 0; count < width; count += 1) desks.push(await Promise.all(Array.from({ length: casesEach }, () => submitted(story, table))));
  await story.settle();
  const floor = await openFloor(table, desks[0]?.[0]?.path.split('/').at(-1) ?? '');
  return { cloud, client, tokens, desks, floor };
}

async function submitted(story: Story, table: Table): Promise<Target> {
  const id = await story.open('wei-lan', 'governmentInvestment', governmentFormFixture());
  const path = `/scenarios/${id}`;
  await story.command('wei-lan', path, 'submit', { handler: 'nanning-data' });
  return { path, version: (await loadCase(table, id))?.version ?? 0, turn: 0 };
}

async function measured(bench: Bench, smoke: boolean, widths: readonly number[], which: readonly (keyof typeof kinds)[], suffix: string): Promise<Figure[]> {
  const [seconds, rounds] = smoke ? [1, 1] : [3, 3];
  // A server runs for weeks: its threads are up, and what they run often is compiled.
  for (const kind of which) {
    await loadFor(smoke ? 1 : warmUpSeconds, 8, (worker) => send(bench, kinds[kind], worker));
    await finishPairs(bench, kinds[kind]);
  }
  await bench.floor.run(1, 8);
  const figures: Figure[] = [];
  for (const kind of which) {
    for (const width of widths) figures.push(...(await atWidth(bench, kind, width, rounds, seconds, suffix)));
    await finishPairs(bench, kinds[kind]);
  }
  return figures;
}

const warmUpSeconds = 10;

/** Leads each case back to where the other kind can begin. */
async function finishPairs(bench: Bench, kind: Kind): Promise<void> {
  for (const target of bench.desks.flat()) if (target.turn === 1) await sendOn(bench, kind, target);
}

async function atWidth(bench: Bench, kind: keyof typeof kinds, width: number, rounds: number, seconds: number, suffix: string): Promise<Figure[]> {
  const floors: (Stretch & { readonly cpu: number })[] = [];
  const runs: Awaited<ReturnType<typeof oneRun>>[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const before = floorCpu(bench);
    const floor = await bench.floor.run(seconds, width);
    floors.push({ ...floor, cpu: (floorCpu(bench) - before) / floor.count });
    runs.push(await oneRun(bench, kind, width, seconds));
  }
  const shares = runs.map((run, round) => (run.perSecond / (floors[round]?.perSecond ?? Number.NaN)) * 100);
  const other = otherRuntime[width] ?? 0;
  const name = (what: string) => `${kind}, ${width} at once${suffix}: ${what}`;
  return [
    { part, name: name('accepted'), value: median(runs.map((run) => run.perSecond)), unit: 'per s', ...(suffix ? {} : { atLeast: 2 * other }) },
    { part, name: name('until Step Functions has followed'), value: median(runs.map((run) => run.followed)), unit: 'per s', ...(suffix ? {} : { atLeast: other }) },
    { part, name: name('p50'), value: median(runs.map((run) => run.p50)), unit: 'ms' },
    { part, name: name('p99'), value: median(runs.map((run) => run.p99)), unit: 'ms' },
    { part, name: name('floor'), value: median(floors.map((run) => run.perSecond)), unit: 'per s', note: 'TransactWriteItems of two items of the same size' },
    { part, name: name('CPU of the cloud and its store'), value: median(runs.map((run) => run.cpu)), unit: 'ms each' },
    { part, name: name('CPU of the floor’s client and store'), value: median(floors.map((run) => run.cpu)), unit: 'ms each' },
    { part, name: name('of the floor'), value: median(shares), unit: '%', ...(suffix ? {} : { atLeast: floorShare }) },
  ];
}

async function oneRun(bench: Bench, kind: keyof typeof kinds, width: number, seconds: number): Promise<Stretch & { readonly followed: number; readonly cpu: number }> {
  const cpu = () => cpuMs(bench.cloud.endpoints.pid) + cpuMs(enginePid(bench.cloud));
  const before = cpu();
  const began = performance.now();
  const run = await loadFor(seconds, width, (worker) => send(bench, kinds[kind], worker));
  await settle(bench.cloud.endpoints);
  return { ...run, followed: run.count / ((performance.now() - began) / 1000), cpu: (cpu() - before) / run.count };
}

function floorCpu({ floor }: Bench): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000 + floor.cpuMs();
}

async function send(bench: Bench, kind: Kind, worker: number): Promise<void> {
  const desk = bench.desks[worker];
  const target = desk?.shift();
  if (!desk || !target) throw new Error(`there is no case for worker ${worker}`);
  await sendOn(bench, kind, target);
  desk.push(target);
}

async function sendOn({ client, tokens }: Bench, kind: Kind, target: Target): Promise<void> {
  const { person, command, args } = kind[target.turn];
  target.version = await client.command(tokens.get(person) ?? '', target.path, command, args, target.version);
  target.turn = target.turn === 0 ? 1 : 0;
}
