import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { casesIn } from '../../../functions/store/lists.ts';
import { loadCase } from '../../../functions/store/load.ts';
import type { ScenarioContext } from '../../../machines/scenario/context.ts';
import { advanceFen, outstandingFen, remainderFen } from '../../../machines/scenario/money.ts';
import { offers } from '../../../machines/offers.ts';
import { openFen, type RecoveryContext } from '../../../machines/recovery/rules.ts';
import { policyOf } from '../../../shared/policy.ts';
import { acceptanceSteps } from '../../harness/acceptance-steps.ts';
import { Office } from '../../harness/office.ts';
import { booksFollowTheLog, fundFollowsTheBooks, scenarioFollowsTheBooks } from './books.ts';
import { by } from '../../unit/machines/story.ts';
import { storedScenario } from './stored-story.ts';

const today = '2025-03-11';
const policy = policyOf('gx-2025-draft');
let office: Office;
let dies: 'never' | 'beforeItWrites' | 'afterItWrote' = 'never';

/** The process that serves dies at a write: before the store has it, or after, before anybody hears of it. */
class Killed extends Error {
  override readonly name = 'Killed';
}

beforeAll(async () => {
  office = await Office.start('2025-03-11T01:00:00.000Z');
  const { client } = office.cloud.table;
  const send = client.send.bind(client) as (command: object) => Promise<unknown>;
  client.send = (async (command: object) => {
    if (dies === 'never' || command.constructor.name !== 'TransactWriteItemsCommand') return send(command);
    const when = dies;
    dies = 'never';
    if (when === 'afterItWrote') await send(command);
    throw new Killed('kill -9');
  }) as typeof client.send;
}, 60_000);
afterAll(() => office.cloud.stop());

type Args = Readonly<Record<string, unknown>>;
interface Step {
  readonly who: string;
  readonly command: string;
  /** Arguments from the case as it stands, and a number from the dice. */
  readonly args: (context: ScenarioContext & RecoveryContext, dice: number) => Args;
  /** What has to be done first, as far as it is possible where the case stands. */
  readonly first?: typeof preparations;
}

const because = () => ({ reason: '随机序列' });
const due = (context: ScenarioContext) => (context.funding === 'socialInvestment' ? (context.award?.fen ?? 1) : context.paid.advance === null ? advanceFen(context, policy) : Math.max(1, remainderFen(context, policy)));
const near = (fen: number, dice: number) => (dice % 5 === 0 ? fen + 1 : fen);

const preparations = acceptanceSteps(today, 'unit');
const halves = (fen: number) => [{ dueOn: '2025-06-30', amountFen: Math.floor(fen / 2) }, { dueOn: '2025-12-31', amountFen: Math.ceil(fen / 2) }];

