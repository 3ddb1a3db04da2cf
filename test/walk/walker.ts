import { loadCase } from '../../functions/store/load.ts';
import type { Head } from '../../functions/store/case.ts';
import type { Table } from '../../functions/store/table.ts';
import type { Command, Json, LifecycleName, Offer } from '../../machines/decision.ts';
import { offers } from '../../machines/offers.ts';
import { leavesOf } from '../../machines/position.ts';
import { missingParts } from '../../shared/contracts/attachments.ts';
import type { CommandType } from '../../shared/contracts/commands.ts';
import type { Actor } from '../../shared/actor.ts';
import type { ScenarioContext } from '../../machines/scenario/context.ts';
import { samplePdf } from '../fixtures/sample-pdf.ts';
import type { Story } from '../demo/story.ts';
import { bearing, type Bearing } from './compass.ts';
import type { Coverage } from './coverage.ts';
import { pick } from './random.ts';
import { sampleArgs } from './sample-args.ts';
import { actors, formOf, world } from './world.ts';

/** Something one person could ask for now. */
interface Choice {
  readonly actor: Actor;
  readonly command: string;
}

/** What a step came to. */
export type StepOutcome = 'accepted' | 'refused' | 'nothingToDo' | 'over';

/** Walks cases at random through the API, as whoever may act, rather towards what no walk has taken yet. */
export class Walker {
  readonly #story: Story;
  readonly #table: Table;
  readonly #coverage: Coverage;
  readonly #random: () => number;
  readonly #policy: string;
  /** Answers that no walk may get: anything but accepted, refused by a rule, or stale. */
  readonly surprises: string[] = [];
  readonly #goals = new Map<string, string>();
  readonly #vain = new Map<string, number>();
  /** How often which command was refused, and why. */
  readonly refusals = new Map<string, number>();

  constructor(story: Story, table: Table, coverage: Coverage, random: () => number, policy: string) {
    this.#story = story;
    this.#table = table;
    this.#coverage = coverage;
    this.#random = random;
    this.#policy = policy;
  }

