import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commandArgs, type CommandType } from '../../../shared/contracts/commands.ts';
import { parse } from '../../../shared/contracts/parse.ts';
import { policyOf } from '../../../shared/policy.ts';
import { people } from '../../../infra/local/seed/people.ts';
import { isCommand } from '../../../machines/commands.ts';
import type { Snapshot } from '../../../machines/decision.ts';
import { offers } from '../../../machines/offers.ts';
import { commandsHere, restore } from '../../../machines/position.ts';
import { caseCeiling, paidFen } from '../../../machines/scenario/money.ts';
import { samples } from './samples.ts';
import { enterpriseParts } from './steps.ts';
import { by, government, opened, policy, social, type Story } from './story.ts';

const actors = [...people.map((person) => person.id), 'system'];
/** What ends or turns a case: still walked, but not at every other step. */
const rare = new Set(['withdraw', 'terminate', 'void', 'decline', 'rejectFiling', 'hold', 'waiveAward', 'closeWithoutCase', 'failAcceptance', 'recordBreach', 'proposeRejection', 'cancelBatch', 'refreeze', 'returnForCorrection', 'sendBack', 'returnAward', 'returnCase', 'proposeDrop', 'proposeWriteOff', 'confirmAttachment', 'removeAttachment', 'saveForm', 'recordFinding', 'deadlinePassed', 'fileStageReport', 'planMilestones', 'orderRecovery', 'noteRecovery', 'returnPayment', 'recordExpense', 'reopenReview', 'recuse', 'dismissExpert', 'cancelList', 'unsealList', 'removeRow', 'refuseDemand', 'returnDemand']);
const start = {
  government: () => government(),
  built: () => government({ stage: 'built', crossCutting: ['systems'] }),
  social: () => enterpriseParts.reduce((story, part) => story.does('qin-hai', 'confirmAttachment', { ...samples.confirmAttachment({ context: { marks: [] } as never, leaves: [], form: null }), part }), social()),
  publication: () => opened('publication', { id: 'B-2025-H1', half: '2025-H1' }, 'system'),
  recovery: () => opened('recovery', { id: 'X-R1', scenario: 'X', scenarioName: 'X', unit: government().context.unit, cause: 'misuse', amountFen: 1000, mandatory: false, reason: 'r' }, 'system'),
  scenarioList: () => opened('scenarioList', { id: 'L', title: '南宁市2025年上半年清单' }, 'lu-fang'),
  dataDemand: () => opened('dataDemand', { id: 'D', scenario: { id: 'X', name: 'X', unit: 'nanning-logistics', division: '450100' }, level: 'city', handler: by('shi-qing').org, dataTypes: ['市场主体登记'], scope: '全市', purpose: '核验' }, 'wei-lan'),
} as const;

/** People whose button is not grey, so that a walk gets on. */
function able(story: Story, command: string): string[] {
  return actors.filter((id) => offers(story.snapshot, story.asked(id, { type: command, args: {} })).some((offer) => offer.command === command && offer.allowed));
}

/** A command that nobody may send now would be a step lost: the first one that somebody may. */
function firstWilling(story: Story, commands: readonly string[]): [string | undefined, readonly string[]] {
  for (const command of commands) {
    const willing = able(story, command);
    if (willing.length > 0) return [command, willing];
  }
  return [undefined, []];
}

function step(story: Story, pick: number, who: number, wild: boolean): void {
  const here = commandsHere(restore(story.snapshot)).filter((command) => pick % 30 === 7 || !rare.has(command));
  const from = pick % here.length;
  const [command, willing] = wild ? [here[from], actors] : firstWilling(story, [...here.slice(from), ...here.slice(0, from)]);
  if (command === undefined || !isCommand(command)) return;
  const actor = willing[who % willing.length];
  if (actor === undefined) return;
  const args = samples[command]({ context: story.context as never, leaves: story.leaves, form: story.form });
  // The door would refuse arguments that the case has run out of (no expert left to appoint).
  if (!parse(commandArgs[command], args).ok) return;
  attempt(story, actor, command, args);
}

