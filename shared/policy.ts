import { inspectionChecks, type InspectionCheck } from './contracts/building-kinds.ts';
import type { Role } from './roles.ts';

/** A parameter of a policy with the place it rests on: an article of the regulation, or our own resolution (`R-…`, `A-…` of the requirements). */
export interface Parameter<T> {
  readonly value: T;
  readonly source: string;
}

/** One tier of the reward: investments up to and including `upToFen` (null: without limit) earn at most `percent` of the whole investment. */
export interface Tier {
  readonly upToFen: number | null;
  readonly percent: number;
}

/** Who approves a payment order up to and including an amount (null: without limit), one after the other. */
export interface PaymentLevel {
  readonly upToFen: number | null;
  readonly by: readonly ('finance' | 'bureauLeader')[];
}

/** How long something may wait: Chinese working days, calendar days or years. */
export interface Period {
  readonly workingDays?: number;
  readonly days?: number;
  readonly years?: number;
}

/** One review criterion with its weight; the weights of a policy add up to 100. */
export interface Criterion {
  readonly id: string;
  readonly weight: number;
}

/** Which signatures a return in the middle of a sign-off voids: all, those that rest on the one who returns, or none. */
export type ReturnVoids = 'all' | 'fromReturner' | 'none';

/** The text is a draft for comment, so its numbers and ours are dated parameters: every decision stores the id of the pack it was made under. */
export const gx2025Draft = {
  id: 'gx-2025-draft',
  title: '广西数字应用场景建设管理办法（征求意见稿）',
  effectiveOn: { value: '2025-01-01', source: 'art. 21' },
  callOpen: { value: true, source: 'art. 11(1), art. 14(1)' },
  requireCrossCutting: { value: true, source: 'A-03' },
  governmentTiers: {
    value: [
      { upToFen: 500_000_000, percent: 10 },
      { upToFen: 1_000_000_000, percent: 15 },
      { upToFen: null, percent: 20 },
    ] as readonly Tier[],
    source: 'art. 12(2), A-07',
  },
  socialTiers: { value: [{ upToFen: null, percent: 20 }] as readonly Tier[], source: 'art. 15(1)' },
  capFen: { value: 300_000_000, source: 'art. 12(2), art. 15(1), A-06' },
  advancePercent: { value: 50, source: 'art. 12(2), A-11' },
  openingBudgetFen: { value: { reward: 100_000_000_000, subsidy: 100_000_000_000 } as Readonly<Record<'reward' | 'subsidy', number>>, source: 'art. 19, R-062: the text names no sum; each line opens with a billion yuan and is adjusted by document' },
  paymentLevels: {
    value: [
      { upToFen: 50_000_000, by: ['finance'] },
      { upToFen: null, by: ['finance', 'bureauLeader'] },
    ] as readonly PaymentLevel[],
    source: 'art. 19(2), A-08: payments are approved by other people than who orders them, larger ones by more',
  },
  nearTierPercent: { value: 2, source: 'requirements 3 [R]' },
  criteria: {
    value: [
      { id: 'majorTask', weight: 20 },
      { id: 'innovation', weight: 20 },
      { id: 'expectedTarget', weight: 20 },
      { id: 'economicBenefit', weight: 20 },
      { id: 'socialBenefit', weight: 20 },
    ] as readonly Criterion[],
    source: 'art. 11(3), A-24',
  },
  quorum: { value: 3, source: 'A-24' },
  passLine: { value: 60, source: 'A-24' },
  dropExtremesFrom: { value: 5, source: 'A-24' },
  disagreementPoints: { value: 20, source: 'requirements 8 [R]: sheets of one panel further apart than this are pointed out' },
  returnVoids: { value: 'all' as ReturnVoids, source: 'requirements 8.5 [R]: what was signed before a return was signed on what is mended now' },
  recusalYears: { value: 3, source: 'requirements 8 [R]: whoever worked at the unit within these years reviews none of its filings' },
  publicNotice: { value: false, source: 'A-23' },
  rectificationsAllowed: { value: 1, source: 'A-13' },
  acceptanceQuorum: { value: 3, source: 'art. 11(6) names experts and no number [R]: as many opinions as a review has sheets' },
  acceptanceChecks: { value: inspectionChecks as readonly InspectionCheck[], source: 'art. 11(6), requirements 8.12 [R]' },
  /** Final accounts that are this many times more or less than the investment are taken for a slip in the unit of money. */
  accountsWithinTimes: { value: 10, source: 'A-09 [R]' },
  acceptanceDocuments: { value: ['projectApproval', 'completionReport', 'finalAccounts'] as readonly string[], source: 'art. 12(2), A-09: what the payments after acceptance rest on [R]' },
  /** How many percentage points spending may run ahead of progress before it is pointed out. */
  costLeadPoints: { value: 20, source: 'art. 11(5), R-029 [R]' },
  commitmentYears: { value: 5, source: 'annex 2 letter, A-17' },
  banRepeatProject: { value: false, source: 'A-14' },
  publicationDays: { value: ['06-30', '12-31'] as readonly string[], source: 'art. 11(4), A-21' },
  reminderDays: { value: 30, source: 'requirements 7 [R]: overdue reminders keep a distance' },
  /** A to-do is reminded of so many working days before it is due. */
  remindBeforeDays: { value: [3, 1] as readonly number[], source: 'requirements 8.17 [R]' },
  /** Whom a to-do is reported to each time its deadline passes: the first time the first office, later the next; the last stays. */
  escalation: {
    value: {
      applicant: ['aggregator', 'bureauOfficer'],
      aggregator: ['bureauOfficer', 'bureauLeader'],
      expert: ['bureauOfficer', 'bureauLeader'],
      bureauOfficer: ['bureauLeader', 'leadingGroupOffice'],
      bureauLeader: ['leadingGroupOffice'],
      leadingGroupOffice: ['bureauLeader'],
      finance: ['bureauLeader', 'leadingGroupOffice'],
      dataAuthority: ['bureauLeader', 'leadingGroupOffice'],
    } as Escalation,
    source: 'requirements 8.17 [R]: the regulation names no consequence of a deadline',
  },
  /** For how many days at most somebody may stand in for a colleague. */
  standInDays: { value: 90, source: 'issue B.10 [R]: delegation while away' },
  noticeDays: { value: 180, source: 'how long notices and their deliveries are kept [R]' },
  sameKindFundingMonths: { value: 24, source: 'A-15' },
  offices: {
    value: { bureau: 'gx-bureau', leadingGroupOffice: 'gx-leading-group-office', finance: 'gx-finance' } as Offices,
    source: 'A-05',
  },
  periods: {
    value: {
      draft: { days: 180 },
      forwarding: { workingDays: 10 },
      correction: { workingDays: 10 },
      formalCheck: { workingDays: 5 },
      review: { workingDays: 20 },
      decision: { workingDays: 5 },
      leadUnit: { workingDays: 10 },
      publicNotice: { workingDays: 5 },
      nextBatch: { days: 184 },
      projectApproval: { days: 180 },
      building: { days: 365 },
      award: { workingDays: 10 },
      payment: { workingDays: 15 },
      irsRegistration: { workingDays: 20 },
      acceptanceApplication: { workingDays: 30 },
      acceptance: { workingDays: 30 },
      rectification: { workingDays: 30 },
      evaluation: { years: 1 },
      report: { workingDays: 10 },
      caseText: { workingDays: 30 },
      commitmentCheck: { years: 1 },
      signOff: { workingDays: 5 },
      statement: { workingDays: 5 },
      recovery: { days: 30 },
      fundReview: { years: 1 },
      dataCheck: { workingDays: 2 },
      dataAnswer: { workingDays: 5 },
      dataMeeting: { workingDays: 10 },
      dataSigning: { workingDays: 5 },
      dataDelivery: { workingDays: 10 },
      dataFeedback: { workingDays: 10 },
    } as const satisfies Record<string, Period>,
    source: 'the regulation names no period (requirements 0.8); ours: R-031, R-058, A-12, A-23, A-25',
  },
} as const;

