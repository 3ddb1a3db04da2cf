import type { Countersign } from '../countersign.ts';
import type { OrganisationKind } from '../../shared/actor.ts';
import type { InspectionCheck, InspectionResult, resourceKinds, technologyKinds, Verdict } from '../../shared/contracts/building-kinds.ts';

/** What a scenario's guards and lists need of it; texts live in events and form revisions. Amounts are fen, days Asia/Shanghai, instants UTC. */
export interface ScenarioContext {
  readonly id: string;
  readonly name: string;
  readonly funding: FundingClass;
  readonly unit: CaseUnit;
  /** The person who filed; they decide nothing on their own case. */
  readonly filer: string;
  /** What it came from; absent where somebody began with an empty form. */
  readonly origin?: Origin | null;
  readonly stage: 'proposed' | 'built' | 'unknown';
  readonly directions: readonly string[];
  readonly crossCutting: readonly string[];
  readonly sectors: readonly string[];
  readonly division: string;
  readonly cooperating: readonly string[];
  readonly investmentFen: number;
  /** Local fiscal money in the building: it decides the funding class (art. 7). */
  readonly localFiscalFen: number;
  readonly nonSecret: boolean;
  readonly inGuangxi: boolean;
  /** What the form still lacks: how many, and the first pointers. */
  readonly gaps: number;
  readonly firstGaps: readonly string[];
  /** The day of the filing: what the form says, else the day it was submitted; absent before. */
  readonly filedOn?: string | null;
  /** A funding class in doubt: whether the Bureau was asked, and the fiscal amount at which it let the class stand; absent when never in doubt. */
  readonly classDoubt?: ClassDoubt | null;
  /** A change that was asked for after selection and has not been made; absent when there is none. */
  readonly change?: ChangeRequest | null;
  /** How many confirmed attachments each part has. */
  readonly parts: { readonly [part: string]: number };
  /** Parts of which an infected file was locked away and nothing clean has come since; absent while there was none. */
  readonly quarantined?: readonly string[];
  /** The city or sector authority the case was submitted to. */
  readonly handler: string | null;
  /** Pointers a correction may change; empty when nothing was marked. */
  readonly marks: readonly string[];
  readonly returns: number;
  readonly duplicates: readonly string[];
  /** Earlier filings of the same project that got money or were selected. */
  readonly repeats: readonly string[];
  readonly experts: readonly string[];
  readonly recused: readonly string[];
  /** Who of the experts has declared to be free of conflicts: the file is sealed for the others. Absent before anybody has. */
  readonly declared?: readonly string[];
  /** Who steps in, in this order, when an expert leaves the panel; they were checked like the panel. Absent when there are none. */
  readonly alternates?: readonly string[];
  /** The policy pack whose weights, quorum and lines this review goes by: the one in force when the panel was named, so that all its sheets weigh alike. Absent before. */
  readonly reviewPolicy?: string | null;
  /** Weighted score of each sheet in hundredths of a point. */
  readonly sheets: { readonly [expert: string]: number };
  readonly scoreHundredths: number | null;
  readonly proposal: Proposal | null;
  /** A sign-off by several people on the decision that is to be made; absent when there is none. */
  readonly countersign?: Countersign | null;
  readonly leadUnit: LeadUnit | null;
  readonly objections: number;
  /** Whether the public notice has had its whole period, though something kept it open; absent before. */
  readonly noticeOver?: boolean;
  readonly batch: string | null;
  readonly listNumber: string | null;
  /** The approval of the project; `attachment` is the approval document among the case's files. */
  readonly approval: { readonly no: string; readonly on: string; readonly fen: number; readonly attachment?: string } | null;
  readonly milestones: readonly Milestone[];
  /** Open milestones that a later plan left out, as they stood; absent when none was. */
  readonly droppedMilestones?: readonly Milestone[];
  /** The day of completion as first planned and as expected now; absent while no plan named one. */
  readonly completionPlan?: { readonly baselineOn: string; readonly forecastOn: string };
  /** What stage reports said, oldest first; absent before the first. */
  readonly stageReports?: readonly StageReport[];
  readonly completedOn: string | null;
  readonly irs: { readonly code: string; readonly on: string; readonly resources?: readonly IrsResource[] } | null;
  /** The products and services that the building rests on (art. 9); absent while none were named. */
  readonly technologies?: readonly Technology[];
  /** The acceptance: its panel, what was inspected, what the panel thinks; absent before the unit applied. */
  readonly acceptance?: Acceptance;
  readonly award: { readonly fen: number; readonly proposedBy: string; readonly approvedBy: string } | null;
  readonly waived: boolean;
  /** The payment order that is being approved or carried out; absent before the first. */
  readonly order?: PaymentOrder | undefined;
  /** What of the award went back to the fund unpaid (fen); absent when nothing did. */
  readonly releasedFen?: number;
  /** What the unit has proved to have spent of what was paid (fen); absent when nothing yet. */
  readonly expensesFen?: number;
  readonly paid: { readonly advance: number | null; readonly remainder: number | null; readonly oneOff: number | null };
  readonly accountsFen: number | null;
  readonly rectifications: number;
  readonly evaluation: Evaluation | null;
  /** What the unit is measured by, as it stated it once; absent before. */
  readonly indicators?: readonly Indicator[];
  /** What the unit last reported of its own results; absent before. */
  readonly ownResult?: { readonly year: number; readonly actuals: readonly { readonly name: string; readonly actual: string }[] };
  readonly recoveries: { readonly [id: string]: CaseRecovery };
  readonly commitmentUntil: string | null;
  readonly commitmentChecks: number;
  readonly commitment: 'kept' | 'broken' | null;
  readonly findings: readonly string[];
  /** What each open finding is; absent for those recorded before this was kept. */
  readonly findingNotes?: { readonly [id: string]: FindingNote };
  readonly caseText: boolean;
  readonly inCaseLibrary: boolean;
  readonly held: boolean;
  readonly reminders: number;
  /** The policy pack of the latest decision; written by `decide`. */
  readonly policy: string;
  /** When each active leaf's wait is over; written by `decide`. */
  readonly due: { readonly [leaf: string]: string };
}

