import { loadCase } from '../../functions/store/load.ts';
import type { Head } from '../../functions/store/case.ts';
import type { Table } from '../../functions/store/table.ts';
import type { Path, PathStep } from '../../machines/derive/paths.ts';
import type { Json } from '../../machines/decision.ts';
import { commandRow, isCommand } from '../../machines/commands.ts';
import { offers } from '../../machines/offers.ts';
import { leavesOf } from '../../machines/position.ts';
import type { FundingClass, ScenarioContext } from '../../machines/scenario/context.ts';
import { inspectionOf } from '../../machines/scenario/inspection.ts';
import { basisOf, caseCeiling, nextApprover } from '../../machines/scenario/money.ts';
import { policyOf } from '../../shared/policy.ts';
import { inspectionChecks } from '../../shared/contracts/building-kinds.ts';
import { missingParts } from '../../shared/contracts/attachments.ts';
import type { CommandType } from '../../shared/contracts/commands.ts';
import type { Story } from '../demo/story.ts';
import { samplePdf } from '../fixtures/sample-pdf.ts';
import { drainFund } from './fund.ts';
import { sampleArgs } from './sample-args.ts';
import { actors, formAlong, world } from './world.ts';

/** How far a path was taken: it goes on, it waits for the cloud, for the half-year's batch, for a deadline or for the end of a recovery, it was walked to its end, or the rules cut it off (with the rule). */
export type Progress = 'goes' | 'works' | 'awaitsBatch' | 'awaitsTime' | 'awaitsRecovery' | 'walked' | { readonly cutBy: string };

/** Why a path ends where somebody would have had to step in while the cloud works: it was done before. */
export const outrun = 'the cloud finished its work before anybody stepped in';

/** Why a path ends that wanted to put its advance off: others gave money back between. */
export const funded = 'money came back before the advance was put off';

/** The rule by which a unit that owes money gets none. */
const owes = 'unitHasNoOpenRecovery';

/** The rule by which money that is not there is not paid: another path has emptied the budget, and fills it again soon. */
const unfunded = 'awardIsFunded';

/** What a run needs: the API, the records, the policy, and the dice. */
export interface Stage {
  readonly story: Story;
  readonly table: Table;
  readonly policy: string;
  readonly random: () => number;
  now: string;
  /** The scenario for whose sake the budget is empty just now. */
  drainedFor?: string | undefined;
}

/** One simple path of a scenario's chart, driven through the API by whoever may act. */
export class PathRun {
  readonly id: string;
  readonly path: Path;
  readonly #stage: Stage;
  #index = 0;
  progress: Progress = 'goes';
  compared = false;

  constructor(stage: Stage, id: string, path: Path) {
    this.#stage = stage;
    this.id = id;
    this.path = path;
  }

  /** Opens the scenario that fits a path and prepares to walk it. */
  static async open(stage: Stage, funding: FundingClass, path: Path): Promise<PathRun> {
    const leaves = new Set(path.flatMap(({ after }) => after));
    const form = formAlong(funding, { proposed: [...leaves].some((leaf) => leaf.startsWith('construction.')), crossCutting: leaves.has('leadUnit.confirming') }, stage.random);
    return new PathRun(stage, await stage.story.open(funding === 'governmentInvestment' ? 'wei-lan' : 'qin-hai', funding, form), path);
  }

