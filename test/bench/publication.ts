import { setTimeout as delay } from 'node:timers/promises';
import { BatchWriteItemCommand } from '@aws-sdk/client-dynamodb';
import { headItem, type Head } from '../../functions/store/case.ts';
import { loadCase } from '../../functions/store/load.ts';
import type { Item } from '../../functions/store/keys.ts';
import type { Table } from '../../functions/store/table.ts';
import { fileSocial, select, signHalfYear } from '../demo/chapters.ts';
import { type CaseView, Story } from '../demo/story.ts';
import { admin } from '../harness/api-client.ts';
import { startCloudProcess, type CloudProcess } from '../harness/cloud-process.ts';
import { recordsOf } from '../walk/world.ts';
import type { Figure, Scale } from './figures.ts';
import { peakMb } from './memory.ts';

const part = 'publication';

/** Seconds and peak memory of the half-yearly run over many selected scenarios. Their heads are put straight into the store: they have no executions of their own. */
export async function publicationFigures({ smoke }: Scale, sizes: readonly number[] = smoke ? [200] : [1_000, 10_000, 100_000]): Promise<Figure[]> {
  const figures: Figure[] = [];
  let before: { readonly perScenario: number; readonly peak: number } | undefined;
  for (const size of sizes) {
    const { seconds, peak } = await publish(size);
    const perScenario = (seconds / size) * 1000;
    figures.push(
      { part, name: `${size} scenarios`, value: seconds, unit: 's', note: 'from the schedule to the published list, sign-off included' },
      { part, name: `${size} scenarios: each`, value: perScenario, unit: 'ms', ...(before ? { atMost: before.perScenario * 1.15 } : {}), note: before ? 'no worse than linear: at most the smaller run’s, and 15 % for noise' : '' },
      { part, name: `${size} scenarios: peak memory of the cloud's process`, value: peak, unit: 'MB', ...(before ? { atMost: before.peak * 1.25 } : {}), note: before ? 'flat: at most a quarter more than the smaller run' : '' },
    );
    before ??= { perScenario, peak };
  }
  return figures;
}

/**
 * A story about so many scenarios that a stop of the clock takes longer than one request waits for rest: the first count of
 * figures looks at each of them, at 100,000 for minutes. It asks again until the cloud is at rest and the clock is there.
 */
class PatientStory extends Story {
  override async settle(): Promise<unknown> {
    for (;;) {
      try {
        return await super.settle();
      } catch (error) {
        if (!isRestless(error)) throw error;
      }
    }
  }

  override async moveClock(to: { to: string } | { advance: string }): Promise<unknown> {
    try {
      return await super.moveClock(to);
    } catch (error) {
      // A stretch of time cannot be asked for again.
      if (!isRestless(error) || !('to' in to)) throw error;
      await this.settle();
      const { now } = await admin<{ now: string }>(this.endpoints, '/clock');
      return now < to.to ? this.moveClock(to) : now;
    }
  }
}

const isRestless = (error: unknown): boolean => /^\/(?:clock|settle): 503 /.test((error as Error).message);

async function publish(size: number): Promise<{ seconds: number; peak: number }> {
  // As `npm start` runs it; tests have each call of a function to the table checked, which is another matter (decision 0014).
  const cloud = await startCloudProcess({ env: { GUIJING_ENFORCE: '' } });
  try {
    const story = new PatientStory(cloud.endpoints);
    await seed(cloud, story, size);
    const began = performance.now();
    const batch = await published(story, await signHalfYear(story));
    await story.settle();
    const seconds = (performance.now() - began) / 1000;
    if (batch.context['published'] !== size) throw new Error(`${String(batch.context['published'])} of ${size} scenarios were published`);
    return { seconds, peak: peakMb(cloud) };
  } finally {
    await cloud.remove();
  }
}

/** The batch after its end. It is looked at once a second: waiting for rest in one request takes minutes, and longer than any request may. */
async function published(story: Story, path: string): Promise<CaseView> {
  for (;;) {
    const batch = await story.read('liang-shan', path);
    if (!batch.state.includes('publishing')) return batch;
    await delay(1000);
  }
}

/** Leads one social scenario to the pool and makes copies of its head. */
async function seed(cloud: CloudProcess, story: Story, size: number): Promise<void> {
  const path = await fileSocial(story);
  await select(story, path, false);
  await story.settle();
  const table = await recordsOf(cloud.endpoints);
  const head = await loadCase(table, path.split('/').at(-1) ?? '');
  if (!head) throw new Error(`${path} has no head`);
  for (let first = 1; first < size; first += 25 * atOnce) {
    const groups = Array.from({ length: atOnce }, (_, group) => first + group * 25).filter((from) => from < size);
    await Promise.all(groups.map((from) => putAll(table, Array.from({ length: Math.min(25, size - from) }, (_, index) => headItem(copyOf(head, from + index))))));
  }
  table.client.destroy();
  await story.settle();
}

const atOnce = 4;

function copyOf(head: Head, number: number): Head {
  const id = `s-copy-${String(number).padStart(6, '0')}`;
  return { ...head, id, snapshot: { ...head.snapshot, context: { ...head.snapshot.context, id, name: `副本${number}` } } };
}

async function putAll(table: Table, items: readonly Item[]): Promise<void> {
  let open = items.map((item) => ({ PutRequest: { Item: item } }));
  while (open.length > 0) {
    const { UnprocessedItems } = await table.client.send(new BatchWriteItemCommand({ RequestItems: { [table.name]: open } }));
    open = (UnprocessedItems?.[table.name] ?? []) as typeof open;
  }
}
