import { parseArgs } from 'node:util';
import { casesIn } from '../../functions/store/lists.ts';
import { graphOf } from '../../machines/derive/graph.ts';
import { simplePaths, type Path } from '../../machines/derive/paths.ts';
import { lifecycles } from '../../machines/lifecycles.ts';
import type { Json } from '../../machines/decision.ts';
import type { FundingClass } from '../../machines/scenario/context.ts';
import type { CommandType } from '../../shared/contracts/commands.ts';
import { statesClient } from '../demo/promises.ts';
import { Story } from '../demo/story.ts';
import { admin } from '../harness/api-client.ts';
import { startCloudProcess } from '../harness/cloud-process.ts';
import { divergenceOf } from './agreement.ts';
import { contradictionOf } from './contradictions.ts';
import { refillFund } from './fund.ts';
import { funded, outrun, PathRun, type Stage } from './path-run.ts';
import { randomFrom } from './random.ts';
import { sampleArgs } from './sample-args.ts';
import { recordsOf, world } from './world.ts';

const { values } = parseArgs({ options: { every: { type: 'string', default: '1' }, seed: { type: 'string', default: '7' } } });
const every = Number(values.every);

interface Task {
  readonly funding: FundingClass;
  readonly path: Path;
}

const tasks = (['governmentInvestment', 'socialInvestment'] as const).flatMap((funding) =>
  [...simplePaths(graphOf(funding, lifecycles[funding].version, lifecycles[funding].machine))].filter((_, index) => index % every === 0).map((path): Task => ({ funding, path })),
);
const noticed = ({ path }: Task): boolean => path.some(({ after }) => after.includes('publicNotice'));
const figures = { walked: 0, cut: new Map<string, number>(), unexpected: [] as string[], divergences: [] as string[] };

const towardsRecovered = ['issueNotice', 'fileStatement', 'proposeRecovery', 'approveRecovery', 'issueDemand', 'recordRepayment', 'confirmRecovered'];
const recovering = ['noticing', 'awaitingStatement', 'deciding', 'demanding', 'collecting'].map((phase) => `recovery#${phase}`);

await walkAll('gx-2025-draft', tasks.filter((task) => !noticed(task)));
await walkAll('gx-2025-draft-notice', tasks.filter(noticed));
report();

async function walkAll(policy: string, some: readonly Task[]): Promise<void> {
  const cloud = await startCloudProcess({ env: { GUIJING_RULE_SET: policy } });
  try {
    const stage: Stage = { story: new Story(cloud.endpoints), table: await recordsOf(cloud.endpoints), policy, random: randomFrom(Number(values.seed)), now: '' };
    // A hundred at a time, or the clock would have to carry all of them through the years.
    for (let from = 0; from < some.length; from += 100) await walkSome(stage, some.slice(from, from + 100));
  } finally {
    await cloud.remove();
  }
}

async function walkSome(stage: Stage, some: readonly Task[]): Promise<void> {
  await tellTime(stage);
  const runs: PathRun[] = [];
  await sideBySide(some, async ({ funding, path }) => void runs.push(await PathRun.open(stage, funding, path)));
  for (let open: readonly PathRun[] = runs; open.length > 0; open = runs.filter(({ compared }) => !compared)) {
    await sideBySide(open, (run) => run.advance());
    await stage.story.settle();
    await compareEnded(stage, open);
    if (open.some(({ progress }) => progress === 'works')) continue;
    await letTimePass(stage, open.filter(({ compared }) => !compared));
  }
  console.log(`${stage.policy}: ${figures.walked} walked, ${[...figures.cut.values()].reduce((sum, count) => sum + count, 0)} cut off, ${figures.unexpected.length} unexpectedly, ${figures.divergences.length} divergences`);
}

async function compareEnded({ story, table }: Stage, runs: readonly PathRun[]): Promise<void> {
  const states = statesClient(story.endpoints);
  for (const run of runs) {
    const { progress } = run;
    if (progress !== 'walked' && typeof progress === 'string') continue;
    const divergence = await divergenceOf(table, states, run.id);
    if (divergence !== undefined) figures.divergences.push(divergence);
    if (progress === 'walked') figures.walked += 1;
    else countCut(run.path, progress.cutBy);
    run.compared = true;
    if (progress !== 'walked') await story.command('liang-shan', `/scenarios/${run.id}`, 'terminate', { reason: '走查结束' }).catch(() => undefined);
  }
}

