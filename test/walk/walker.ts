import type { LifecycleName, Snapshot } from '../../machines/decision.ts';
import { leavesOf } from '../../machines/position.ts';
import type { ScenarioContext } from '../../machines/scenario/context.ts';
import { loadCase } from '../../functions/store/load.ts';
import type { Head } from '../../functions/store/case.ts';
import { accepted, type CaseView } from '../demo/story.ts';
import { samplePdf } from '../fixtures/sample-pdf.ts';
import { Asker, pathOf, type Answered, type Gear } from './asker.ts';
import { graphFor, type Row } from './coverage.ts';
import { drainFund } from './fund.ts';
import { isOfTheDeferred, steer, waitsFor, type Choice } from './helm.ts';
import { Missions } from './missions.ts';
import { pick } from './random.ts';
import { roam } from './roam.ts';
import type { Traveller } from './ways.ts';
import { formOf, type Wish } from './world.ts';

/** What a step came to: something was accepted or refused, the case is over, or it waits: for an instant, for the half-year's batch, or for others. */
export type StepOutcome = Answered | 'over' | 'waitsForBatch' | { readonly until: string };

/** Walks cases through the API, as whoever may act: each bound for a row that no walk has taken yet, at random where nothing is left to find. */
export class Walker {
  readonly #gear: Gear;
  /** Asks the API in everybody's name. */
  readonly asker: Asker;
  /** Where each case is bound for. */
  readonly missions: Missions;
  /** Scenarios about to enter the archive, whose open recovery waits in collecting until they do. */
  readonly #awaited = new Set<string>();
  /** Scenarios that wait until their wait for a batch is over: no list is signed before. */
  readonly #waitingOut = new Set<string>();

  constructor(gear: Gear) {
    this.#gear = gear;
    this.asker = new Asker(gear);
    this.missions = new Missions(gear.coverage, gear.random, gear.policy);
  }

