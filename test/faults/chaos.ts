import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { isDeepStrictEqual, parseArgs } from 'node:util';
import { processIdentity } from '../../infra/local/data-folder.ts';
import { statesClient } from '../demo/promises.ts';
import { admin, moveClock, settle } from '../harness/api-client.ts';
import { startCloudProcess, type CloudProcess, type Endpoints } from '../harness/cloud-process.ts';
import { Coverage } from '../walk/coverage.ts';
import { pick, randomFrom } from '../walk/random.ts';
import { Walker } from '../walk/walker.ts';
import { recordsOf } from '../walk/world.ts';
import { acknowledged, duplicatesIn, lostIn, rivalsIn, stuckIn } from './audit.ts';
import { evidenceIn } from './evidence.ts';
import { StubbornStory, type Journal } from './stubborn.ts';

const { values } = parseArgs({ options: { kills: { type: 'string', default: '20' }, seed: { type: 'string' }, clients: { type: 'string', default: '16' }, keep: { type: 'boolean', default: false } } });
const kills = Number(values.kills);
const seed = values.seed === undefined ? Date.now() % 1_000_000 : Number(values.seed);
const random = randomFrom(seed);
const policy = 'gx-2025-draft';

/** How a round ends: the whole cloud under load, its table engine alone, the cloud while its clock moves, or while it starts. */
type Blow = 'underLoad' | 'engine' | 'clockMoving' | 'starting';
const blows: readonly Blow[] = ['underLoad', 'underLoad', 'underLoad', 'engine', 'engine', 'clockMoving', 'clockMoving', 'starting'];

const journal: Journal = { outcomes: [], surprises: [], patience: 90_000 };
let cloud: CloudProcess = await startCloudProcess();
// Clients hold on to this one object; after a restart it says where the cloud is now.
const endpoints: Endpoints & Record<string, unknown> = { ...cloud.endpoints };
const story = new StubbornStory(endpoints, journal);
const table = await recordsOf(endpoints);
const walker = new Walker({ story, table, coverage: new Coverage(['governmentInvestment', 'socialInvestment', 'publication', 'recovery', 'scenarioList']), random, policy });
// What the records say; advice beside it (offers, flags) may grow with a new version of the functions.
const recorded = ['id', 'version', 'status', 'state', 'event', 'due', 'context', 'tasks'];

const cases: string[] = [];
const clock = { offsetMs: 0 };

async function strike(round: number, blow: Blow): Promise<void> {
  const began = journal.outcomes.length;
  const life = { over: false };
  const load = blow === 'clockMoving' ? [moveOn(life)] : Array.from({ length: Number(values.clients) }, () => work(life));
  const wait = 200 + random() * 2500;
  await delay(wait);
  if (blow === 'engine') await killEngine(life);
  else await killCloud(blow, life);
  life.over = true;
  await Promise.all(load);
  const told = journal.outcomes.slice(began);
  console.log(`${round}. ${blow} after ${Math.round(wait)} ms: ${told.filter(acknowledged).length} acknowledged, ${told.filter(({ sent }) => sent > 1).length} asked again, ${cases.length} cases`);
  if (blow !== 'clockMoving' && random() < 0.5) await lookAround();
}

/** One client: opens a case now and then, else takes a step on any; a cloud that is away is waited for. */
async function work(life: { readonly over: boolean }): Promise<void> {
  while (!life.over) {
    try {
      if (cases.length < 24 || random() < 0.02) cases.push(await walker.open());
      else await walker.step(pick(cases, random), new Date(Date.now() + clock.offsetMs).toISOString());
    } catch (error) {
      // The walker reads records past the API and puts files by itself: those fail while the cloud is away.
      if (!isOutage(error)) journal.surprises.push(String(error instanceof Error ? error.stack : error));
      await delay(20);
    }
  }
}

/** The clock moves by days and months, so that waits end, schedules fire and batches are published while the cloud dies. */
async function moveOn(life: { readonly over: boolean }): Promise<void> {
  while (!life.over) {
    try {
      await moveClock(endpoints, { advance: pick(['P2D', 'P9D', 'P40D', 'P100D'], random) });
      await refreshNow();
    } catch {
      await delay(20);
    }
  }
}

async function refreshNow(): Promise<void> {
  clock.offsetMs = (await admin<{ offsetMs: number }>(endpoints, '/clock')).offsetMs;
}

async function killCloud(blow: Blow, life: { over: boolean }): Promise<void> {
  await cloud.kill();
  if (blow === 'starting') await killStart();
  cloud = await startCloudProcess({ dataFolder: cloud.dataFolder, env: { GUIJING_BUILD: '0' } });
  Object.assign(endpoints, cloud.endpoints);
  await refreshNow();
  await someMore(life);
}

