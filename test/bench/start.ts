import { accessToken } from '../harness/api-client.ts';
import { startCloudProcess } from '../harness/cloud-process.ts';
import { governmentFormFixture } from '../fixtures/forms.ts';
import { Story } from '../demo/story.ts';
import { type Figure, median, type Scale } from './figures.ts';
import { loadFor } from './load.ts';
import { residentMb } from './memory.ts';

const part = 'start';

/** Seconds from `npm start` to the first accepted command once built, and the memory of the whole local cloud at rest and after load. */
export async function startFigures({ smoke }: Scale): Promise<Figure[]> {
  await (await startCloudProcess()).remove(); // builds what is stale
  const rounds: Awaited<ReturnType<typeof oneStart>>[] = [];
  for (let round = 0; round < (smoke ? 1 : 5); round += 1) rounds.push(await oneStart(smoke ? 1 : 10));
  const of = (name: 'seconds' | 'idle' | 'loaded') => median(rounds.map((round) => round[name]));
  return [
    { part, name: 'npm start to the first accepted command', value: of('seconds'), unit: 's', atMost: 5 },
    { part, name: 'memory of the whole cloud, at rest', value: of('idle'), unit: 'MB', atMost: 500 },
    { part, name: 'memory of the whole cloud, after load', value: of('loaded'), unit: 'MB', atMost: 500 },
  ];
}

async function oneStart(loadSeconds: number): Promise<{ seconds: number; idle: number; loaded: number }> {
  const began = performance.now();
  const cloud = await startCloudProcess();
  try {
    const idle = residentMb(cloud);
    const story = new Story(cloud.endpoints);
    await accessToken(cloud.endpoints, 'wei-lan');
    await story.open('wei-lan', 'governmentInvestment', governmentFormFixture());
    const seconds = (performance.now() - began) / 1000;
    await loadFor(loadSeconds, 16, async () => {
      const path = `/scenarios/${await story.open('wei-lan', 'governmentInvestment', governmentFormFixture())}`;
      await story.command('wei-lan', path, 'submit', { handler: 'nanning-data' });
    });
    await story.settle();
    return { seconds, idle, loaded: residentMb(cloud) };
  } finally {
    await cloud.remove();
  }
}