function attempt(story: Story, actor: string, command: CommandType, args: Record<string, unknown>): void {
  const before = story.leaves;
  const offer = offers(story.snapshot, story.asked(actor, { type: command, args: {} })).find((each) => each.command === command);
  const decision = story.ask(actor, command, args);
  if (!decision.ok) return void expect(decision.detail).toMatch(/[一-鿿]/);
  // What a button forbade, the core must not accept.
  expect(offer?.allowed ?? actor === 'system').toBe(true);
  story.does(actor, command, args);
  checkMovement(story, before);
  checkMoney(story);
  checkRoundTrip(story);
}

function checkMovement(story: Story, before: readonly string[]): void {
  const { routes, entered, snapshot } = story.last;
  const after = snapshot.status === 'done' ? [] : story.leaves;
  const stayed = before.filter((leaf) => routes[leaf] === undefined);
  const isNew = Object.keys(entered).filter((leaf) => !stayed.includes(leaf));
  expect([...stayed, ...isNew].sort()).toEqual([...after].sort());
  for (const due of Object.values(entered)) expect(due > story.now).toBe(true);
  expect(story.last.tasks.every((task) => after.includes(task.leaf) && task.dueAt !== '' && !task.queue.endsWith('#'))).toBe(true);
}

function checkMoney(story: Story): void {
  if (!story.snapshot.lifecycle.endsWith('Investment')) return;
  const { context } = story;
  const payments = story.decisions.flatMap((decision) => decision.effects).filter((effect) => effect.type === 'recordPayment');
  expect(new Set(payments.map((payment) => payment.kind)).size).toBe(payments.length);
  expect(payments.reduce((sum, payment) => sum + payment.amountFen, 0)).toBe(paidFen(context));
  expect(paidFen(context)).toBeLessThanOrEqual(context.award?.fen ?? 0);
  const declared = { ...context, accountsFen: null };
  expect(context.award?.fen ?? 0).toBeLessThanOrEqual(caseCeiling(context.approval ? declared : context, policyOf(policy)).ceilingFen);
  expect(context.award === null || context.award.proposedBy !== context.award.approvedBy).toBe(true);
  if (context.batch !== null) expect(context.crossCutting.length === 0 || context.leadUnit?.confirmed).toBe(true);
}

function checkRoundTrip(story: Story): void {
  const copy = JSON.parse(JSON.stringify(story.snapshot)) as Snapshot;
  expect(copy).toEqual(story.snapshot);
  const asked = story.asked('li-ning', { type: 'hold', args: {} });
  expect(offers(copy, asked)).toEqual(offers(story.snapshot, asked));
}

const moves = fc.array(fc.tuple(fc.nat(9999), fc.nat(9999), fc.integer({ min: 0, max: 9 })), { minLength: 140, maxLength: 180 });
const seen = new Set<string>();

describe.each(Object.entries(start))('random walks through %s', (_, begin) => {
  it('never throw, never pay twice or too much, keep leaves and routes together, survive JSON', () => {
    fc.assert(
      fc.property(moves, (list) => {
        const story = begin();
        for (const [pick, who, wild] of list) {
          if (story.snapshot.status === 'done') break;
          step(story, pick, who, wild === 0);
          for (const leaf of story.leaves) seen.add(`${story.snapshot.lifecycle}:${leaf}`);
        }
      }),
      { seed: 3, numRuns: 10, endOnFailure: true },
    );
  }, 60_000);
});

describe('the walks together', () => {
  it('reach into every phase', () => {
    const phases = ['governmentInvestment:acceptance.inspecting', 'socialInvestment:support.commitment.watching', 'publication:published', 'recovery:collecting', 'scenarioList:opening'];
    expect(phases.filter((leaf) => !seen.has(leaf))).toEqual([]);
  });
});