/** Role of the desk a to-do lies on → the roles it is reported to, in order. */
export type Escalation = { readonly [role in Role]?: readonly Role[] };

/** The organisations (ids) whose offices see the region-wide to-do lists. */
export interface Offices {
  readonly bureau: string;
  readonly leadingGroupOffice: string;
  readonly finance: string;
}

/** The name of a waiting period of a policy. */
export type PeriodName = keyof (typeof gx2025Draft)['periods']['value'];

type Widen<T> = T extends boolean ? boolean : T extends number ? number : T;

/** A policy pack: every parameter that a rule reads. Another pack is another object of this type under its own id and date. */
export type Policy = {
  readonly [K in keyof typeof gx2025Draft]: (typeof gx2025Draft)[K] extends Parameter<infer T>
    ? Parameter<K extends 'periods' ? Readonly<Record<PeriodName, Period>> : K extends 'effectiveOn' ? string : Widen<T>>
    : string;
};

/** The same pack with a public notice before publication, as sibling programmes do it; an operator chooses by `RULE_SET`. */
export const gx2025DraftWithNotice: Policy = { ...gx2025Draft, id: 'gx-2025-draft-notice', publicNotice: { value: true, source: 'A-23' } };

/** All policy packs by id. */
export const policies: Readonly<Record<string, Policy>> = { [gx2025Draft.id]: gx2025Draft, [gx2025DraftWithNotice.id]: gx2025DraftWithNotice };

/** The policy pack with an id; throws when there is none, because only the shell names packs. */
export function policyOf(id: string): Policy {
  const policy = policies[id];
  if (!policy) throw new Error(`no policy pack ${id}`);
  return policy;
}

/** Which pack replaces which, by id, from the day that the later one takes effect on. */
export const successions: Readonly<Record<string, string>> = {};

/** The pack in force on a day (`YYYY-MM-DD`): the installation's own, or the last of those that had replaced it by then. */
export function packOn(ruleSet: string, day: string, packs: Readonly<Record<string, Policy>> = policies, replaced: Readonly<Record<string, string>> = successions): string {
  const next = replaced[ruleSet];
  const starts = next === undefined ? undefined : packs[next]?.effectiveOn.value;
  return next !== undefined && starts !== undefined && starts <= day ? packOn(next, day, packs, replaced) : ruleSet;
}
