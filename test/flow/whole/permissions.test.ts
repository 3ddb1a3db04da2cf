import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadCase } from '../../../functions/store/load.ts';
import { commands } from '../../../machines/commands.ts';
import type { LifecycleName } from '../../../machines/decision.ts';
import { leavesOf } from '../../../machines/position.ts';
import type { ScenarioContext } from '../../../machines/scenario/context.ts';
import type { CommandType } from '../../../shared/contracts/commands.ts';
import type { Actor } from '../../../shared/actor.ts';
import { governmentFormFixture, socialFormFixture } from '../../fixtures/forms.ts';
import { samplePdf } from '../../fixtures/sample-pdf.ts';
import { randomFrom } from '../../walk/random.ts';
import { sampleArgs } from '../../walk/sample-args.ts';
import { actors, world } from '../../walk/world.ts';
import { commandHeaders, problemIn, startWholeCloud, type WholeCloud } from './whole-cloud.ts';

/** One row of the derived table. */
interface Permission {
  readonly lifecycle: LifecycleName;
  readonly role: string;
  readonly command: string;
  readonly leaf: string;
  readonly reach: 'ownUnit' | 'handlingAuthority' | 'appointed' | 'anyCase';
}

const { permissions } = JSON.parse(readFileSync(new URL('../../../docs/derived/permissions.json', import.meta.url), 'utf8')) as { readonly permissions: readonly Permission[] };
const people: readonly CommandType[] = (Object.keys(commands) as CommandType[]).filter((type) => !('system' in commands[type]) && type !== 'confirmAttachment');

// One person of each kind is enough: second officers, payers and experts stand where the first ones do.
const tried = actors.filter(({ person }) => !['he-ping', 'ma-jun', 'su-mei', 'expert-lin', 'expert-xie', 'expert-zhou', 'zhong-an', 'ou-lin'].includes(person));

// Four thousand requests, a few milliseconds each; a busy machine takes longer.
const slow = 180_000;

let cloud: WholeCloud;
beforeAll(async () => {
  cloud = await startWholeCloud();
});
afterAll(() => cloud.remove());

/** What the table says of a person's command on a case, in the API's statuses; `decided` is left to the rules of the case. */
type Expected = 404 | 403 | 409 | 'decided';

function expected(lifecycle: LifecycleName, leaves: readonly string[], context: ScenarioContext, actor: Actor, command: string): Expected {
  if (!maySee(leaves, context, actor)) return 404;
  const here = permissions.filter((row) => row.lifecycle === lifecycle && leaves.includes(row.leaf) && row.command === command);
  if (here.length === 0) return 409;
  const role = here.filter((row) => (actor.roles as readonly string[]).includes(row.role));
  return role.some((row) => reaches(row.reach, context, actor, row.role)) ? 'decided' : 403;
}

// Written again from docs/derived and the regulation, on purpose: what the functions do is what is on trial.
function maySee(leaves: readonly string[], context: ScenarioContext, actor: Actor): boolean {
  const has = (...roles: readonly string[]) => actor.roles.some((role) => roles.includes(role));
  if (has('bureauOfficer', 'bureauLeader', 'leadingGroupOffice', 'finance', 'supervisor')) return true;
  if (has('applicant', 'unitAdmin') && context.unit.id === actor.org.id) return true;
  if (has('aggregator') && context.handler === actor.org.id) return true;
  if (has('expert') && (context.acceptance ?? context).experts.includes(actor.person)) return true;
  // The region's data authority sees what was submitted, a city's what it takes itself.
  if (has('dataAuthority') && (context.handler === actor.org.id || (actor.org.division === '450000' && !leaves.some((leaf) => leaf.startsWith('declaration.'))))) return true;
  return (context.leadUnit?.departments ?? []).includes(actor.org.id);
}

function reaches(reach: Permission['reach'], context: ScenarioContext, actor: Actor, role: string): boolean {
  if (reach === 'ownUnit') return context.unit.id === actor.org.id;
  if (reach === 'handlingAuthority') return context.handler === actor.org.id;
  if (reach === 'appointed') return role === 'expert' ? context.experts.includes(actor.person) : (context.leadUnit?.departments ?? []).includes(actor.org.id);
  return true;
}