  /** The instant at which the wait that the next step needs is over, when the run waits for time. */
  async dueAt(): Promise<string | undefined> {
    const head = await this.#head();
    return this.progress === 'awaitsTime' ? head.at[this.path[this.#index]?.from ?? '']?.dueAt : undefined;
  }

  /** Walks on until something has to happen elsewhere first. */
  async advance(): Promise<void> {
    this.progress = 'goes';
    while (this.progress === 'goes') this.progress = await this.#step();
    if (typeof this.progress === 'object' && this.#stage.drainedFor === this.id) this.#stage.drainedFor = undefined;
  }

  async #step(): Promise<Progress> {
    const step = this.path[this.#index];
    if (!step) return 'walked';
    if (isCommand(step.command) && commandRow(step.command).system) return this.#waitFor(step, await this.#head());
    return this.#take(step);
  }

  #waitFor({ command, from, guards }: PathStep, head: Head): Progress {
    // The period counts from a payment, and this path has none before its end: no time ends this wait.
    if (guards.includes('commitmentPeriodIsOver') && head.snapshot.context['commitmentUntil'] === null) return { cutBy: `${command}: commitmentPeriodIsOver` };
    if (from in head.at) return command === 'publish' ? 'awaitsBatch' : command === 'deadlinePassed' ? 'awaitsTime' : 'works';
    this.#index += 1;
    return 'goes';
  }

  async #take(step: PathStep): Promise<Progress> {
    const command = this.#instead(step);
    if (command === 'approveAward' && this.path[this.#index + 1]?.command === 'deferAdvance' && !(await this.#drain())) return 'awaitsRecovery';
    const unprepared = await this.#prepare(command);
    const head = await this.#head();
    const refusal = unprepared ?? (await this.#send(head, command, this.#argsAlong(step, command, head)));
    // Another path of the same unit owes money just now; this one goes on when that is settled.
    if (refusal === owes || refusal === unfunded) return 'awaitsRecovery';
    if (refusal === 'awardIsUnfunded') return { cutBy: funded };
    if (refusal !== undefined) return { cutBy: step.from in head.at ? `${command}: ${refusal}` : outrun };
    if (command === 'deferAdvance') this.#stage.drainedFor = undefined;
    const there = leavesOf((await this.#head()).snapshot);
    this.#index += 1;
    return there.every((leaf) => step.after.includes(leaf)) || this.path[this.#index - 1]?.after.length === 0 ? 'goes' : { cutBy: `${command}: leads to ${there.join(', ')}` };
  }

  // Two commands may lead to the same place; what is approved next says which proposal fits.
  #instead({ command }: PathStep): string {
    const next = this.path[this.#index + 1]?.command;
    if (command === 'proposeSelection' || command === 'proposeRejection') return next === 'approveRejection' ? 'proposeRejection' : 'proposeSelection';
    return command;
  }

  #argsAlong(step: PathStep, command: string, head: Head): { readonly [key: string]: Json } {
    const { context } = head.snapshot;
    const args = sampleArgs[command as CommandType]?.({ context, now: this.#stage.now, policy: this.#stage.policy, random: this.#stage.random, world }) ?? {};
    if (command === 'passAcceptance') return { ...args, finalAccountsFen: Math.ceil(basisOf(context as unknown as ScenarioContext).fen / (step.after.includes('evaluation.evaluating') ? 10 : 1)) };
    if (command === 'proposeAward') return { ...args, amountFen: caseCeiling(context as unknown as ScenarioContext, policyOf(this.#stage.policy)).ceilingFen };
    if (command === 'recordEvaluation') return { ...args, grade: 'ordinary', targetMet: true, ...(Array.isArray(args['judgements']) && { judgements: args['judgements'].map((each: object) => ({ ...each, met: true })) }) };
    if (command === 'replyOnLeadUnit') return { ...args, agree: true };
    if (command === 'recordInspection') return { ...args, result: 'met' };
    if (command === 'giveOpinion') return { ...args, verdict: 'pass' };
    if (command === 'submitSheet') return { ...args, scores: { majorTask: 80, innovation: 80, expectedTarget: 80, economicBenefit: 80, socialBenefit: 80 } };
    return args;
  }

  /** Empties the budget for rewards, one path at a time; answers whether it is empty now. */
  async #drain(): Promise<boolean> {
    const stage = this.#stage;
    if (stage.drainedFor !== undefined) return stage.drainedFor === this.id;
    stage.drainedFor = this.id;
    const isEmpty = await drainFund(stage.story);
    if (!isEmpty) stage.drainedFor = undefined;
    return isEmpty;
  }

  /** Does what a command needs done before; answers why that is not possible now, where others have to settle something first. */
  async #prepare(command: string): Promise<string | undefined> {
    const head = await this.#head();
    const context = head.snapshot.context as unknown as ScenarioContext;
    if (command === 'submit' && context.funding === 'socialInvestment') await this.#attachMissing(context);
    if (command === 'closeReview') await this.#review(context);
    if (command === 'passAcceptance') await this.#inspect(context);
    if (command === 'reopenReview') await this.#mustSend('fileObjection');
    const passesLeadUnit = this.path.some(({ after }) => after.includes('leadUnit.confirming'));
    if (command === 'confirmLeadUnit' || (command === 'approveSelection' && !passesLeadUnit && context.crossCutting.length > 0)) await this.#agreeOnLeadUnit(command === 'approveSelection');
    return command === 'confirmPayment' ? this.#approvePayment() : undefined;
  }

  async #attachMissing({ unit, parts }: ScenarioContext): Promise<void> {
    for (const part of missingParts(unit.kind, Object.keys(parts))) await this.#stage.story.attach('qin-hai', `/scenarios/${this.id}`, part, samplePdf(`${this.id} ${part}`));
  }

  async #review(context: ScenarioContext): Promise<void> {
    if (context.experts.length === 0) await this.#mustSend('assignExperts');
    const { experts, sheets, declared = [] } = (await this.#head()).snapshot.context as unknown as ScenarioContext;
    for (const expert of experts.filter((each) => sheets[each] === undefined).slice(0, 3)) {
      if (!declared.includes(expert)) await this.#mustSend('declareNoConflict', expert);
      await this.#mustSend('submitSheet', expert);
    }
  }

  /** What is missing for the result of an acceptance. */
  async #inspect(context: ScenarioContext): Promise<void> {
    if (inspectionOf(context).experts.length === 0) await this.#mustSend('assignExperts');
    for (const check of inspectionChecks) if (inspectionOf(context).checks[check]?.result !== 'met') await this.#mustSend('recordInspection');
    const { experts, opinions, declared = [] } = inspectionOf((await this.#head()).snapshot.context as unknown as ScenarioContext);
    for (const expert of experts.filter((each) => opinions[each] === undefined).slice(0, 3)) {
      if (!declared.includes(expert)) await this.#mustSend('declareNoConflict', expert);
      await this.#mustSend('giveOpinion', expert);
    }
  }

  /** A payment order, unless there is one, and as many approvals as its amount asks for; answers what refused one of them. */
  async #approvePayment(): Promise<string | undefined> {
    const context = async () => (await this.#head()).snapshot.context as unknown as ScenarioContext;
    let refusal = (await context()).order ? undefined : await this.#mustSend('orderPayment');
    while (refusal === undefined && nextApprover(await context(), policyOf(this.#stage.policy)) !== undefined) refusal = await this.#mustSend('approvePayment');
    return refusal;
  }

  async #agreeOnLeadUnit(confirm: boolean): Promise<void> {
    const { leadUnit } = (await this.#head()).snapshot.context as unknown as ScenarioContext;
    if (leadUnit?.confirmed) return;
    await this.#mustSend('proposeLeadUnit');
    for (const person of ['nong-min', 'tan-jun']) await this.#mustSend('replyOnLeadUnit', person);
    if (confirm) await this.#mustSend('confirmLeadUnit');
  }

  /** Sends what prepares a step; answers what refused it, which as a rule shows in the step it was for as well. */
  async #mustSend(command: string, person?: string): Promise<string | undefined> {
    const head = await this.#head();
    return this.#send(head, command, this.#argsAlong({ command, from: '', after: [], guards: [] }, command, head), person);
  }

  async #send(head: Head, command: string, args: { readonly [key: string]: Json }, person?: string): Promise<string | undefined> {
    const asked = { now: this.#stage.now, policy: this.#stage.policy };
    const able = actors.filter((actor) => offers(head.snapshot, { ...asked, actor }).some((offer) => offer.command === command && offer.allowed));
    const who = person ?? able[0]?.person;
    if (who === undefined) return this.#whyNobody(head, command);
    const answer = await this.#stage.story.as(who).post<Record<string, unknown>>(`/scenarios/${this.id}/commands/${command}`, args, head.version);
    if (answer.status === 200) return undefined;
    // Word of a recovery came in between: whoever asks looks again and asks once more.
    if (answer.status === 412) return this.#send(await this.#head(), command, args, who);
    if (![409, 422].includes(answer.status)) throw new Error(`${who} ${command} on ${this.id}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return String(answer.body['rule'] ?? answer.body['type']);
  }

  #whyNobody(head: Head, command: string): string {
    const refusals = actors.flatMap((actor) => offers(head.snapshot, { actor, now: this.#stage.now, policy: this.#stage.policy }).filter((offer) => offer.command === command)).map(({ refusal }) => refusal?.rule ?? refusal?.problem);
    return refusals.find((rule) => rule !== undefined) ?? 'not offered';
  }

  async #head(): Promise<Head> {
    const head = await loadCase(this.#stage.table, this.id);
    if (!head) throw new Error(`there is no case ${this.id}`);
    return head;
  }
}
