import { select } from '../../demo/chapters.ts';
import type { Story } from '../../demo/story.ts';
import { governmentFormFixture } from '../../fixtures/forms.ts';

/** Files scenarios and has them selected, so that they wait for their batch; answers their ids in the order they were filed. */
export async function awaitingScenarios(story: Story, count: number): Promise<readonly string[]> {
  const paths = await inTurn(Array.from({ length: count }, (_, index) => index), (index) => file(story, index));
  await story.settle();
  await inTurn(paths, (path) => select(story, path, true));
  await story.settle();
  return paths.map((path) => path.split('/').at(-1) ?? '');
}

async function file(story: Story, index: number): Promise<string> {
  const path = `/scenarios/${await story.open('wei-lan', 'governmentInvestment', governmentFormFixture({ name: `待发布场景${index}` }))}`;
  await story.command('wei-lan', path, 'submit', { handler: 'nanning-data' });
  await story.command('lu-fang', path, 'aggregate', { opinion: '同意汇总报送。', sealed: true });
  await story.command('lu-fang', path, 'submitToBureau');
  return path;
}

/** Works through a list, four at a time. */
async function inTurn<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const open = [...items.entries()];
  const worker = async () => {
    for (let next = open.shift(); next; next = open.shift()) results[next[0]] = await work(next[1]);
  };
  await Promise.all([1, 2, 3, 4].map(worker));
  return results;
}