  async #openList(): Promise<string> {
    const person = pick(['lu-fang', 'mo-qiang', 'nong-min', 'tan-jun'], this.#gear.random);
    return accepted(await this.#gear.story.as(person).post<CaseView>('/lists', { title: '走查清单' }), `${person} opens a list`).id;
  }

  /** Opens a scenario or a list, of a shape that some row asks for while there are untaken ones; answers its id. */
  async open(): Promise<string> {
    const { story, random } = this.#gear;
    const row = this.missions.unclaimed();
    if (row?.lifecycle === 'scenarioList') return this.#openList();
    const funding = row ? (row.lifecycle as ScenarioContext['funding']) : pick(['governmentInvestment', 'governmentInvestment', 'socialInvestment'] as const, random);
    const person = pick(funding === 'governmentInvestment' ? ['wei-lan', 'qin-hai', 'meng-jie'] : ['qin-hai', 'meng-jie'], random);
    const id = await story.open(person, funding, formOf(funding, random, row ? wishOf(row) : {}));
    if (funding === 'socialInvestment' && random() < 0.9) await this.asker.attachAll(person, id);
    return id;
  }

  /** Opens a demand for data of a scenario; answers its id. */
  async openDemand(scenario: string): Promise<string> {
    const { snapshot } = await this.#head(scenario);
    const answer = await this.#gear.story.as(String(snapshot.context['filer'])).post<{ readonly id: string }>('/demands', { scenario, level: 'region', handler: 'gx-info-center', dataTypes: ['企业登记'], scope: '全区近三年', purpose: '核验经营主体' });
    if (answer.status !== 201) throw new Error(`no demand: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body.id;
  }

  /** One step of a case. */
  async step(id: string, now: string): Promise<StepOutcome> {
    const head = await this.#head(id);
    if (head.snapshot.status === 'done') {
      this.missions.over(id);
      this.#waitingOut.delete(id);
      return 'over';
    }
    const traveller: Traveller = { lifecycle: head.lifecycle, context: head.snapshot.context, policy: this.#gear.policy };
    const leaves = leavesOf(head.snapshot);
    if (await this.#isAwaited(head, leaves)) return 'waits';
    if (leaves[0] === 'awaitingSignOff' && this.#waitingOut.size > 0) return 'waits';
    const choices = this.asker.choicesIn(head.snapshot, now);
    const row = this.missions.of(id, traveller, leaves) ?? (this.missions.areOpen() ? onward(head.lifecycle) : undefined);
    this.#await(head, choices, row);
    if (leaves[0] === 'awaitingBatch' && row?.leaf === 'awaitingBatch' && row.command === 'deadlinePassed') this.#waitingOut.add(id);
    else this.#waitingOut.delete(id);
    if (!row) return this.#roamOn(head, choices, now);
    const choice = steer({ traveller, leaves, choices, row, random: this.#gear.random });
    if (!choice) return this.#waitOn(head, row, traveller, leaves);
    return this.#goOn(head, row, choice, now);
  }

  // A repayment is to be noted in the archive: it is recorded in the moment the archive is entered, and not before.
  #await({ id, snapshot }: Head, choices: readonly Choice[], row: Row | undefined): void {
    this.#awaited.delete(id);
    if (row?.leaf !== 'archiving' || row.command !== 'noteRecovery' || !hasOpenRecovery(snapshot)) return;
    if (leavesOf(snapshot).length === 1 && choices.some(({ command }) => command === 'acceptCase')) this.#awaited.add(id);
  }

  async #isAwaited({ snapshot }: Head, leaves: readonly string[]): Promise<boolean> {
    const scenario = String(snapshot.context['scenario']);
    if (leaves[0] !== 'collecting' || !this.#awaited.has(scenario)) return false;
    return (await this.#head(scenario)).snapshot.status === 'active';
  }

  async #roamOn(head: Head, choices: readonly Choice[], now: string): Promise<StepOutcome> {
    const choice = roam(head, choices, this.missions.areOpen(), this.#gear.random);
    return choice ? this.asker.ask(head, choice, now) : head.snapshot.value === 'awaitingBatch' ? 'waitsForBatch' : 'waits';
  }

  #waitOn(head: Head, row: Row, traveller: Traveller, leaves: readonly string[]): StepOutcome {
    const what = waitsFor({ traveller, leaves, row });
    if (what === 'batch') return 'waitsForBatch';
    if (what) return { until: head.at[what.leaf]?.dueAt ?? '' };
    // A recovery takes its time; a case that waits for one gives up later, but it does.
    if (!isWorking(head.lifecycle, leaves)) this.missions.fruitless(head.id, hasOpenRecovery(head.snapshot) ? 0.3 : 1);
    return 'waits';
  }

  async #goOn(head: Head, row: Row, choice: Choice, now: string): Promise<StepOutcome> {
    // An advance is deferred where the award has to wait for money.
    if (isOfTheDeferred(row) && choice.command === 'approveAward' && !(await drainFund(this.#gear.story))) return 'waits';
    const entered = isWorking(row.lifecycle, [row.leaf]) ? this.asker.foreseen(head, choice, now) : undefined;
    const outcome = entered && leavesOf(entered).includes(row.leaf) && !leavesOf(head.snapshot).includes(row.leaf) ? await this.#slipIn(head, choice, entered, row, now) : await this.asker.ask(head, choice, now);
    if (outcome === 'accepted' && choice.command === row.command && leavesOf(head.snapshot).includes(row.leaf)) this.missions.taken(head.id);
    else if (outcome === 'refused' || leavesOf(head.snapshot).includes(row.leaf)) this.missions.fruitless(head.id);
    return outcome;
  }

  /** Enters a leaf in which the cloud works, and asks there for what the row says before the work is done. */
  async #slipIn(head: Head, choice: Choice, entered: Snapshot, row: Row, now: string): Promise<StepOutcome> {
    const person = String(head.snapshot.context['filer']);
    const confirm = row.command === 'confirmAttachment' ? await this.#gear.story.upload(person, pathOf(head), 'otherEvidence', samplePdf(`${head.id} ${this.#gear.random()}`)) : undefined;
    const infect = row.command === 'quarantineAttachment' ? await this.asker.infected(person, head) : undefined;
    const repay = row.command === 'noteRecovery' ? await this.#repayment(head, now) : undefined;
    if (row.command === 'noteRecovery' && !repay) return 'waits';
    const outcome = await this.asker.ask(head, choice, now);
    if (outcome !== 'accepted') return outcome;
    if (confirm) await confirm().catch((error: unknown) => this.asker.refused('confirmAttachment', String(error)));
    else if (infect) await infect();
    else if (repay) await repay();
    else await this.#askAt({ ...head, snapshot: entered, version: head.version + 1 }, moment(row.command, entered), now);
    this.missions.fruitless(head.id);
    return 'accepted';
  }

  /** Asks for commands one right after the other, by whoever may. */
  async #askAt(head: Head, commands: readonly string[], now: string): Promise<void> {
    let at: Head = head;
    for (const command of commands) {
      const choice = this.asker.choicesIn(at.snapshot, now).find((each) => each.command === command);
      if (!choice || (await this.asker.ask(at, choice, now)) !== 'accepted') return;
      at = { ...at, snapshot: this.asker.foreseen(at, choice, now) ?? at.snapshot, version: at.version + 1 };
    }
  }

  /** A repayment of a case's open recovery, ready to be recorded; undefined while none is owed. */
  async #repayment(head: Head, now: string): Promise<(() => Promise<StepOutcome>) | undefined> {
    const [id] = Object.entries((head.snapshot.context as unknown as ScenarioContext).recoveries).find(([, { open }]) => open) ?? [];
    const recovery = id === undefined ? undefined : await this.#head(id);
    const choice = recovery && this.asker.choicesIn(recovery.snapshot, now).find(({ command }) => command === 'recordRepayment');
    return recovery && choice && (() => this.asker.ask(recovery, choice, now));
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
  if (to === 'settlement.advancePayable' && command === 'passAcceptance') return { stage: 'proposed', plainMoney: true };
  if (leaf === 'irsRegistration' || to === 'irsRegistration' || /^settlement\.(award|advance)/.test(leaf) || to === 'settlement.awardProposing') return { stage: 'built', plainMoney: true };
  const comesFromBuilding = leaf.startsWith('construction.') || to === 'construction' || leaf.startsWith('acceptance.');
  return { ...(comesFromBuilding && { stage: 'proposed' }), plainMoney: !command.endsWith('FundingClass') };
}

/** Where a batch, a recovery or a demand goes that is bound for nothing: to its end, because others wait for it; the fund to where it is kept. */
function onward(lifecycle: LifecycleName): Row | undefined {
  const leaf = { publication: 'published', recovery: 'recovered', scenarioList: 'accepted', dataDemand: 'satisfied', fund: 'keeping' }[lifecycle as string];
  return leaf === undefined ? undefined : { lifecycle, leaf, command: '', to: leaf };
}

/** What is asked in the moment that the cloud works, with what has to be done right before. */
function moment(command: string, { context }: Snapshot): readonly string[] {
  if (command === 'resume') return ['hold', command];
  return command === 'resolveFinding' && (context as unknown as ScenarioContext).findings.length === 0 ? ['recordFinding', command] : [command];
}

function hasOpenRecovery(snapshot: Snapshot): boolean {
  return Object.values((snapshot.context as unknown as Partial<ScenarioContext>).recoveries ?? {}).some(({ open }) => open);
}

function isWorking(lifecycle: LifecycleName, leaves: readonly string[]): boolean {
  return graphFor(lifecycle).leaves.some(({ path, kind }) => kind === 'working' && leaves.includes(path));
}
