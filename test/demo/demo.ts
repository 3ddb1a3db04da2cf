import type { LifecycleName } from '../../machines/decision.ts';
import { formatWanYuan } from '../../shared/money.ts';
import { startCloudProcess } from '../harness/cloud-process.ts';
import { buildAndPromote, fileGovernment, fileSocial, publishHalfYear, select, subsidiseAndWatch } from './chapters.ts';
import { casePromises, executionPromises, moneyPromises, type CaseFile, type Pledge } from './promises.ts';
import { accepted, Story } from './story.ts';
import { timelineOf, timelineText } from './timeline.ts';

const asJson = process.argv.includes('--json');
const say = (text: string) => {
  if (!asJson) console.log(text);
};

say('桂景演示：启动本机云，时钟由演示推动……');
const cloud = await startCloudProcess({ env: { GUIJING_ENFORCE: '1' } });
try {
  process.exitCode = (await tell(new Story(cloud.endpoints))) ? 0 : 1;
} finally {
  await cloud.remove();
}

async function tell(story: Story): Promise<boolean> {
  const government = await chapter('政府投资类申报', () => fileGovernment(story));
  const social = await chapter('社会投资类申报（六类附件）', () => fileSocial(story));
  await chapter('评审与遴选', async () => {
    await select(story, government, true);
    await select(story, social, false);
  });
  const batch = await chapter('半年一批：冻结、签发、发布', () => publishHalfYear(story));
  await chapter('建设、验收、奖励、评估、入库', () => buildAndPromote(story, government));
  // Step Functions forgets an execution 90 days after its end, so each is looked at when its case is over.
  const executions = await executionPromises(story.endpoints, [idOf(government)]);
  await chapter('补助与五年承诺', () => subsidiseAndWatch(story, social));
  const files = await Promise.all([government, social, `/batches/${batch.id}`].map((path) => caseFile(story, path)));
  executions.push(...(await executionPromises(story.endpoints, [idOf(social)])));
  return report(story, files, batch, executions);
}

/** Declared as a function: the story above runs before a constant here would have its value. */
function idOf(path: string): string {
  return path.split('/').at(-1) ?? '';
}

async function chapter<T>(title: string, tellIt: () => Promise<T>): Promise<T> {
  say(`—— ${title}`);
  return tellIt();
}

async function caseFile(story: Story, path: string): Promise<CaseFile> {
  return accepted(await story.as('li-ning').get<CaseFile>(`${path}/case-file`), `case file of ${path}`);
}

async function report(story: Story, files: readonly CaseFile[], batch: { readonly id: string; readonly context: Readonly<Record<string, unknown>> }, executions: readonly Pledge[]): Promise<boolean> {
  const [government, social, publication] = files as [CaseFile, CaseFile, CaseFile];
  const half = String(batch.context['half']);
  const list = accepted(await story.as('wei-lan').get<{ items: Record<string, unknown>[] }>(`/published/${half}`), 'the published list');
  const promises: Pledge[] = [
    ...casePromises(government, 'inCaseLibrary'),
    ...casePromises(social, 'closed'),
    ...casePromises(publication, 'published'),
    ...moneyPromises(government, [['advance', 120_000_000], ['remainder', 110_000_000]]),
    ...moneyPromises(social, [['oneOff', 165_200_000]]),
    { promise: '两个场景都在清单上', kept: list.items.length === 2, seen: JSON.stringify(list.items.map((item) => item['number'])) },
    ...executions,
  ];
  const stories = files.map((file) => ({ case: file.case, lifecycle: file.lifecycle as LifecycleName, timeline: timelineOf(file.lifecycle, file.events.map(({ event }) => event)), payments: file.payments }));
  const kept = promises.every((each) => each.kept);
  const published = { half, url: `/published/${half}`, items: list.items };
  if (asJson) console.log(JSON.stringify({ kept, promises, stories, published }, null, 2));
  else print(stories, promises, published);
  return kept;
}

function print(stories: readonly { readonly case: string; readonly lifecycle: LifecycleName; readonly timeline: ReturnType<typeof timelineOf>; readonly payments: CaseFile['payments'] }[], promises: readonly Pledge[], published: { readonly url: string; readonly items: readonly Record<string, unknown>[] }): void {
  for (const story of stories) {
    console.log(timelineText(story.case, story.lifecycle, story.timeline));
    for (const { kind, amountFen, explanation } of story.payments) console.log(`     拨付 ${kind} ${formatWanYuan(amountFen)}：${JSON.stringify(explanation)}`);
  }
  console.log(`\n清单：${published.url}`);
  for (const item of published.items) console.log(`     ${JSON.stringify(item)}`);
  console.log('\n承诺核对');
  for (const { promise, kept, seen } of promises) console.log(`  ${kept ? '✓' : '✗'} ${promise}（${seen}）`);
  const broken = promises.filter((each) => !each.kept).length;
  console.log(`\ndemo: ${promises.length} promises, ${broken} broken`);
}