/** The unit that files and later receives the money. */
export interface CaseUnit {
  readonly id: string;
  readonly name: string;
  readonly kind: OrganisationKind;
  readonly division: string;
  readonly sector: string | null;
  readonly uscc: string | null;
}

/** An open finding: how severe, which office found it (data security: public security; network security: cyberspace; funds: audit), on which day. */
export interface FindingNote {
  readonly severity: 'ordinary' | 'severe';
  readonly org: string;
  readonly office: string;
  readonly on: string;
}

/**
 * What a scenario came from: a row of a list of annex 1 (art. 11(2)), an earlier filing of the same unit, or a case of the
 * library that another unit replicates (art. 11(8), art. 12(4)). `title` and `unitName` are the source's words of that day.
 */
export interface Origin {
  readonly kind: 'list' | 'refiling' | 'replication';
  readonly case: string;
  readonly title: string;
  readonly unitName: string;
  /** The row of the list. */
  readonly row?: string;
}

/** A funding class that the money contradicts: `keptFen` is the fiscal amount at which an officer let it stand, null while undecided. */
export interface ClassDoubt {
  readonly asked: boolean;
  readonly keptFen: number | null;
}

/** What a unit wants to change after selection: pointers into the form, and whether a leader has agreed. */
export interface ChangeRequest {
  readonly pointers: readonly string[];
  readonly granted: boolean;
}

/** What one person proposed and another has to approve. */
export interface Proposal {
  readonly by: string;
  readonly outcome: 'select' | 'reject' | 'award';
  readonly amountFen: number | null;
}

/** A payment order: who ordered how much, and who has approved it. To whom and where, its event says. */
export interface PaymentOrder {
  readonly by: string;
  readonly fen: number;
  readonly approvals: readonly string[];
  /** The day of the order, or of its latest approval: no money left before it. Absent in orders from before it was kept. */
  readonly on?: string;
}

