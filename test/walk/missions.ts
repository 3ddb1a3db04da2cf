import { graphFor, keyOf, type Coverage, type Row } from './coverage.ts';
import { paidFen } from '../../machines/scenario/money.ts';
import type { ScenarioContext } from '../../machines/scenario/context.ts';
import { isOpen, isPossibleUnder, stepsFrom, type Traveller } from './ways.ts';

/** Sends each case out for one row that no walk has taken yet, each row to one case at a time. */
export class Missions {
  readonly #coverage: Coverage;
  readonly #random: () => number;
  readonly #policy: string;
  readonly #current = new Map<string, { readonly row: Row; fruitless: number; steps: number }>();
  readonly #paid = new Set<string>();
  readonly #vain = new Map<string, Set<string>>();
  readonly #hoped = new Set<string>();

  constructor(coverage: Coverage, random: () => number, policy: string) {
    this.#coverage = coverage;
    this.#random = random;
    this.#policy = policy;
  }

  /** What a case is bound for; the nearest untaken row that it can still come to, rows that end it last. */
  of(id: string, traveller: Traveller, leaves: readonly string[]): Row | undefined {
    if (traveller.lifecycle.endsWith('Investment') && paidFen(traveller.context as unknown as ScenarioContext) > 0) this.#paid.add(id);
    const mission = this.#current.get(id);
    if (mission && (mission.steps += 1) > stepsAtMost) this.#giveUp(id, mission.row);
    const bound = this.#current.get(id)?.row;
    if (bound && this.#isWanted(id, bound) && isOpen(traveller, bound) && stepsFrom(traveller, leaves).has(bound.leaf)) return bound;
    this.#current.delete(id);
    const row = this.#choose(id, traveller, leaves);
    if (row) this.#current.set(id, { row, fruitless: 0, steps: 0 });
    return row;
  }

  /** A row that no case is bound for yet, for a new case to be made for; of scenarios and lists only, because the others open by themselves. */
  unclaimed(): Row | undefined {
    const claimed = this.#claimed();
    const free = this.#open().filter((row) => (row.lifecycle.endsWith('Investment') || row.lifecycle === 'scenarioList') && !claimed.has(keyOf(row)));
    return free[Math.floor(this.#random() * free.length)] ?? (this.#isErrandDue() ? errand : undefined);
  }

  /** Whether any row is left to find under the policy in force. */
  areOpen(): boolean {
    return this.#open().length > 0;
  }

  /** Whether a case is bound for a row of a command. */
  areBoundFor(command: string): boolean {
    return [...this.#current.values()].some(({ row }) => row.command === command);
  }

  /** Whether money was paid on a case: then its next step may ask some back, and its unit gets none meanwhile. */
  isPaid(id: string): boolean {
    return this.#paid.has(id);
  }

  /** The row was taken, as it seems: until the logs are counted nobody is sent there again. */
  taken(id: string): void {
    const mission = this.#current.get(id);
    if (mission) this.#hoped.add(keyOf(mission.row));
    this.#current.delete(id);
  }

  /** A step brought the mission no further; after some of them the case is sent elsewhere. */
  fruitless(id: string, much = 1): void {
    const mission = this.#current.get(id);
    if (!mission || (mission.fruitless += much) < (waitsForOthers(mission.row) ? shortPatience : patience)) return;
    this.#giveUp(id, mission.row);
  }

  /** The case has ended; its row is free. */
  over(id: string): void {
    this.#current.delete(id);
  }

  /** The logs were counted: what is missing now is missing. */
  counted(): void {
    this.#hoped.clear();
  }

  #giveUp(id: string, row: Row): void {
    // There is one fund only: whatever it could not do yet it tries again.
    if (row.lifecycle !== 'fund') this.#vain.set(id, (this.#vain.get(id) ?? new Set()).add(keyOf(row)));
    this.#current.delete(id);
  }

  #open(): Row[] {
    return this.#coverage.missing().filter((row) => isPossibleUnder(this.#policy, row) && !isForTheEnd(row));
  }

  #choose(id: string, traveller: Traveller, leaves: readonly string[]): Row | undefined {
    const missing = this.#coverage.missing(traveller.lifecycle);
    const steps = stepsFrom(traveller, leaves);
    const claimed = this.#claimed();
    const unitWaits = [...this.#current.values()].some(({ row }) => isLongDebt(row));
    const rows = missing.filter((row) => steps.has(row.leaf) && !isForTheEnd(row) && isOpen(traveller, row) && this.#isWanted(id, row) && !claimed.has(keyOf(row)) && !(unitWaits && isLongDebt(row)));
    if (rows.length === 0 && traveller.lifecycle === errand.lifecycle && this.#isErrandDue() && steps.has(errand.leaf) && isOpen(traveller, errand) && this.#isWanted(id, errand)) return errand;
    const costs = new Map(rows.map((row) => [row, (steps.get(row.leaf) ?? 0) + costOf(row) + this.#random()]));
    return rows.sort((a, b) => (costs.get(a) ?? 0) - (costs.get(b) ?? 0))[0];
  }

  #isWanted(id: string, row: Row): boolean {
    const key = keyOf(row);
    return (this.#coverage.isMissing(row) || (row === errand && this.#isRecoverySought())) && !this.#hoped.has(key) && !this.#vain.get(id)?.has(key);
  }

  /** Whether somebody should ask money back for the sake of the recovery alone. */
  #isErrandDue(): boolean {
    return this.#isRecoverySought() && ![...this.#current.values()].some(({ row }) => row === errand || row.lifecycle === 'recovery');
  }

  #isRecoverySought(): boolean {
    return this.#coverage.missing('recovery').length > 0;
  }

  /** Rows that enough cases are bound for: one while there are many to find, some of the last ones, or each would wait for the failure of the one before. */
  #claimed(): ReadonlySet<string> {
    const counts = Map.groupBy(this.#current.values(), ({ row }) => keyOf(row));
    const enough = this.#open().length > lastRows ? 1 : casesPerLastRow;
    return new Set([...counts].filter(([, cases]) => cases.length >= enough).map(([key]) => key));
  }
}

/** What a case is sent for when only recoveries have untaken rows: they open by themselves where somebody has to pay back. */
const errand: Row = { lifecycle: 'governmentInvestment', leaf: 'evaluation.evaluating', command: 'orderRecovery', to: 'evaluation.evaluating' };
const lastRows = 30;
const casesPerLastRow = 3;
const patience = 12;
/** Others wait for a batch, and for the end of a recovery. */
const waitsForOthers = ({ lifecycle }: Row): boolean => lifecycle === 'publication' || lifecycle === 'recovery';
const shortPatience = 3;
/** Whoever is on the way that long goes in circles. */
const stepsAtMost = 100;

/** The fund is closed when a walk is over (closing.ts), because nobody is paid after that. */
function isForTheEnd({ command }: Row): boolean {
  return command === 'closeFund';
}

/** A recovery that waits for a deadline keeps its unit from all money: one at a time. */
function isLongDebt({ lifecycle, command }: Row): boolean {
  return lifecycle === 'recovery' && command === 'deadlinePassed';
}

const foreclosing = new Set(['waiveAward', 'recordBreach', 'releaseCommitment', 'approveRejection', 'proposeRejection', 'approveWriteOff', 'approveDrop']);

/** What a row costs beyond the way there: ends cost the rest of the case, deadlines cost time. */
function costOf({ lifecycle, command, to }: Row): number {
  if (to === 'support.commitment.kept') return 40;
  if (command === 'deadlinePassed') return 3;
  // The first batch is cancelled, while hardly anybody waits for it.
  if (command === 'cancelBatch') return -1;
  if (graphFor(lifecycle).leaves.some(({ path, kind }) => path === to && kind === 'final' && !path.includes('.'))) return 100;
  return foreclosing.has(command) ? 30 : 0;
}
