import { decide } from '../../machines/decide.ts';
import { factsOf } from '../../machines/facts.ts';
import type { Command, Json, Offer, Snapshot } from '../../machines/decision.ts';
import type { ListContext } from '../../machines/list/context.ts';
import { openPromises, type DemandContext } from '../../machines/demand/rules.ts';
import { offers } from '../../machines/offers.ts';
import { leavesOf } from '../../machines/position.ts';
import type { ScenarioContext } from '../../machines/scenario/context.ts';
import { unprovedFen } from '../../machines/scenario/money.ts';
import { panelAtWork } from '../../machines/scenario/panel.ts';
import type { Head } from '../../functions/store/case.ts';
import type { Table } from '../../functions/store/table.ts';
import { missingParts, type AttachmentPart } from '../../shared/contracts/attachments.ts';
import type { Actor } from '../../shared/actor.ts';
import type { CommandType } from '../../shared/contracts/commands.ts';
import type { Story } from '../demo/story.ts';
import { samplePdf } from '../fixtures/sample-pdf.ts';
import { eicar } from '../harness/clamd.ts';
import type { Coverage } from './coverage.ts';
import type { Choice } from './helm.ts';
import { pick } from './random.ts';
import { colleagues, ownFindings, sampleArgs } from './sample-args.ts';
import { actors, world } from './world.ts';

/** What an ask came to; it `waits` where the unit owes money just now, and the case goes on when that is settled. */
export type Answered = 'accepted' | 'refused' | 'waits';

/** Who a walk acts through, where it looks, and what decides it. */
export interface Gear {
  readonly story: Story;
  readonly table: Table;
  readonly coverage: Coverage;
  readonly random: () => number;
  readonly policy: string;
}

/** Asks the API for things in everybody's name, with arguments that a person could give. */
export class Asker {
  readonly #gear: Gear;
  /** Answers that no walk may get: anything but accepted, refused by a rule, or stale. */
  readonly surprises: string[] = [];
  /** How often which command was refused, and why. */
  readonly refusals = new Map<string, number>();

  constructor(gear: Gear) {
    this.#gear = gear;
  }

