import { loadCase } from '../../functions/store/load.ts';
import type { Head } from '../../functions/store/case.ts';
import type { Table } from '../../functions/store/table.ts';
import type { Command, Json, LifecycleName } from '../../machines/decision.ts';
import { offers } from '../../machines/offers.ts';
import { leavesOf } from '../../machines/position.ts';
import { attachmentParts, missingParts } from '../../shared/contracts/attachments.ts';
import type { CommandType } from '../../shared/contracts/commands.ts';
import type { Actor } from '../../shared/actor.ts';
import type { ScenarioContext } from '../../machines/scenario/context.ts';
import { samplePdf } from '../fixtures/sample-pdf.ts';
import type { Story } from '../demo/story.ts';
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
  refusals = 0;

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
    const weights = choices.map(({ command }) => weightOf(command, this.#coverage.fresh(head.lifecycle, leaves, command)));
    let left = this.#random() * weights.reduce((sum, weight) => sum + weight, 0);
    return choices.find((_, index) => (left -= weights[index] ?? 0) <= 0);
  }

  #choicesOf(actor: Actor, head: Head, now: string): Choice[] {
    const asked = { actor, now, policy: this.#policy };
    return offers(head.snapshot, asked).filter(({ allowed, command }) => allowed && (command === 'confirmAttachment' || command in sampleArgs)).map(({ command }) => ({ actor, command }));
  }

  async #ask(head: Head, { actor, command }: Choice, now: string): Promise<StepOutcome> {
    const path = pathOf(head.lifecycle, head.id);
    if (command === 'confirmAttachment') return this.#attachOne(actor.person, path, head);
    const { args } = this.#commandFor(head, command, now);
    const answer = await this.#story.as(actor.person).post<Record<string, unknown>>(`${path}/commands/${command}`, args, head.version);
    if (answer.status === 200) return 'accepted';
    this.refusals += 1;
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
    const part = missing[0] ?? pick(['otherEvidence', 'auditReport'], this.#random);
    try {
      await this.#story.attach(person, path, part, samplePdf(`${part} ${this.#random()}`));
      return 'accepted';
    } catch {
      this.refusals += 1;
      return 'refused';
    }
  }

  async #attachAll(person: string, id: string): Promise<void> {
    const parts = Object.keys(attachmentParts).filter((part) => ['legalRepresentativeId', 'projectLeadId', 'businessLicence', 'approvalDocument', 'auditReport', 'fundingProof', 'spendingProof', 'commitmentLetter'].includes(part));
    for (const part of parts) await this.#story.attach(person, `/scenarios/${id}`, part, samplePdf(`${id} ${part}`));
  }
}

const ends = new Set(['withdraw', 'terminate', 'void', 'decline', 'rejectFiling', 'proposeRejection', 'cancelBatch', 'waiveAward', 'closeWithoutCase', 'failAcceptance', 'recordBreach', 'hold', 'proposeDrop', 'proposeWriteOff']);
const asides = new Set(['saveForm', 'removeAttachment', 'recordFinding', 'fileStageReport', 'planMilestones', 'confirmAttachment', 'returnForCorrection', 'sendBack', 'returnAward', 'refreeze', 'orderRecovery', 'recordEvaluation', 'returnCase', 'dismissExpert', 'recuse']);

// Untaken ways first, ends rarely: a walk that is voided at its second step shows nothing of what comes later.
function weightOf(command: string, fresh: number): number {
  const base = ends.has(command) ? 0.02 : asides.has(command) ? 0.1 : command === 'resume' ? 2 : 1;
  return base * (1 + Math.min(fresh, 3) * 4);
}

function removal({ parts }: ScenarioContext): { readonly [key: string]: Json } {
  return { attachment: 'unknown', part: Object.keys(parts)[0] ?? 'auditReport' };
}

function pathOf(lifecycle: LifecycleName, id: string): string {
  const folder = lifecycle === 'publication' ? 'batches' : lifecycle === 'recovery' ? 'recoveries' : 'scenarios';
  return `/${folder}/${id}`;
}