/** The lead unit of a cross-cutting scenario and the departments asked about it (art. 5(2)). */
export interface LeadUnit {
  readonly unit: string;
  readonly departments: readonly string[];
  readonly agreed: readonly string[];
  readonly refused: readonly string[];
  readonly confirmed: boolean;
}

/** A step of the construction plan. */
export interface Milestone {
  readonly name: string;
  /** The day of the first plan that named it: a later plan moves the forecast. */
  readonly dueOn: string;
  /** When it is expected now; absent while that is the day of the plan. */
  readonly forecastOn?: string;
  readonly doneOn: string | null;
}

/** The figures of a stage report: how much of the work is done (percent), what was spent since the beginning (fen), when completion is expected. */
export interface StageReport {
  readonly on: string;
  readonly period: string;
  readonly percent: number;
  readonly costFen: number;
  readonly completionOn?: string;
}

/** A resource of IRS that the scenario is built on (art. 10). */
export interface IrsResource {
  readonly resourceKind: (typeof resourceKinds)[number];
  readonly name: string;
}

/** A product or service that the building rests on: which certificates it has, or whether the unit wrote why it has none (art. 9). */
export interface Technology {
  readonly name: string;
  readonly technologyKind: (typeof technologyKinds)[number];
  readonly proofs: readonly Proof[];
  readonly explained: boolean;
}

/** A kind of certificate: 安全可靠测评, 信创, 密评. */
export type Proof = 'security' | 'xinchuang' | 'cryptography';

/** The people who review or inspect a case: who was asked, who stands by, who declared to be free of conflicts, who stepped back. */
export interface Panel {
  readonly experts: readonly string[];
  readonly alternates?: readonly string[];
  readonly declared?: readonly string[];
  readonly recused: readonly string[];
}

/** An acceptance as guards need it; what was written stands in the events. A rectification, or an application that was returned, opens another round with the same panel. */
export interface Acceptance extends Panel {
  readonly round: number;
  /** The day of the application; null where it was returned, and where the inspection began before applications were asked for. */
  readonly appliedOn: string | null;
  /** Documents that the unit could not provide and said why. */
  readonly absent: readonly string[];
  readonly checks: { readonly [check in InspectionCheck]?: { readonly result: InspectionResult; readonly on: string } };
  readonly opinions: { readonly [expert: string]: Verdict };
  /** How it ended and on which day; absent before. */
  readonly outcome?: { readonly result: 'passed' | 'failed'; readonly on: string };
}

/** One thing that a scenario is measured by: the figure (a decimal text in `measure`) to be reached, or not to be passed, by a day. */
export interface Indicator {
  readonly name: string;
  readonly measure: string;
  readonly goal: 'atLeast' | 'atMost';
  readonly target: string;
  readonly dueOn: string;
}

/** What the Bureau found of one indicator in a year. */
export interface Judgement {
  readonly name: string;
  readonly actual: string;
  readonly met: boolean;
}

/** The latest effect evaluation (art. 11(7)). */
export interface Evaluation {
  readonly year: number;
  readonly grade: 'commended' | 'ordinary' | 'criticised';
  readonly targetMet: boolean;
  /** The day of the evaluation; absent in those from before it was kept. */
  readonly on?: string;
  readonly reportedOn: string | null;
  /** The Bureau's judgement of each indicator; absent where none were stated. */
  readonly judgements?: readonly Judgement[];
}

/** A recovery opened from this case. */
export interface CaseRecovery {
  readonly cause: RecoveryCause;
  readonly fen: number;
  readonly recoveredFen: number;
  /** What was given up (fen): it is not asked back a second time. Absent where nothing was. */
  readonly writtenOffFen?: number;
  readonly open: boolean;
}

/** Why money is asked back. */
export type RecoveryCause = 'acceptanceFailed' | 'targetMissed' | 'terminated' | 'voided' | 'finalAccounts' | 'misuse' | 'commitmentBroken';

/** The two classes by who pays for the building (art. 7); not to be confused with the directions of art. 6. */
export type FundingClass = 'governmentInvestment' | 'socialInvestment';