  /** What anybody may ask for in a case, as far as there is something to ask about. */
  choicesIn(snapshot: Snapshot, now: string): Choice[] {
    const context = snapshot.context as unknown as ScenarioContext;
    const possible = (actor: Actor) => ({ allowed, command }: Offer) => allowed && command in sampleArgs && !isEmptyAsk(command, context, now, actor);
    const asked = actors.flatMap((actor) => offers(snapshot, { actor, now, policy: this.#gear.policy }).filter(possible(actor)).map(({ command }) => ({ actor, command })));
    // Whoever may upload a file may upload an infected one: then the system locks it away.
    return [...asked, ...asked.filter(({ command }) => command === 'confirmAttachment').map(({ actor }) => ({ actor, command: 'quarantineAttachment' }))];
  }

  /** Asks for one thing in one person's name. */
  async ask(head: Head, { actor, command }: Choice, now: string): Promise<Answered> {
    if (command === 'confirmAttachment') return this.#attachOne(actor.person, head);
    if (command === 'quarantineAttachment') return this.#infect(actor.person, head);
    const args = await this.#argsOf(head, { actor, command }, now);
    if (!args) return 'refused';
    const answer = await this.#gear.story.as(actor.person).post<Record<string, unknown>>(`${pathOf(head)}/commands/${command}`, args, head.version);
    if (answer.status === 200) return 'accepted';
    const why = String(answer.body['rule'] ?? answer.body['type']);
    this.refused(command, why);
    if (![409, 412, 422].includes(answer.status)) this.surprises.push(`${actor.person} ${command} on ${head.id}: ${answer.status} ${JSON.stringify(answer.body)}`);
    // The unit owes money just now; the case goes on when that is settled.
    return why === 'unitHasNoOpenRecovery' ? 'waits' : 'refused';
  }

  /** Some commands name what only the API tells. */
  async #argsOf(head: Head, { actor, command }: Choice, now: string): Promise<{ readonly [key: string]: Json } | undefined> {
    if (command === 'removeAttachment') return this.#removal(actor.person, head);
    const args = this.#argsFor(head.snapshot.context, command, now, actor.person);
    if (command !== 'sealList') return args;
    const { body } = await this.#gear.story.as(actor.person).get<{ readonly digests: { readonly sha256: string; readonly sm3: string } }>(`${pathOf(head)}/rows`);
    return { ...args, listSha256: body.digests.sha256, listSm3: body.digests.sm3 };
  }

  #argsFor(context: Snapshot['context'], command: string, now: string, actor: string): { readonly [key: string]: Json } {
    return sampleArgs[command as CommandType]?.({ context, now, policy: this.#gear.policy, random: this.#gear.random, actor, world }) ?? {};
  }

  async #attachOne(person: string, head: Head): Promise<Answered> {
    const part = partFor(head);
    try {
      await this.#gear.story.attach(person, pathOf(head), part, samplePdf(`${part} ${this.#gear.random()}`));
      return 'accepted';
    } catch (error) {
      this.refused('confirmAttachment', error instanceof Error ? error.message.slice(0, 60) : '');
      return 'refused';
    }
  }

  async #infect(person: string, head: Head): Promise<Answered> {
    const confirm = await this.infected(person, head).catch((error: unknown) => void this.refused('quarantineAttachment', String(error).slice(0, 60)));
    return (await confirm?.()) ?? 'refused';
  }

  /** Uploads a file that the scanner behind the cloud will find infected; what it answers confirms it. */
  async infected(person: string, head: Head): Promise<() => Promise<Answered>> {
    const confirm = await this.#gear.story.upload(person, pathOf(head), partFor(head), Buffer.concat([samplePdf(`${head.id} ${this.#gear.random()}`), Buffer.from(eicar)]));
    return () => confirm().then((): Answered => 'refused', (error: unknown): Answered => (String(error).includes('fileIsClean') ? 'accepted' : 'refused'));
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

  /** Uploads everything that the filing of a company needs. */
  async attachAll(person: string, id: string): Promise<void> {
    for (const part of missingParts('enterprise', [])) await this.#gear.story.attach(person, `/scenarios/${id}`, part, samplePdf(`${id} ${part}`));
  }

  /** Counts a refusal. */
  refused(command: string, why: string): void {
    const key = `${command}: ${why}`;
    this.refusals.set(key, (this.refusals.get(key) ?? 0) + 1);
  }

  /** The case as it will be after a command, where that needs no look outside. */
  foreseen(head: Head, { actor, command }: Choice, now: string): Snapshot | undefined {
    const asked: Command = { type: command, args: this.#argsFor(head.snapshot.context, command, now, actor.person) };
    if (command === 'confirmAttachment' || Object.keys(factsOf(head.snapshot, asked)).length > 0) return undefined;
    const decision = decide(head.snapshot, asked, { actor, now, policy: this.#gear.policy, facts: {} });
    return decision.ok ? decision.snapshot : undefined;
  }
}

/** The address of a case below the API. */
export function pathOf({ lifecycle, id }: Head): string {
  const folder = { publication: 'batches', recovery: 'recoveries', scenarioList: 'lists', dataDemand: 'demands', fund: 'funds' }[lifecycle as string] ?? 'scenarios';
  return `/${folder}/${id}`;
}

function partFor(head: Head): AttachmentPart {
  const { unit, parts, marks } = head.snapshot.context as unknown as ScenarioContext;
  if (leavesOf(head.snapshot).includes('declaration.draft')) return missingParts(unit.kind, Object.keys(parts))[0] ?? 'auditReport';
  return marks.includes('/attachments/auditReport') ? 'auditReport' : 'otherEvidence';
}

/** Asks about something that is not there: an offer without arguments cannot know. */
function isEmptyAsk(command: string, context: ScenarioContext, now: string, actor: Actor): boolean {
  if (command === 'resolveFinding') return ownFindings({ context, actor: actor.person, world }).length === 0;
  if (command === 'recordExpense') return unprovedFen(context) === 0;
  if (command === 'assignExperts') {
    const { experts, recused, alternates = [] } = panelAtWork(context);
    return world.expertsFor(context, now.slice(0, 10)).every((id) => [...experts, ...recused, ...alternates].includes(id));
  }
  if (command === 'askCountersigns' || command === 'transferCountersign' || command === 'addCountersigner') return colleagues({ context, actor: actor.person, world }).length === 0;
  if (command === 'dismissExpert') {
    const { experts, answered } = panelAtWork(context);
    return experts.every((id) => answered.includes(id));
  }
  if (['editRow', 'removeRow', 'assignRow', 'orderRows'].includes(command)) return (context as unknown as ListContext).rows.length === 0;
  if (command === 'recordDelivery') return openPromises(context as unknown as DemandContext).length === 0;
  if (command === 'completeMilestone') return context.milestones.every(({ doneOn }) => doneOn !== null);
  return command === 'removeAttachment' && Object.keys(context.parts).length === 0;
}
