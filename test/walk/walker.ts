import { decide } from '../../machines/decide.ts';
import { factsOf } from '../../machines/facts.ts';
import type { Command, Json, LifecycleName, Offer, Snapshot } from '../../machines/decision.ts';
import { offers } from '../../machines/offers.ts';
import { leavesOf } from '../../machines/position.ts';
import type { ScenarioContext } from '../../machines/scenario/context.ts';
import { loadCase } from '../../functions/store/load.ts';
import type { Head } from '../../functions/store/case.ts';
import type { Table } from '../../functions/store/table.ts';
import { missingParts, type AttachmentPart } from '../../shared/contracts/attachments.ts';
import type { CommandType } from '../../shared/contracts/commands.ts';
import { samplePdf } from '../fixtures/sample-pdf.ts';
import type { Story } from '../demo/story.ts';
import { graphFor, type Coverage, type Row } from './coverage.ts';
import { steer, waitsFor, type Choice } from './helm.ts';
import { Missions } from './missions.ts';
import { pick } from './random.ts';
import { roam } from './roam.ts';
import { sampleArgs } from './sample-args.ts';
import type { Traveller } from './ways.ts';
import { actors, formOf, world, type Wish } from './world.ts';

/** What a step came to: something was accepted or refused, the case is over, or it waits: for an instant, for the half-year's batch, or for others. */
export type StepOutcome = 'accepted' | 'refused' | 'over' | 'waits' | 'waitsForBatch' | { readonly until: string };

/** Who a walk acts through, where it looks, and what decides it. */
export interface Gear {
  readonly story: Story;
  readonly table: Table;
  readonly coverage: Coverage;
  readonly random: () => number;
  readonly policy: string;
}

/** Walks cases through the API, as whoever may act: each bound for a row that no walk has taken yet, at random where nothing is left to find. */
export class Walker {
  readonly #gear: Gear;
  /** Where each case is bound for. */
  readonly missions: Missions;
  /** Answers that no walk may get: anything but accepted, refused by a rule, or stale. */
  readonly surprises: string[] = [];
  /** How often which command was refused, and why. */
  readonly refusals = new Map<string, number>();
  /** Recoveries that wait in collecting for their scenario to enter the archive. */
  readonly #awaited = new Set<string>();

  constructor(gear: Gear) {
    this.#gear = gear;
    this.missions = new Missions(gear.coverage, gear.random, gear.policy);
  }

  /** Opens a scenario, of a shape that some row asks for while there are untaken ones; answers its id. */
  async open(): Promise<string> {
    const { story, random } = this.#gear;
    const row = this.missions.unclaimed();
    const funding = row ? (row.lifecycle as ScenarioContext['funding']) : pick(['governmentInvestment', 'governmentInvestment', 'socialInvestment'] as const, random);
    const person = pick(funding === 'governmentInvestment' ? ['wei-lan', 'qin-hai', 'meng-jie'] : ['qin-hai', 'meng-jie'], random);
    const id = await story.open(person, funding, formOf(funding, random, row ? wishOf(row) : {}));
    if (funding === 'socialInvestment' && random() < 0.9) await this.#attachAll(person, id);
    return id;
  }