const onScenarios: readonly Step[] = [
  { who: 'li-ning', command: 'proposeAward', args: (_, dice) => ({ amountFen: 1_000_000 + dice * 15_000, reason: '核定' }) },
  { who: 'liang-shan', command: 'approveAward', args: () => ({}) },
  { who: 'pan-hong', command: 'orderPayment', args: (context, dice) => ({ amountFen: near(due(context), dice), payee: '单位', bank: '银行', account: '4501000012345678' }) },
  { who: 'su-mei', command: 'approvePayment', args: () => ({}) },
  { who: 'liang-shan', command: 'approvePayment', args: () => ({}) },
  { who: 'su-mei', command: 'returnPayment', args: because },
  { who: 'pan-hong', command: 'deferAdvance', args: because },
  { who: 'pan-hong', command: 'confirmPayment', args: (context, dice) => ({ amountFen: near(due(context), dice), paidOn: today, voucherNo: `V${dice}`, fundSource: '数字广西建设资金' }) },
  { who: 'unit', command: 'recordExpense', args: (_, dice) => ({ amountFen: 1 + dice * 1000, spentOn: today, purpose: '采购', voucherNo: 'E' }) },
  { who: 'unit', command: 'registerIrs', args: () => ({ appCode: 'A', registeredOn: today, reason: '独立部署' }) },
  { who: 'unit', command: 'reportCompletion', args: () => ({ completedOn: today, effect: '好' }) },
  { who: 'li-ning', command: 'passAcceptance', first: preparations, args: (_, dice) => ({ conclusion: '合格', inspectedOn: today, finalAccountsFen: 100_000_000 + dice * 1_500_000 }) },
  { who: 'liang-shan', command: 'failAcceptance', args: because },
  { who: 'li-ning', command: 'recordEvaluation', args: (context, dice) => ({ year: (context.evaluation?.year ?? 2024) + 1, grade: 'ordinary', targetMet: dice % 3 > 0, summary: '评估' }) },
  { who: 'liang-shan', command: 'orderRecovery', args: (context, dice) => ({ amountFen: Math.max(1, Math.floor((outstandingFen(context) * (dice % 100)) / 99)), reason: '挪用' }) },
  { who: 'liang-shan', command: 'terminate', args: because },
];
const onRecoveries: readonly Step[] = [
  { who: 'li-ning', command: 'issueNotice', args: () => ({ documentNo: '1', reason: '告知' }) },
  { who: 'unit', command: 'fileStatement', args: () => ({ statement: '陈述' }) },
  { who: 'li-ning', command: 'proposeRecovery', args: ({ amountFen }) => ({ amountFen, reason: '收回' }) },
  { who: 'liang-shan', command: 'approveRecovery', args: () => ({ documentNo: '1' }) },
  { who: 'li-ning', command: 'issueDemand', args: () => ({ documentNo: '2', dueOn: '2025-12-31' }) },
  { who: 'pan-hong', command: 'recordRepayment', args: (context, dice) => ({ amountFen: Math.max(1, Math.ceil((openFen(context) * (dice % 100)) / 60)), receiptNo: 'R', paidOn: today }) },
  { who: 'li-ning', command: 'proposeInstalments', args: (context, dice) => ({ instalments: halves(Math.max(2, near(openFen(context), dice))), reason: '分期' }) },
  { who: 'liang-shan', command: 'approveInstalments', args: () => ({}) },
  { who: 'liang-shan', command: 'rejectInstalments', args: because },
  { who: 'pan-hong', command: 'proposeOffset', args: (context, dice) => ({ amountFen: Math.max(1, Math.ceil((openFen(context) * (dice % 100)) / 60)), against: '转移支付', documentNo: '3', reason: '抵扣' }) },
  { who: 'liang-shan', command: 'approveOffset', args: () => ({}) },
  { who: 'pan-hong', command: 'confirmRecovered', args: () => ({}) },
  { who: 'li-ning', command: 'proposeWriteOff', args: because },
  { who: 'liang-shan', command: 'approveWriteOff', args: () => ({}) },
];
const onFund: readonly Step[] = [
  { who: 'pan-hong', command: 'proposeAdjustment', args: (_, dice) => ({ line: 'reward', direction: dice % 2 ? 'increase' : 'decrease', amountFen: dice % 2 ? 1 + dice * 60_000 : 99_300_000_000 - dice, documentNo: '1', reason: '调整' }) },
  { who: 'liang-shan', command: 'approveAdjustment', args: () => ({}) },
];

const idIn = (path: string): string => path.split('/').at(-1) ?? '';

/** Sends a step as a client that hears nothing would: the same request again, under the same key and version. */
async function take(path: string, { who, command, args, first: needed = [] }: Step, dice: number): Promise<void> {
  for (const [by_, prepared, preparing] of needed) await office.send(person(by_, idIn(path)), path, prepared, preparing, (await loadCase(office.cloud.table, idIn(path)))?.version ?? 0);
  const head = await loadCase(office.cloud.table, idIn(path));
  if (!head) return;
  const sender = person(who, head.id);
  const body = args(head.snapshot.context as never, dice);
  const key = office.key();
  const killed = dies !== 'never';
  const first = await office.send(sender, path, command, body, head.version, key);
  const answer = first.status === 500 && killed ? await office.send(sender, path, command, body, head.version, key) : first;
  dies = 'never';
  expect([200, 400, 403, 409, 422], `${command} ${JSON.stringify(answer.body)}`).toContain(answer.status);
}

/** Carries on what is under way; a stream that dies loses its records, and the sweep finds what they left. */
async function carryOn(dice: number): Promise<void> {
  if (dice % 3 === 0) dies = dice % 2 ? 'beforeItWrites' : 'afterItWrote';
  try {
    await office.cloud.settle({ lost: dice % 7 === 0 });
  } catch (error) {
    expect(String(error)).toMatch(/relay failed|Killed/);
  }
  dies = 'never';
}

async function restAfterAll(): Promise<void> {
  for (let round = 0; round < 4; round += 1) {
    await office.cloud.settle();
    await office.cloud.moveTo(new Date(office.cloud.now() + 180_000).toISOString());
    await office.cloud.sweep();
  }
  await office.cloud.settle();
}

async function openRecovery(ids: readonly string[]): Promise<string | undefined> {
  const heads = await Promise.all(ids.map((id) => loadCase(office.cloud.table, id)));
  const recoveries = heads.flatMap((head) => (head ? Object.entries((head.snapshot.context as unknown as ScenarioContext).recoveries) : []));
  return recoveries.find(([, { open }]) => open)?.[0];
}

