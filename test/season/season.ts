import { dayOf } from '../../shared/days.ts';
import { statesClient } from '../demo/promises.ts';
import { Story } from '../demo/story.ts';
import { admin } from '../harness/api-client.ts';
import { startCloudProcess, type CloudProcess } from '../harness/cloud-process.ts';
import { recordsOf } from '../walk/world.ts';
import { calendarAfter } from './calendar.ts';
import { Clerk } from './clerk.ts';
import { digestOf } from './figures.ts';
import { BadFlag, flagsFrom, type Flags } from './flags.ts';
import { judge } from './judge.ts';
import { planOf } from './plan.ts';
import { Play } from './play.ts';
import { deadLettersIn } from './proof.ts';
import { openLines, tableOf } from './table.ts';

const flags = flagsOrEnd();
console.log(`season: ${flags.scenarios} scenarios, seed ${flags.seed}, ${flags.parallel} at a time`);
// The pack with a public notice before each list: what the other has, this one has too. Calls are checked as `npm start` has them checked: in test mode eight years would take twice as long. So much happens in turn that threads of all functions are kept: starting them anew took half of the time.
const cloud = await startCloudProcess({ env: { GUIJING_RULE_SET: 'gx-2025-draft-notice', GUIJING_ENFORCE: '', GUIJING_WARM_THREADS: '24' } });
try {
  process.exitCode = (await season(cloud, flags)) ? 0 : 1;
} finally {
  await cloud.remove();
}

async function season({ endpoints, dataFolder }: CloudProcess, { scenarios, seed, parallel }: Flags): Promise<boolean> {
  const began = performance.now();
  const clerk = new Clerk(new Story(endpoints));
  const { now } = await admin<{ now: string }>(endpoints, '/clock');
  const stage = { clerk, records: await recordsOf(endpoints), states: statesClient(endpoints), seed, parallel, calendar: calendarAfter(dayOf(now)), plan: planOf(seed, scenarios), tell: console.log };
  const play = new Play(stage);
  await play.run();
  const { commands, looks } = clerk;
  const seconds = (performance.now() - began) / 1000;
  const { figures, open, wrong } = await judge(play, stage);
  await cloud.stop();
  wrong.push(...deadLettersIn(dataFolder));
  console.log(tableOf(figures));
  for (const line of openLines(open)) console.log(`open: ${line}`);
  for (const line of wrong) console.log(`wrong: ${line}`);
  console.log(`\ndigest of the figures: ${digestOf(figures)}`);
  console.log(`season: ${scenarios} scenarios, ${play.comparison.count} comparisons, ${play.comparison.divergences.length} divergences, ${open.length} open and explained, ${wrong.length} wrong; ${commands} commands and ${looks} looks in ${Math.round(seconds)} s, ${(commands / seconds).toFixed(1)} commands per s`);
  return wrong.length === 0;
}

function flagsOrEnd(): Flags {
  try {
    return flagsFrom(process.argv.slice(2));
  } catch (error) {
    if (!(error instanceof BadFlag)) throw error;
    console.error(`season: ${error.message}`);
    process.exit(2);
  }
}