  /** Opens a scenario of either class; answers its id. */
  async open(): Promise<string> {
    const funding = pick(['governmentInvestment', 'governmentInvestment', 'socialInvestment'] as const, this.#random);
    const person = funding === 'governmentInvestment' ? 'wei-lan' : pick(['qin-hai', 'meng-jie'], this.#random);
    const id = await this.#story.open(person, funding, formOf(funding, this.#random));
    if (funding === 'socialInvestment' && this.#random() < 0.9) await this.#attachAll(person, id);
    return id;
  }

  /** One step of a case. */
  async step(id: string, now: string): Promise<StepOutcome> {
    const head = await loadCase(this.#table, id);
    if (!head) throw new Error(`there is no case ${id}`);
    if (head.snapshot.status === 'done') return 'over';
    const choice = this.#choose(head, now);
    return choice ? this.#ask(head, choice, now) : 'nothingToDo';
  }

  #choose(head: Head, now: string): Choice | undefined {
    const choices = actors.flatMap((actor) => this.#choicesOf(actor, head, now));
    const leaves = leavesOf(head.snapshot);
    const goal = this.#goalOf(head, leaves);
    const weights = choices.map(({ command }) => weightOf(command, goal === undefined ? this.#freshIn(head, leaves, command) : 0) * pull[goal === undefined ? 'aside' : bearing(head.lifecycle, goal, leaves, command)]);
    // While the cloud works on a case, or only exits are left, waiting is a choice, too.
    let left = this.#random() * weights.reduce((sum, weight) => sum + weight, idleWeight);
    return choices.find((_, index) => (left -= weights[index] ?? 0) <= 0);
  }

  #choicesOf(actor: Actor, head: Head, now: string): Choice[] {
    const asked = { actor, now, policy: this.#policy };
    const possible = ({ allowed, command }: Offer) => allowed && command in sampleArgs && !isEmptyAsk(command, head.snapshot.context as unknown as ScenarioContext);
    return offers(head.snapshot, asked).filter(possible).map(({ command }) => ({ actor, command }));
  }

  /** Where a case is bound for: a leaf with gaps. Once there it roams, doing whatever is fresh, until it is sent on. */
  #goalOf(head: Head, leaves: readonly string[]): string | undefined {
    const gaps = this.#coverage.leavesWithGaps(head.lifecycle);
    const bound = this.#goals.get(head.id);
    const sentOn = bound === undefined || (bound === roaming && this.#random() < 0.1) || (bound !== roaming && !gaps.includes(bound));
    const goal = sentOn && gaps.length > 0 ? pick(gaps, this.#random) : (bound ?? roaming);
    this.#goals.set(head.id, leaves.includes(goal) ? roaming : goal);
    return goal === roaming || leaves.includes(goal) ? undefined : goal;
  }

  /** What is refused here again and again is no longer worth more than anything else. */
  #freshIn(head: Head, leaves: readonly string[], command: string): number {
    const tries = this.#vain.get(`${head.lifecycle} ${leaves.join()} ${command}`) ?? 0;
    return tries >= 3 ? 0 : this.#coverage.fresh(head.lifecycle, leaves, command);
  }

  async #ask(head: Head, { actor, command }: Choice, now: string): Promise<StepOutcome> {
    const path = pathOf(head.lifecycle, head.id);
    if (command === 'confirmAttachment') return this.#attachOne(actor.person, path, head);
    const { args } = this.#commandFor(head, command, now);
    const answer = await this.#story.as(actor.person).post<Record<string, unknown>>(`${path}/commands/${command}`, args, head.version);
    if (answer.status === 200) return 'accepted';
    this.#refused(command, String(answer.body['rule'] ?? answer.body['type']));
    const here = `${head.lifecycle} ${leavesOf(head.snapshot).join()} ${command}`;
    this.#vain.set(here, (this.#vain.get(here) ?? 0) + 1);
    if (![409, 412, 422].includes(answer.status)) this.surprises.push(`${actor.person} ${command} on ${head.id}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return 'refused';
  }

  #commandFor(head: Head, command: string, now: string): Command {
    const { context } = head.snapshot;
    const sample = sampleArgs[command as CommandType];
    if (command === 'removeAttachment') return { type: command, args: removal(context as unknown as ScenarioContext) };
    return { type: command, args: sample ? sample({ context, now, policy: this.#policy, random: this.#random, world }) : {} };
  }

  async #attachOne(person: string, path: string, head: Head): Promise<StepOutcome> {
    const missing = missingParts((head.snapshot.context as unknown as ScenarioContext).unit.kind, Object.keys(head.snapshot.context['parts'] as object));
    const filing = leavesOf(head.snapshot).some((leaf) => leaf === 'declaration.draft' || leaf.endsWith('.returned'));
    const part = filing ? (missing[0] ?? 'auditReport') : 'otherEvidence';
    try {
      await this.#story.attach(person, path, part, samplePdf(`${part} ${this.#random()}`));
      return 'accepted';
    } catch (error) {
      this.#refused('confirmAttachment', error instanceof Error ? error.message.slice(0, 60) : '');
      return 'refused';
    }
  }

  #refused(command: string, why: string): void {
    const key = `${command}: ${why}`;
    this.refusals.set(key, (this.refusals.get(key) ?? 0) + 1);
  }

  async #attachAll(person: string, id: string): Promise<void> {
    const parts = missingParts('enterprise', []);
    for (const part of parts) await this.#story.attach(person, `/scenarios/${id}`, part, samplePdf(`${id} ${part}`));
  }
}

const ends = new Set(['withdraw', 'terminate', 'void', 'decline', 'rejectFiling', 'proposeRejection', 'cancelBatch', 'waiveAward', 'closeWithoutCase', 'failAcceptance', 'recordBreach', 'hold', 'proposeDrop', 'proposeWriteOff']);
const asides = new Set(['saveForm', 'removeAttachment', 'recordFinding', 'fileStageReport', 'planMilestones', 'confirmAttachment', 'returnForCorrection', 'sendBack', 'returnAward', 'refreeze', 'orderRecovery', 'recordEvaluation', 'returnCase', 'dismissExpert', 'recuse']);

const roaming = '';
const idleWeight = 0.5;
const pull: Readonly<Record<Bearing, number>> = { nearer: 10, aside: 1, away: 0.02 };

// Untaken ways first, ends rarely once they are known: a walk that is voided at its second step shows nothing of what comes later.
function weightOf(command: string, fresh: number): number {
  const base = ends.has(command) ? (fresh > 0 ? 0.15 : 0.02) : asides.has(command) ? 0.1 : command === 'resume' ? 2 : 1;
  return base * (1 + Math.min(fresh, 3) * 4);
}

/** Asks about something that is not there: an offer without arguments cannot know. */
function isEmptyAsk(command: string, context: ScenarioContext): boolean {
  if (command === 'resolveFinding') return context.findings.length === 0;
  if (command === 'assignExperts') return world.experts.every((id) => context.experts.includes(id) || context.recused.includes(id));
  if (command === 'dismissExpert') return context.experts.length === 0;
  return command === 'removeAttachment' && Object.keys(context.parts).length === 0;
}

function removal({ parts }: ScenarioContext): { readonly [key: string]: Json } {
  return { attachment: 'unknown', part: Object.keys(parts)[0] ?? 'auditReport' };
}

function pathOf(lifecycle: LifecycleName, id: string): string {
  const folder = lifecycle === 'publication' ? 'batches' : lifecycle === 'recovery' ? 'recoveries' : 'scenarios';
  return `/${folder}/${id}`;
}