const folders: Readonly<Record<string, readonly [string, readonly Step[]]>> = { scenario: ['scenarios', onScenarios], recovery: ['recoveries', onRecoveries], fund: ['funds', onFund] };
const operation = fc.tuple(fc.constantFrom('scenario', 'scenario', 'scenario', 'scenario', 'scenario', 'scenario', 'recovery', 'recovery', 'recovery', 'recovery', 'fund', 'on'), fc.nat(9999), fc.nat(9999), fc.constantFrom('never', 'never', 'beforeItWrites', 'afterItWrote'));
const rare = new Set(['rejectInstalments', 'terminate', 'failAcceptance', 'returnPayment', 'recordExpense', 'waiveAward']);
/** Who acts for the unit of a case: a recovery's id begins with its scenario's. */
const person = (who: string, id: string) => (who !== 'unit' ? who : id.startsWith('s-social') ? 'qin-hai' : 'wei-lan');

/** A step that a button offers now, most of the time, so that sequences come as far as money; else any, to be refused. */
async function chosen(id: string, steps: readonly Step[], pick: number): Promise<Step> {
  const head = await loadCase(office.cloud.table, id);
  const now = new Date(office.cloud.now()).toISOString();
  const isOffered = ({ who, command }: Step) => head !== undefined && offers(head.snapshot, { actor: by(person(who, id)), now, policy: policy.id }).some((offer) => offer.command === command && offer.allowed) && (!rare.has(command) || pick % 9 === 0);
  const possible = pick % 6 === 0 ? [] : steps.filter(isOffered);
  const from = possible.length > 0 ? possible : steps;
  return from[pick % from.length] as Step;
}

describe('the books of the fund', () => {
  it('add up to nothing after any sequence of operations, whenever somebody dies: nothing is paid without its preconditions, too much, or twice', async () => {
    const seen = { payments: 0, recoveries: 0 };
    let run = 0;
    const all: string[] = ['fund'];
    const scenarios: string[] = [];
    await fc.assert(
      fc.asyncProperty(fc.array(operation, { minLength: 160, maxLength: 200 }), async (operations) => {
        run += 1;
        const ids = [`s-book-${run}-1`, `s-book-${run}-2`, `s-social-${run}`];
        for (const id of ids) await storedScenario(office.cloud.table, id.startsWith('s-social') ? 'socialInvestment' : 'governmentInvestment', id);
        await office.cloud.settle({ lost: true });
        all.push(...ids);
        scenarios.push(...ids);
        for (const [what, pick, dice, death] of operations) {
          if (what === 'on') {
            await carryOn(dice);
            continue;
          }
          const id = what === 'fund' ? 'fund' : what === 'scenario' ? (ids[dice % 3] as string) : await openRecovery(scenarios);
          if (id === undefined) continue;
          const [folder, steps] = folders[what] as (typeof folders)[string];
          const step = await chosen(id, steps, pick);
          dies = death as typeof dies;
          await take(`/${folder}/${id}`, step, dice);
        }
        const recoveries = await Promise.all(scenarios.flatMap((id) => [1, 2, 3, 4].map(async (n) => ((await loadCase(office.cloud.table, `${id}-R${n}`)) ? [`${id}-R${n}`] : []))));
        for (const id of recoveries.flat()) if (!all.includes(id)) all.push(id);
        await booksFollowTheLog(office.cloud.table, all);
        await restAfterAll();
        await booksFollowTheLog(office.cloud.table, all);
        expect((await casesIn(office.cloud.table, 'byLeaf', ['outbox'], 10, { partition: 0 })).items).toEqual([]);
        await fundFollowsTheBooks(office.cloud.table);
        for (const id of scenarios) await scenarioFollowsTheBooks(office.cloud.table, id);
        const contexts = await Promise.all(scenarios.map(async (id) => (await loadCase(office.cloud.table, id))?.snapshot.context as unknown as ScenarioContext));
        seen.payments = contexts.flatMap(({ paid }) => Object.values(paid)).filter((fen) => fen !== null).length;
        seen.recoveries = recoveries.flat().length;
      }),
      { seed: 5, numRuns: 5, endOnFailure: true },
    );
    // Sequences that never came to money would prove nothing.
    expect([seen.payments > 3, seen.recoveries > 1]).toEqual([true, true]);
    console.log(`sequences ${run}, payments ${seen.payments}, recoveries ${seen.recoveries}`);
  }, 240_000);
});