  /** One step of a case. */
  async step(id: string, now: string): Promise<StepOutcome> {
    const head = await this.#head(id);
    if (head.snapshot.status === 'done') {
      this.missions.over(id);
      return 'over';
    }
    const traveller: Traveller = { lifecycle: head.lifecycle, context: head.snapshot.context, policy: this.#gear.policy };
    const leaves = leavesOf(head.snapshot);
    if (leaves[0] === 'collecting' && this.#awaited.has(id)) return 'waits';
    const choices = this.#choicesIn(head.snapshot, now);
    const row = this.missions.of(id, traveller, leaves) ?? onward(head.lifecycle);
    this.#await(head, row);
    if (!row) return this.#roamOn(head, choices, now);
    const choice = steer({ traveller, leaves, choices, row, random: this.#gear.random });
    if (!choice) return this.#waitOn(head, row, traveller, leaves);
    return this.#goOn(head, row, choice, now);
  }

  // A repayment is to be noted in the archive: it is recorded in the moment the archive is entered, and not before.
  #await({ snapshot }: Head, row: Row | undefined): void {
    const { recoveries = {} } = snapshot.context as unknown as Partial<ScenarioContext>;
    for (const id of Object.keys(recoveries)) this.#awaited.delete(id);
    if (row?.leaf === 'archiving' && row.command === 'noteRecovery') for (const [id, { open }] of Object.entries(recoveries)) if (open) this.#awaited.add(id);
  }

  async #roamOn(head: Head, choices: readonly Choice[], now: string): Promise<StepOutcome> {
    const choice = roam(head, choices, this.missions.areOpen(), this.#gear.random);
    return choice ? this.#ask(head, choice, now) : head.snapshot.value === 'awaitingBatch' ? 'waitsForBatch' : 'waits';
  }

  #waitOn(head: Head, row: Row, traveller: Traveller, leaves: readonly string[]): StepOutcome {
    const what = waitsFor({ traveller, leaves, row });
    if (what === 'batch') return 'waitsForBatch';
    if (what) return { until: head.at[what.leaf]?.dueAt ?? '' };
    if (!hasOpenRecovery(head) && !isWorking(head.lifecycle, leaves)) this.missions.fruitless(head.id);
    return 'waits';
  }

  async #goOn(head: Head, row: Row, choice: Choice, now: string): Promise<StepOutcome> {
    const entered = isWorking(row.lifecycle, [row.leaf]) ? this.#foreseen(head, choice, now) : undefined;
    const outcome = entered && leavesOf(entered).includes(row.leaf) && !leavesOf(head.snapshot).includes(row.leaf) ? await this.#slipIn(head, choice, entered, row, now) : await this.#ask(head, choice, now);
    if (outcome === 'accepted' && choice.command === row.command && leavesOf(head.snapshot).includes(row.leaf)) this.missions.taken(head.id);
    else if (outcome === 'refused' || leavesOf(head.snapshot).includes(row.leaf)) this.missions.fruitless(head.id);
    return outcome;
  }

  /** The case as it will be after a command, where that needs no look outside. */
  #foreseen(head: Head, { actor, command }: Choice, now: string): Snapshot | undefined {
    const asked: Command = { type: command, args: this.#argsFor(head.snapshot.context, command, now) };
    if (command === 'confirmAttachment' || Object.keys(factsOf(head.snapshot, asked)).length > 0) return undefined;
    const decision = decide(head.snapshot, asked, { actor, now, policy: this.#gear.policy, facts: {} });
    return decision.ok ? decision.snapshot : undefined;
  }

  /** Enters a leaf in which the cloud works, and asks there for what the row says before the work is done. */
  async #slipIn(head: Head, choice: Choice, entered: Snapshot, row: Row, now: string): Promise<StepOutcome> {
    const person = String(head.snapshot.context['filer']);
    const confirm = row.command === 'confirmAttachment' ? await this.#gear.story.upload(person, pathOf(head), 'otherEvidence', samplePdf(`${head.id} ${this.#gear.random()}`)) : undefined;
    const repay = row.command === 'noteRecovery' ? await this.#repayment(head, now) : undefined;
    if (row.command === 'noteRecovery' && !repay) return 'waits';
    const outcome = await this.#ask(head, choice, now);
    if (outcome !== 'accepted') return outcome;
    if (confirm) await confirm().catch((error: unknown) => this.#refused('confirmAttachment', String(error)));
    else if (repay) await repay();
    else await this.#askAt({ ...head, snapshot: entered, version: head.version + 1 }, row.command === 'resume' ? ['hold', 'resume'] : [row.command], now);
    this.missions.fruitless(head.id);
    return 'accepted';
  }

  /** Asks for commands one right after the other, by whoever may. */
  async #askAt(head: Head, commands: readonly string[], now: string): Promise<void> {
    let at: Head = head;
    for (const command of commands) {
      const choice = this.#choicesIn(at.snapshot, now).find((each) => each.command === command);
      if (!choice || (await this.#ask(at, choice, now)) !== 'accepted') return;
      at = { ...at, snapshot: this.#foreseen(at, choice, now) ?? at.snapshot, version: at.version + 1 };
    }
  }

  /** A repayment of a case's open recovery, ready to be recorded; undefined while none is owed. */
  async #repayment(head: Head, now: string): Promise<(() => Promise<StepOutcome>) | undefined> {
    const [id] = Object.entries((head.snapshot.context as unknown as ScenarioContext).recoveries).find(([, { open }]) => open) ?? [];
    const recovery = id === undefined ? undefined : await this.#head(id);
    const choice = recovery && this.#choicesIn(recovery.snapshot, now).find(({ command }) => command === 'recordRepayment');
    return recovery && choice && (() => this.#ask(recovery, choice, now));
  }

  #choicesIn(snapshot: Snapshot, now: string): Choice[] {
    const context = snapshot.context as unknown as ScenarioContext;
    const possible = ({ allowed, command }: Offer) => allowed && command in sampleArgs && !isEmptyAsk(command, context);
    return actors.flatMap((actor) => offers(snapshot, { actor, now, policy: this.#gear.policy }).filter(possible).map(({ command }) => ({ actor, command })));
  }

  async #ask(head: Head, { actor, command }: Choice, now: string): Promise<StepOutcome> {
    if (command === 'confirmAttachment') return this.#attachOne(actor.person, head);
    const args = command === 'removeAttachment' ? await this.#removal(actor.person, head) : this.#argsFor(head.snapshot.context, command, now);
    if (!args) return 'refused';
    const answer = await this.#gear.story.as(actor.person).post<Record<string, unknown>>(`${pathOf(head)}/commands/${command}`, args, head.version);
    if (answer.status === 200) return 'accepted';
    const why = String(answer.body['rule'] ?? answer.body['type']);
    this.#refused(command, why);
    if (![409, 412, 422].includes(answer.status)) this.surprises.push(`${actor.person} ${command} on ${head.id}: ${answer.status} ${JSON.stringify(answer.body)}`);
    // The unit owes money just now; the case goes on when that is settled.
    return why === 'unitHasNoOpenRecovery' ? 'waits' : 'refused';
  }

  #argsFor(context: Snapshot['context'], command: string, now: string): { readonly [key: string]: Json } {
    return sampleArgs[command as CommandType]?.({ context, now, policy: this.#gear.policy, random: this.#gear.random, world }) ?? {};
  }

  async #attachOne(person: string, head: Head): Promise<StepOutcome> {
    const part = partFor(head);
    try {
      await this.#gear.story.attach(person, pathOf(head), part, samplePdf(`${part} ${this.#gear.random()}`));
      return 'accepted';
    } catch (error) {
      this.#refused('confirmAttachment', error instanceof Error ? error.message.slice(0, 60) : '');
      return 'refused';
    }
  }

  /** One of the attachments that the unit sees, of those that a correction may change. */
  async #removal(person: string, head: Head): Promise<{ readonly [key: string]: Json } | undefined> {
    const { body } = await this.#gear.story.as(person).get<{ readonly items: readonly { readonly id: string; readonly part: string; readonly status: string }[] }>(`${pathOf(head)}/attachments`);
    const { marks } = head.snapshot.context as unknown as ScenarioContext;
    const there = body.items.filter(({ part, status }) => status === 'confirmed' && (marks.length === 0 || marks.includes(`/attachments/${part}`)));
    if (there.length === 0) return undefined;
    const { id, part } = pick(there, this.#gear.random);
    return { attachment: id, part };
  }

  async #attachAll(person: string, id: string): Promise<void> {
    for (const part of missingParts('enterprise', [])) await this.#gear.story.attach(person, `/scenarios/${id}`, part, samplePdf(`${id} ${part}`));
  }

  #refused(command: string, why: string): void {
    const key = `${command}: ${why}`;
    this.refusals.set(key, (this.refusals.get(key) ?? 0) + 1);
  }

  async #head(id: string): Promise<Head> {
    const head = await loadCase(this.#gear.table, id);
    if (!head) throw new Error(`there is no case ${id}`);
    return head;
  }
}

/** The shape a new case needs, to be able to take a row. */
function wishOf({ leaf, command, to }: Row): Wish {
  if (leaf.startsWith('leadUnit.') || to === 'leadUnit.confirming' || command.endsWith('LeadUnit')) return { crossCutting: true, plainMoney: true };
  if (leaf === 'irsRegistration' || to === 'irsRegistration' || /^settlement\.(award|advance)/.test(leaf) || to === 'settlement.awardProposing') return { stage: 'built', plainMoney: true };
  const comesFromBuilding = leaf.startsWith('construction.') || to === 'construction' || leaf.startsWith('acceptance.');
  return { ...(comesFromBuilding && { stage: 'proposed' }), plainMoney: !command.endsWith('FundingClass') };
}

/** Where a batch or a recovery goes that is bound for nothing: to its end, because others wait for it. */
function onward(lifecycle: LifecycleName): Row | undefined {
  const leaf = lifecycle === 'publication' ? 'published' : lifecycle === 'recovery' ? 'recovered' : undefined;
  return leaf === undefined ? undefined : { lifecycle, leaf, command: '', to: leaf };
}

function partFor(head: Head): AttachmentPart {
  const { unit, parts, marks } = head.snapshot.context as unknown as ScenarioContext;
  if (leavesOf(head.snapshot).includes('declaration.draft')) return missingParts(unit.kind, Object.keys(parts))[0] ?? 'auditReport';
  return marks.includes('/attachments/auditReport') ? 'auditReport' : 'otherEvidence';
}

/** Asks about something that is not there: an offer without arguments cannot know. */
function isEmptyAsk(command: string, context: ScenarioContext): boolean {
  if (command === 'resolveFinding') return context.findings.length === 0;
  if (command === 'assignExperts') return world.experts.every((id) => context.experts.includes(id) || context.recused.includes(id));
  if (command === 'dismissExpert') return context.experts.every((id) => context.sheets[id] !== undefined);
  if (command === 'completeMilestone') return context.milestones.every(({ doneOn }) => doneOn !== null);
  return command === 'removeAttachment' && Object.keys(context.parts).length === 0;
}

function hasOpenRecovery({ snapshot }: Head): boolean {
  return Object.values((snapshot.context as unknown as Partial<ScenarioContext>).recoveries ?? {}).some(({ open }) => open);
}

function isWorking(lifecycle: LifecycleName, leaves: readonly string[]): boolean {
  return graphFor(lifecycle).leaves.some(({ path, kind }) => kind === 'working' && leaves.includes(path));
}

function pathOf({ lifecycle, id }: Head): string {
  const folder = lifecycle === 'publication' ? 'batches' : lifecycle === 'recovery' ? 'recoveries' : 'scenarios';
  return `/${folder}/${id}`;
}
