import { eventsAfter } from '../../functions/store/load.ts';
import type { Table } from '../../functions/store/table.ts';
import { buildAndPromote, fileGovernment, fileSocial, publishHalfYear, select, subsidiseAndWatch } from '../demo/chapters.ts';
import { Story } from '../demo/story.ts';
import { startCloudProcess, type CloudProcess } from '../harness/cloud-process.ts';
import { moveClock, settle } from '../harness/api-client.ts';
import { recordsOf } from '../walk/world.ts';
import { countsOf, less, type Counts } from './counts.ts';
import type { Figure, Scale } from './figures.ts';
import { dollarsFor } from './prices.ts';
import { Gate, StoryTogether } from './together.ts';

/** The demonstration's own path through each lifecycle, from draft to its end, and the same time without any scenario; the clock is moved for all at once. */
const lives = {
  governmentInvestment: {
    live: async (story: StoryTogether) => {
      const path = await fileGovernment(story);
      await select(story, path, true);
      await story.once(publishHalfYear);
      await buildAndPromote(story, path);
      return path;
    },
    meanwhile: ['P150D', 'P120D'],
  },
  socialInvestment: {
    live: async (story: StoryTogether) => {
      const path = await fileSocial(story);
      await select(story, path, false);
      await story.once(publishHalfYear);
      await subsidiseAndWatch(story, path);
      return path;
    },
    meanwhile: ['P360D', 'P360D', 'P360D', 'P360D', 'P360D', 'P30D'],
  },
} as const;

/** Lifecycles per second, Step Functions included, and what one of each costs: counted in a run with scenarios, less what the same time costs without any. */
export async function lifecycleFigures({ smoke }: Scale): Promise<Figure[]> {
  const kinds = smoke ? (['governmentInvestment'] as const) : (['governmentInvestment', 'socialInvestment'] as const);
  const figures: Figure[] = [];
  for (const name of kinds) figures.push(...(await oneKind(name, smoke ? 2 : 8)));
  return figures;
}

async function oneKind(name: keyof typeof lives, count: number): Promise<Figure[]> {
  const idle = await inCloud(async (cloud) => {
    await publishHalfYear(new Story(cloud.endpoints));
    for (const advance of lives[name].meanwhile) await moveClock(cloud.endpoints, { advance });
    await settle(cloud.endpoints);
    return countsOf(cloud);
  });
  return inCloud(async (cloud) => {
    const { seconds, human, events } = await live(cloud, name, count);
    const counts = less(await countsOf(cloud), idle);
    return [
      { part: 'lifecycles', name: `${name}: whole lives, Step Functions included`, value: count / seconds, unit: 'per s', note: `${count} at once, ${events} events, a read before each command` },
      ...costs(name, counts, count, human),
    ];
  });
}

async function inCloud<T>(work: (cloud: CloudProcess) => Promise<T>): Promise<T> {
  const cloud = await startCloudProcess({ env: { GUIJING_COUNT: '1' } });
  try {
    return await work(cloud);
  } finally {
    await cloud.remove();
  }
}

async function live(cloud: CloudProcess, name: keyof typeof lives, count: number): Promise<{ seconds: number; human: number; events: number }> {
  const gate = new Gate(count);
  const table = await recordsOf(cloud.endpoints);
  const began = performance.now();
  const paths = await Promise.all(Array.from({ length: count }, (_, number) => lives[name].live(new StoryTogether(cloud.endpoints, gate, number))));
  await settle(cloud.endpoints);
  const seconds = (performance.now() - began) / 1000;
  const decided = await decisionsOf(table, paths.map((path) => path.split('/').at(-1) ?? ''));
  table.client.destroy();
  return { seconds, ...decided };
}

async function decisionsOf(table: Table, ids: readonly string[]): Promise<{ human: number; events: number }> {
  let human = 0;
  let events = 0;
  for (const id of ids) {
    for await (const { event } of eventsAfter(table, id)) {
      events += 1;
      human += Number(event.actor.person !== 'system');
    }
  }
  return { human, events };
}

function costs(lifecycle: string, counts: Counts, lives: number, human: number): Figure[] {
  const part = 'cost';
  const each = (what: string, value: number, unit: string): Figure => ({ part, name: `${lifecycle}: ${what}`, value: value / lives, unit: `${unit} a life` });
  const decision = (what: string, value: number, unit: string, atMost: number): Figure => ({ part, name: `${lifecycle}: ${what} per human decision`, value: value / human, unit, atMost });
  return [
    { part, name: `${lifecycle}: human decisions`, value: human / lives, unit: 'a life' },
    each('Step Functions transitions', counts.transitions, 'entered states'),
    each('write units', counts.writeUnits, 'units'),
    each('read units', counts.readUnits, 'units'),
    each('Lambda invocations', counts.invocations, 'calls'),
    each('S3 requests', counts.s3Writes + counts.s3Reads, 'requests'),
    each('invocations that only showed a case', counts.reading.invocations, 'calls'),
    { part, name: `${lifecycle}: on AWS`, value: dollarsFor(counts) / lives, unit: 'dollars a life', note: 'prices in test/bench/prices.ts; without storage and reading' },
    decision('transitions', counts.transitions, 'entered states', 2.5),
    decision('Lambda invocations', counts.invocations, 'calls', 3),
    decision('write units', counts.writeUnits, 'units', 10),
  ];
}