/** A start that is killed half-way: its process is the one that locked the folder. */
async function killStart(): Promise<void> {
  const start = startCloudProcess({ dataFolder: cloud.dataFolder, env: { GUIJING_BUILD: '0' } }).then(
    (early) => early.kill(),
    () => undefined,
  );
  await delay(300 + random() * 1500);
  const holder = pidIn('lock.json');
  if (holder !== undefined && processIdentity(holder)?.command.includes('infra/local/start.ts')) process.kill(holder, 'SIGKILL');
  await start;
}

async function killEngine(life: { over: boolean }): Promise<void> {
  const pid = pidIn('dynoxide.json');
  if (pid === undefined) throw new Error('the table engine has left no process number');
  process.kill(pid, 'SIGKILL');
  await someMore(life);
}

// Life goes on for a moment after each blow, so that what was cut off is asked again in the middle of new work.
async function someMore(life: { over: boolean }): Promise<void> {
  await delay(300);
  life.over = true;
}

function pidIn(file: string): number | undefined {
  try {
    return (JSON.parse(readFileSync(join(cloud.dataFolder, file), 'utf8')) as { pid: number }).pid;
  } catch {
    return undefined;
  }
}

/** Batches and recoveries open by themselves and are worked on like the rest. */
async function lookAround(): Promise<void> {
  const found = await evidenceIn(table);
  const open = [...found].filter(([, { head }]) => head.snapshot.status === 'active').map(([id]) => id);
  cases.splice(0, cases.length, ...open);
}

function isOutage(error: unknown): boolean {
  const text = `${String(error)} ${String((error as { cause?: unknown }).cause ?? '')} ${String((error as { code?: unknown }).code ?? '')}`;
  return /ServiceUnavailable|fetch failed|ECONNREFUSED|ECONNRESET|socket hang up|EPIPE|upload of|announces|confirms|opens:/.test(text);
}

async function judge(): Promise<void> {
  await settle(endpoints);
  // One sweep repairs what the outages left.
  await moveClock(endpoints, { advance: 'PT10M' });
  await settle(endpoints);
  const found = await evidenceIn(table);
  const states = statesClient(endpoints);
  const lost = lostIn(found, journal.outcomes);
  const duplicated = [...duplicatesIn(found, journal.outcomes), ...(await rivalsIn(states)), ...(await answersThatChanged())];
  const stuck = await stuckIn(found, table, states);
  // Between looking and asking another client may take a case out of a person's sight; that nothing happened then is checked above.
  const surprises = [...journal.surprises, ...walker.asker.surprises.filter((line) => !/: 40[34] \{/.test(line))];
  report({ lost, duplicated, stuck, surprises });
}

/** Asks a sample of acknowledged commands once more: the same key must bring the same answer and no new event. */
async function answersThatChanged(): Promise<string[]> {
  const sample = journal.outcomes.filter((outcome) => acknowledged(outcome) && !outcome.path.includes('/attachments')).filter(() => random() < 0.1);
  const changed: string[] = [];
  for (const { person, path, body, version, key, status, answer } of sample) {
    const again = await story.as(person).post(path, body, version, key);
    journal.outcomes.pop();
    if (again.status !== status || difference(answer, again.body) !== '') changed.push(`${path} under ${key}: first ${status}, again ${again.status}; ${difference(answer, again.body)}`);
  }
  return changed;
}

function difference(first: Record<string, unknown>, again: Record<string, unknown>): string {
  const names = recorded.filter((name) => !isDeepStrictEqual(first[name], again[name]));
  return names.map((name) => `${name} ${JSON.stringify(first[name])} became ${JSON.stringify(again[name])}`).join('; ').slice(0, 1500);
}

/** What the functions' logs say of an answer that nobody should get, by its number. */
function logged(surprise: string): string[] {
  const id = /"instance":"([^"]+)"/.exec(surprise)?.[1];
  if (id === undefined) return [];
  const folder = join(cloud.dataFolder, 'logs');
  return readdirSync(folder).flatMap((file) => readFileSync(join(folder, file), 'utf8').split('\n').filter((each) => each.includes(id)));
}

function report(found: Record<'lost' | 'duplicated' | 'stuck' | 'surprises', readonly string[]>): void {
  for (const [kind, lines] of Object.entries(found)) for (const line of lines.slice(0, 15)) console.log(`${kind}: ${line}`);
  for (const line of found.surprises.slice(0, 15).flatMap(logged)) console.log(`logged: ${line}`);
  const events = journal.outcomes.filter(acknowledged).length;
  const { lost, duplicated, stuck, surprises } = found;
  console.log(`chaos: ${kills} kills, ${events} acknowledged events, lost ${lost.length}, duplicated ${duplicated.length}, stuck ${stuck.length}`);
  if (lost.length + duplicated.length + stuck.length + surprises.length > 0) process.exitCode = 1;
}

try {
  console.log(`chaos: seed ${seed}, data ${cloud.dataFolder}`);
  for (let round = 1; round <= kills; round += 1) await strike(round, pick(blows, random));
  await judge();
} finally {
  if (values.keep) await cloud.kill();
  else await cloud.remove();
}