// A path that contradicts itself or that the cloud outran has to be cut off; where another one is, its arguments or the chart are wrong.
function countCut(path: Path, cutBy: string): void {
  const reason = cutBy === outrun || cutBy === funded ? cutBy : contradictionOf(path);
  if (reason !== undefined) return void figures.cut.set(reason, (figures.cut.get(reason) ?? 0) + 1);
  const line = `${cutBy}, in ${path.map(({ command }) => command).join(' ')}`;
  figures.unexpected.push(line);
  console.log(`cut off unexpectedly: ${line}`);
}

/** To the half-year's end and its signature when anybody waits for a batch, else to the next deadline that somebody waits for. */
async function letTimePass(stage: Stage, runs: readonly PathRun[]): Promise<void> {
  if (runs.length === 0) return;
  await endRecoveries(stage);
  if (runs.some(({ progress }) => progress === 'awaitsRecovery')) return;
  if (runs.some(({ progress }) => progress === 'awaitsBatch')) await publish(stage);
  else {
    const dues = (await Promise.all(runs.map((run) => run.dueAt()))).flatMap((due) => due ?? []).sort();
    await stage.story.moveClock(dues[0] ? { to: justAfter(dues[0]) } : { advance: 'P30D' });
  }
  await stage.story.settle();
  await tellTime(stage);
}

// Step Functions counts whole seconds: a timer goes off within a second of its due instant.
function justAfter(due: string): string {
  return new Date(Date.parse(due) + 2000).toISOString();
}

/** What was overpaid along a path comes back in full and the budget is filled again, so that the other paths can go on. */
async function endRecoveries({ story, table, now, policy, random, drainedFor }: Stage): Promise<void> {
  if (drainedFor === undefined) await refillFund(story);
  const { items } = await casesIn(table, 'byLeaf', recovering, 200, { partition: 0 });
  for (const id of items) {
    for (const command of towardsRecovered) await recoveryStep(story, `/recoveries/${id}`, command, { now, policy, random });
  }
  await story.settle();
}

async function recoveryStep(story: Story, path: string, command: string, moment: Pick<Stage, 'now' | 'policy' | 'random'>): Promise<void> {
  const { context } = await story.read('liang-shan', path);
  const unit = (context['unit'] as { readonly id: string }).id === 'nanning-logistics' ? 'wei-lan' : 'qin-hai';
  const whole = () => 0;
  const args = sampleArgs[command as CommandType]?.({ ...moment, random: whole, context: context as { readonly [key: string]: Json }, world }) ?? {};
  const who = { fileStatement: unit, approveRecovery: 'liang-shan', recordRepayment: 'pan-hong', confirmRecovered: 'pan-hong' }[command] ?? 'li-ning';
  await story.command(who, path, command, args).catch(() => undefined);
}

async function publish({ story, table, now }: Stage): Promise<void> {
  const [year, month] = now.split('-').map(Number);
  await story.moveClock({ to: (month ?? 1) <= 6 ? `${year}-06-30T15:00:00.000Z` : `${year}-12-31T15:00:00.000Z` }).catch(() => story.moveClock({ advance: 'P20D' }));
  await story.settle();
  const { items } = await casesIn(table, 'byLeaf', ['publication#awaitingSignOff'], 50, { partition: 0 });
  for (const id of items) await signOff(story, `/batches/${id}`);
  await story.settle();
}

async function signOff(story: Story, path: string): Promise<void> {
  const { context } = await story.read('liang-shan', path);
  const listSha256 = context['listSha256'];
  await story.command('li-ning', path, 'checkList', { listSha256 });
  await story.command('liang-shan', path, 'signOff', { documentNo: '桂数发〔2027〕1号', listSha256 });
}

async function tellTime(stage: Stage): Promise<void> {
  stage.now = (await admin<{ now: string }>(stage.story.endpoints, '/clock')).now;
}

async function sideBySide<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const queue = [...items];
  const worker = async () => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) await work(next);
  };
  await Promise.all(Array.from({ length: 8 }, worker));
}

function report(): void {
  const cut = [...figures.cut].sort((a, b) => b[1] - a[1]);
  for (const [why, count] of cut) console.log(`  cut off ${String(count).padStart(4)} × ${why}`);
  for (const line of figures.divergences.slice(0, 20)) console.log(line);
  const late = (figures.cut.get(outrun) ?? 0) + (figures.cut.get(funded) ?? 0);
  const contradict = cut.reduce((sum, [, count]) => sum + count, -late);
  console.log(`paths: ${tasks.length} simple paths, ${figures.walked} walked to their end, ${contradict} contradict themselves and were cut off there, ${late} were outrun by the cloud's own work or by others, ${figures.unexpected.length} cut off otherwise, ${figures.divergences.length} divergences`);
  if (figures.divergences.length + figures.unexpected.length > 0) process.exitCode = 1;
}
