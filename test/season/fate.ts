import type { CommandType } from '../../shared/contracts/commands.ts';
import type { Json } from '../../machines/decision.ts';
import type { FundingClass } from '../../machines/scenario/context.ts';
import type { Role } from '../../shared/roles.ts';

/** Something that happens to a scenario beside the ordinary way: in a leaf, once, by whoever has the role, as soon as the API offers it. `on` says in how many days after the leaf was entered at the earliest. */
export interface Incident {
  readonly leaf: string;
  readonly command: CommandType;
  readonly by: Role;
  readonly args?: { readonly [name: string]: Json };
  readonly on?: number;
}

/** What becomes of one scenario: drawn before the season begins, from the seed and its number alone. Amounts in fen, days counted. */
export interface Fate {
  readonly number: number;
  readonly strain: string;
  readonly funding: FundingClass;
  /** Who files. */
  readonly filer: string;
  readonly handler: string;
  readonly name: string;
  readonly stage: 'proposed' | 'built';
  readonly crossCutting: boolean;
  readonly investmentFen: number;
  /** Fiscal money in a company's own building: its class has to be decided. */
  readonly mixedMoney: boolean;
  /** Whether it is filed as a row of its authority's list, and not by its unit alone. */
  readonly listed: boolean;
  /** The day of the season on which it is filed. */
  readonly filedAfter: number;
  readonly incidents: readonly Incident[];
  readonly experts: number;
  /** What the experts give, about. */
  readonly score: number;
  /** How the effect is evaluated, year by year; the last grade stays. */
  readonly grades: readonly ('commended' | 'ordinary' | 'criticised')[];
  readonly missesTarget: boolean;
  /** Whether its unit states indicators that its effect is measured by. */
  readonly measured: boolean;
  /** Percent of the ceiling that is awarded. */
  readonly awardPercent: number;
  readonly waives: boolean;
  /** Percent of the approved sum that the final accounts come to. */
  readonly accountsPercent: number;
  /** Days from the approval to each milestone, and how many days each slips. */
  readonly milestones: readonly { readonly dueAfter: number; readonly slips: number }[];
  /** Departments that say no to the first lead unit. */
  readonly leadUnitRefused: boolean;
  /** Whether the lead unit is settled only after the selection. */
  readonly leadUnitLate: boolean;
  readonly objection: 'none' | 'resolved' | 'reviewAgain';
  /** Whether it gets a place in the case library. */
  readonly library: boolean;
  /** The year of the commitment in which it is broken; 0 when it is kept. */
  readonly breachYear: number;
  /** Days until a finding is dealt with; null when it never is. */
  readonly findingDays: number | null;
  /** Days on hold; null when it is never taken up again. */
  readonly holdDays: number | null;
  /** A leaf where its unit lets it lie for good. */
  readonly liesIn: string | null;
  /** Whether it turns out after its end that the papers were untrue. */
  readonly voidedLate: boolean;
  readonly recovery: RecoveryFate;
  readonly demand: DemandFate | null;
}

/** How a recovery goes that a scenario may be asked for: whether the unit states its case, whether it is dropped where that is free, in how many instalments it pays, whether a plan of them is asked for and what becomes of it, and after how many the rest is written off (null: never). */
export interface RecoveryFate {
  readonly states: boolean;
  readonly dropped: boolean;
  readonly sentBack: boolean;
  readonly instalments: number;
  readonly plan: 'none' | 'approved' | 'rejected';
  readonly writtenOffAfter: number | null;
  readonly writeOffRefused: boolean;
}

/** How a demand for data goes. */
export type DemandFate = 'offered' | 'metAbout' | 'returned' | 'defects' | 'refused' | 'withdrawn' | 'transferred';