/** Sends every command as every seeded person at one place of a case; those the table allows are only looked up, or the case would move on. */
async function everybodyTriesEverything(path: string): Promise<{ readonly refused: number; readonly wrong: readonly string[] }> {
  const head = await loadCase(cloud.table, path.split('/').at(-1) ?? '');
  if (!head) throw new Error(`no case ${path}`);
  const context = head.snapshot.context as unknown as ScenarioContext;
  const leaves = leavesOf(head.snapshot);
  const wrong: string[] = [];
  let refused = 0;
  for (const actor of tried) {
    const offered = new Set(await offersTo(actor.person, path));
    await Promise.all(
      people.map(async (command) => {
        const due = expected(head.lifecycle, leaves, context, actor, command);
        if ((due === 'decided') !== offered.has(command)) wrong.push(`${actor.person} ${command}: table ${due}, offers ${offered.has(command) ? 'have it' : 'do not'}`);
        if (due === 'decided') return;
        refused += 1;
        const answer = await attempt(actor.person, path, command, head.version, context);
        if (answer.status !== due) wrong.push(`${actor.person} ${command} in ${leaves.join('+')}: table ${due}, answered ${answer.status} ${answer.text.slice(0, 200)}`);
        else problemIn(answer);
      }),
    );
  }
  const after = await loadCase(cloud.table, head.id);
  if (after?.version !== head.version) wrong.push(`the case moved from ${head.version} to ${after?.version}`);
  return { refused, wrong };
}

async function offersTo(person: string, path: string): Promise<string[]> {
  const { status, body } = await cloud.story.as(person).get<{ offers: { command: string; allowed: boolean; refusal?: { problem: string } }[] }>(path);
  if (status === 404) return [];
  return body.offers.filter(({ allowed, refusal }) => allowed || !['not-allowed', 'wrong-state'].includes(refusal?.problem ?? '')).map(({ command }) => command);
}

// Commands whose samples need more than a scenario has before it is under way; only their shape matters here.
const ownArgs: Partial<Record<CommandType, object>> = {
  removeAttachment: { attachment: 'unknown', part: 'auditReport' },
  orderRectification: { reason: '有待整改', demands: ['补充性能测试报告'] },
  sealList: { opinion: '同意报送', sealed: true, listSha256: '0'.repeat(64), listSm3: '0'.repeat(64) },
  proposeAdjustment: { line: 'reward', direction: 'increase', amountFen: 1, documentNo: '文-1', reason: '预算调整' },
  rejectAdjustment: { reason: '依据不足' },
  closeFund: { reason: '年度结束' },
  proposeRecovery: { amountFen: 1, reason: '应予收回。' },
  reportActuals: { year: 2030, actuals: [{ name: '交易在线化率', actual: '95', evidence: '运行统计' }] },
  proposeInstalments: { instalments: [{ dueOn: '2030-01-31', amountFen: 1 }], reason: '分期缴回' },
  proposeOffset: { amountFen: 1, against: '转移支付', documentNo: '抵-1', reason: '结算扣缴' },
  recordRepayment: { amountFen: 1, receiptNo: '收-1', paidOn: '2030-01-31' },
};

function attempt(as: string, path: string, command: CommandType, version: number, context: ScenarioContext) {
  const occasion = { context: context as never, now: new Date().toISOString(), policy: 'gx-2025-draft', random: randomFrom(1), world };
  const args = ownArgs[command] ?? sampleArgs[command]?.(occasion) ?? {};
  return cloud.send({ as, method: 'POST', path: `${path}/commands/${command}`, headers: commandHeaders(version), body: JSON.stringify(args) });
}

describe('everybody tries every command, own cases and foreign ones', () => {
  it('on a government scenario, from its draft to the selection', async () => {
    const { story } = cloud;
    const path = `/scenarios/${await story.open('wei-lan', 'governmentInvestment', governmentFormFixture())}`;
    const looks = [await everybodyTriesEverything(path)];
    await story.command('wei-lan', path, 'submit', { handler: 'nanning-data' });
    looks.push(await everybodyTriesEverything(path));
    await story.command('lu-fang', path, 'aggregate', { opinion: '同意', sealed: true });
    await story.command('lu-fang', path, 'submitToBureau');
    await story.settle();
    looks.push(await everybodyTriesEverything(path));
    await story.command('li-ning', path, 'passFormalCheck');
    await story.command('li-ning', path, 'assignExperts', { experts: ['expert-chen', 'expert-zhou', 'expert-wu'] });
    await story.command('zhao-wen', path, 'proposeLeadUnit', { leadUnit: 'gx-market', departments: ['gx-market'] });
    looks.push(await everybodyTriesEverything(path));
    expect(looks.flatMap(({ wrong }) => wrong).slice(0, 10)).toEqual([]);
    expect(looks.every(({ refused }) => refused > 700)).toBe(true);
  }, slow);

  it('on a social scenario with its endorser', async () => {
    const { story } = cloud;
    const path = `/scenarios/${await story.open('qin-hai', 'socialInvestment', socialFormFixture())}`;
    for (const part of ['legalRepresentativeId', 'projectLeadId', 'businessLicence', 'approvalDocument', 'auditReport', 'fundingProof', 'spendingProof', 'commitmentLetter']) await story.attach('qin-hai', path, part, samplePdf(part));
    await story.command('qin-hai', path, 'submit', { handler: 'liuzhou-data' });
    const endorsing = await everybodyTriesEverything(path);
    expect(endorsing.wrong.slice(0, 10)).toEqual([]);
  }, slow);
});
