import { describe, expect, it } from 'vitest';
import { organisations } from '../../../infra/local/seed/people.ts';
import type { AnyArgs } from '../../../machines/commands.ts';
import type { FundContext } from '../../../machines/fund/context.ts';
import { fundRules } from '../../../machines/fund/rules.ts';
import { begunCountersign } from '../../../machines/countersign.ts';
import type { Facts, Question } from '../../../machines/question.ts';
import { allRecoveryRules } from '../../../machines/recovery/chart.ts';
import type { RecoveryContext } from '../../../machines/recovery/rules.ts';
import { publicationRules, type PublicationContext } from '../../../machines/publication.ts';
import type { Acceptance, ScenarioContext } from '../../../machines/scenario/context.ts';
import { scenarioRules, type ScenarioRuleName } from '../../../machines/scenario/rules/table.ts';
import { gx2025Draft, policyOf, type Policy } from '../../../shared/policy.ts';
import { enterpriseParts } from './steps.ts';
import { by, government, social } from './story.ts';

/** A situation: what differs from a social scenario in draft, seen by the Bureau's first officer. */
interface Case<C> {
  readonly context?: Partial<C>;
  readonly args?: AnyArgs;
  readonly facts?: Facts;
  readonly who?: string;
  readonly now?: string;
  readonly policy?: Policy;
}

type BothWays<C> = { readonly holds: Case<C>; readonly fails: Case<C> };
type Both = BothWays<ScenarioContext>;

const base = social().context;
const gx: Policy = policyOf(gx2025Draft.id);
const org = (id: string) => organisations.find((each) => each.id === id) ?? by('li-ning').org;
const orgs = (...ids: string[]): Facts => ({ organisations: Object.fromEntries(ids.map((id) => [id, org(id)])) });
const order = (by_: string, ...approvals: string[]) => ({ order: { by: by_, fen: 50, approvals } });
const proposal = (outcome: 'select' | 'reject' | 'award', by_ = 'he-ping', amountFen: number | null = null) => ({ proposal: { by: by_, outcome, amountFen } });
const award = { award: { fen: 100, proposedBy: 'li-ning', approvedBy: 'liang-shan' } };
const paid = (advance: number | null, remainder: number | null = null, oneOff: number | null = null) => ({ paid: { advance, remainder, oneOff } });
const open = { recoveries: { R1: { cause: 'misuse', fen: 10, recoveredFen: 0, open: true } } } as const;
const measured = { indicators: [{ name: '办件量', measure: '万件', goal: 'atLeast' as const, target: '10', dueOn: '2026-12-31' }] };
const judging = (actual: string, met: boolean) => ({ year: 2026, judgements: [{ name: '办件量', actual, met }] });
const lead = (agreed: string[], confirmed = false) => ({ crossCutting: ['systems'], leadUnit: { unit: 'gx-market', departments: ['gx-market'], agreed, refused: [], confirmed } });
const found = (severity: 'ordinary' | 'severe', org_: string) => ({ findings: ['F1'], findingNotes: { F1: { severity, org: org_, office: '', on: '2025-03-01' } } });
const milestone = (doneOn: string | null) => ({ milestones: [{ name: '初验', dueOn: '2025-06-01', doneOn }] });
const evaluation = (grade: 'commended' | 'criticised') => ({ evaluation: { year: 2025, grade, targetMet: true, reportedOn: null } });
const money = { funding: 'governmentInvestment', investmentFen: 500_000_000 } as const;
const expert = (id: string, orgId: string, isExpert = true): Facts => ({ people: { [id]: { org: org(orgId), expert: isExpert } } });
const officer = (id: string, orgId: string): Facts => ({ people: { [id]: { org: org(orgId), expert: false, roles: ['bureauOfficer'] } } });
const countersign = (signedAt: string | null): Partial<ScenarioContext> => ({ countersign: { mode: 'all', askedBy: 'he-ping', matter: 'filing', round: 1, signers: [{ person: 'li-ning', signedAt }] } });
const form = social().form as Record<string, Record<string, unknown>>;
const changed = { ...form, system: { ...form['system'], name: '改名' } } as NonNullable<AnyArgs['form']>;

const met = { result: 'met', on: '2025-03-01' } as const;
const acceptance = (some: Partial<Acceptance>): Partial<ScenarioContext> => ({ acceptance: { round: 1, appliedOn: '2025-03-01', absent: [], experts: [], recused: [], checks: {}, opinions: {}, ...some } });

const change = (granted: boolean) => ({ change: { pointers: ['/system/name'], granted } });
const items = (...pointers: string[]): AnyArgs => ({ items: pointers.map((pointer) => ({ pointer, reason: '变更' })) });
const changed2 = { ...form, system: { ...form['system'], contact: { name: '覃海', phone: '0772-1234567' } } } as NonNullable<AnyArgs['form']>;

const scenarioCases = {
  callIsOpen: { holds: {}, fails: { facts: { callOpen: false } } },
  formFitsItsSchema: { holds: { args: { form: changed } }, fails: { args: { form: { system: { colour: 'red' } } } } },
  onlyMarkedPartsChanged: {
    holds: { context: { marks: ['/system/name'] }, args: { form: changed }, facts: { latestForm: form as never } },
    fails: { context: { marks: ['/annex2'] }, args: { form: changed }, facts: { latestForm: form as never } },
  },
  marksArePlaces: {
    holds: { args: items('/system', '/system/contact/phone', '/annex2/plan/goals', '/system/cooperatingUnits/0', '/system/cooperatingUnits/0/name', '/attachments/auditReport') },
    fails: { args: items('/annex1') },
  },
  attachmentIsMarked: { holds: { context: { marks: ['/attachments/auditReport'] }, args: { part: 'auditReport' } }, fails: { context: { marks: ['/attachments/auditReport'] }, args: { part: 'fundingProof' } } },
  attachmentIsEvidence: { holds: { args: { part: 'projectApproval' } }, fails: { args: { part: 'auditReport' } } },
  attachmentIsThere: { holds: { context: { parts: { auditReport: 1 } }, args: { part: 'auditReport' } }, fails: { args: { part: 'auditReport' } } },
  handlerMayForward: { holds: { args: { handler: 'liuzhou-data' }, facts: orgs('liuzhou-data') }, fails: { args: { handler: 'nanning-data' }, facts: orgs('nanning-data') } },
  isBuilt: { holds: {}, fails: { context: { stage: 'proposed' } } },
  isNotSecret: { holds: {}, fails: { context: { nonSecret: false } } },
  isInGuangxi: { holds: {}, fails: { context: { inGuangxi: false } } },
  isFiscallyFunded: { holds: { context: { localFiscalFen: 1 } }, fails: {} },
  isSociallyFunded: { holds: {}, fails: { context: { localFiscalFen: 1 } } },
  classIsInDoubt: { holds: { context: { localFiscalFen: 5 } }, fails: { context: { localFiscalFen: 5, classDoubt: { asked: false, keptFen: 5 } } } },
  classIsNotAsked: { holds: { context: { classDoubt: null } }, fails: { context: { classDoubt: { asked: true, keptFen: null } } } },
  isCrossCutting: { holds: { context: { crossCutting: ['systems'] } }, fails: {} },
  formIsComplete: { holds: {}, fails: { context: { gaps: 2 } } },
  attachmentsAreComplete: { holds: { context: { parts: Object.fromEntries(enterpriseParts.map((part) => [part, 1])) } }, fails: { context: { parts: Object.fromEntries(enterpriseParts.slice(1).map((part) => [part, 1])) } } },
  noOpenDuplicate: { holds: {}, fails: { context: { duplicates: ['GX-1'] } } },
  isNoBannedRepeat: { holds: { context: { repeats: ['GX-1'] } }, fails: { context: { repeats: ['GX-1'] }, policy: { ...gx, banRepeatProject: { value: true, source: 'A-14' } } } },
  expertsAreKnown: { holds: { args: { experts: ['e'] }, facts: expert('e', 'gx-academy') }, fails: { args: { experts: ['e'] }, facts: expert('e', 'gx-academy', false) } },
  expertsAreIndependent: { holds: { args: { experts: ['e'] }, facts: expert('e', 'gx-academy') }, fails: { args: { experts: ['e'] }, facts: expert('e', 'guiling-cement') } },
  expertsAreNew: { holds: { args: { experts: ['e'] } }, fails: { args: { experts: ['e'] }, context: { recused: ['e'] } } },
  panelIsNotTooLarge: { holds: { args: { experts: ['e'] } }, fails: { args: { experts: ['e'] }, context: { experts: Array.from({ length: 15 }, (_, i) => `x${i}`) } } },
  expertMayLeave: { holds: { args: { expert: 'e' }, context: { experts: ['e'] } }, fails: { args: { expert: 'e' }, context: { experts: ['e'], sheets: { e: 1 } } } },
  noCountersignIsOpen: { holds: {}, fails: { context: countersign(null) } },
  countersignIsComplete: { holds: { context: countersign('2025-03-10T02:00:00.000Z') }, fails: { context: countersign(null) } },
  countersignersFit: { holds: { args: { signers: ['he-ping'] }, facts: officer('he-ping', 'gx-bureau') }, fails: { args: { signers: ['he-ping'] }, facts: officer('he-ping', 'gx-finance') } },
  countersignersAreFew: { holds: { context: countersign(null) }, fails: { context: { countersign: begunCountersign('all', 'he-ping', 'filing', Array.from({ length: 10 }, (_, index) => `p${index}`)) } } },
  isTheirTurnToSign: { holds: { context: countersign(null) }, fails: { context: countersign('2025-03-10T02:00:00.000Z') } },
  signatureMayBeWithdrawn: { holds: { context: countersign('2025-03-10T02:00:00.000Z') }, fails: { context: countersign(null) } },
  askedForCountersigns: { holds: { context: { countersign: begunCountersign('all', 'li-ning', 'filing', ['he-ping']) } }, fails: { context: countersign(null) } },
  hasNotDeclared: { holds: {}, fails: { context: { declared: ['li-ning'] } } },
  hasDeclared: { holds: { context: { declared: ['li-ning'] } }, fails: {} },
  sheetIsOpen: { holds: {}, fails: { context: { sheets: { 'li-ning': 1 } } } },
  quorumIsReached: { holds: { context: { sheets: { a: 1, b: 1, c: 1 } } }, fails: { context: { sheets: { a: 1, b: 1 } } } },
  scoreReachesPassLine: { holds: { context: { scoreHundredths: 6000 } }, fails: { context: { scoreHundredths: 5999 } } },
  selectionIsProposed: { holds: { context: proposal('select') }, fails: { context: proposal('reject') } },
  rejectionIsProposed: { holds: { context: proposal('reject') }, fails: { context: proposal('select') } },
  isAnotherPerson: { holds: { context: proposal('select', 'he-ping') }, fails: { context: proposal('select', 'li-ning') } },
  needsLeadUnit: { holds: { context: { crossCutting: ['systems'] } }, fails: { context: lead(['gx-market'], true) } },
  leadUnitIsKnown: { holds: { args: { leadUnit: 'gx-market', departments: ['gx-industry'] }, facts: orgs('gx-market', 'gx-industry') }, fails: { args: { leadUnit: 'gx-market', departments: ['nobody'] }, facts: orgs('gx-market') } },
  departmentHasNotReplied: { holds: { who: 'nong-min', context: lead([]) }, fails: { who: 'nong-min', context: lead(['gx-market']) } },
  everyDepartmentAgreed: { holds: { context: lead(['gx-market']) }, fails: { context: lead([]) } },
  leadUnitIsOpen: { holds: { context: lead([]) }, fails: { context: lead(['gx-market'], true) } },
  publicNoticeIsOn: { holds: { policy: { ...gx, publicNotice: { value: true, source: 'A-23' } } }, fails: {} },
  noObjectionIsOpen: { holds: {}, fails: { context: { objections: 1 } } },
  objectionIsOpen: { holds: { context: { objections: 1 } }, fails: {} },
  noticePeriodIsOver: { holds: { context: { due: { publicNotice: '2025-03-10T02:00:00.000Z' } } }, fails: { context: { due: { publicNotice: '2025-03-10T02:00:00.001Z' } } } },
  projectIsApproved: { holds: { context: { approval: { no: '1', on: '2025-01-02', fen: 1 } } }, fails: {} },
  noAwardYet: { holds: {}, fails: { context: award } },
  awardWithinCeiling: { holds: { context: money, args: { amountFen: 50_000_000 } }, fails: { context: money, args: { amountFen: 50_000_001 } } },
  proposedAwardWithinCeiling: { holds: { context: { ...money, ...proposal('award', 'x', 50_000_000) } }, fails: { context: { ...money, ...proposal('award', 'x', 50_000_001) } } },
  awardIsPositive: { holds: { args: { amountFen: 2 } }, fails: { args: { amountFen: 1 } } },
  unitHasNoOpenRecovery: { holds: { facts: { openRecoveriesOfUnit: 0 } }, fails: { facts: { openRecoveriesOfUnit: 1 } } },
  caseHasNoOpenRecovery: { holds: {}, fails: { context: open } },
  advanceIsUnpaid: { holds: {}, fails: { context: paid(0) } },
  remainderIsUnpaid: { holds: {}, fails: { context: paid(null, 1) } },
  subsidyIsUnpaid: { holds: {}, fails: { context: paid(null, null, 1) } },
  amountIsTheAdvance: { holds: { context: award, args: { amountFen: 50 } }, fails: { context: award, args: { amountFen: 51 } } },
  amountIsTheRemainder: { holds: { context: { ...award, ...paid(50) }, args: { amountFen: 50 } }, fails: { context: { ...award, ...paid(50) }, args: { amountFen: 100 } } },
  amountIsTheSubsidy: { holds: { context: award, args: { amountFen: 100 } }, fails: { context: award, args: { amountFen: 99 } } },
  noOrderIsOpen: { holds: {}, fails: { context: order('he-ping') } },
  awardIsFunded: { holds: { facts: { placeInFund: 0 } }, fails: { facts: { placeInFund: 2 } } },
  awardIsUnfunded: { holds: { facts: { placeInFund: 1 } }, fails: { facts: { placeInFund: 0 } } },
  orderIsOpen: { holds: { context: order('he-ping') }, fails: { context: order('he-ping', 'su-mei') } },
  orderIsMade: { holds: { context: order('he-ping') }, fails: {} },
  approverIsAnother: { holds: { context: order('he-ping') }, fails: { context: order('li-ning') } },
  approvalIsMine: { holds: { who: 'su-mei', context: order('he-ping') }, fails: { who: 'liang-shan', context: order('he-ping') } },
  orderIsApproved: { holds: { context: order('he-ping', 'su-mei') }, fails: { context: order('he-ping') } },
  amountIsOrdered: { holds: { context: order('he-ping'), args: { amountFen: 50 } }, fails: { context: order('he-ping'), args: { amountFen: 51 } } },
  expenseIsCovered: { holds: { context: { ...paid(50), expensesFen: 20 }, args: { amountFen: 30 } }, fails: { context: { ...paid(50), expensesFen: 20 }, args: { amountFen: 31 } } },
  awardIsMissing: { holds: {}, fails: { context: { waived: true } } },
  advanceIsDue: { holds: { context: { ...money, ...award, accountsFen: 500_000_000, ...paid(null) } }, fails: { context: { ...money, ...award, accountsFen: 500_000_000, ...paid(50) } } },
  remainderIsDue: { holds: { context: { ...award, ...paid(50) } }, fails: { context: { ...award, ...paid(100) } } },
  somethingIsOutstanding: { holds: { context: paid(50) }, fails: {} },
  amountIsOutstanding: { holds: { context: paid(50), args: { amountFen: 50 } }, fails: { context: paid(50), args: { amountFen: 51 } } },
  recoveryIsKnown: { holds: { context: open, args: { recovery: 'R1' } }, fails: { args: { recovery: 'R1' } } },
  isProposed: { holds: { context: { stage: 'proposed' } }, fails: {} },
  dayIsNotInTheFuture: { holds: { args: { paidOn: '2025-03-10' } }, fails: { args: { paidOn: '2025-03-11' } } },
  dayFollowsTheCase: { holds: { context: acceptance({ checks: { siteVisit: met } }), args: { inspectedOn: '2025-03-01' } }, fails: { context: acceptance({ checks: { siteVisit: met } }), args: { inspectedOn: '2025-02-28' } } },
  milestonesHaveOwnNames: { holds: { args: { milestones: [{ name: '初验', dueOn: '2025-06-01' }] }, context: milestone('2025-05-01') }, fails: { args: { milestones: [{ name: '终验', dueOn: '2025-06-01' }] }, context: milestone('2025-05-01') } },
  milestoneIsOpen: { holds: { args: { name: '初验' }, context: milestone(null) }, fails: { args: { name: '初验' }, context: milestone('2025-05-01') } },
  milestonesAreDone: { holds: { context: milestone('2025-05-01') }, fails: { context: milestone(null) } },
  forecastsAreOfOpenMilestones: { holds: { args: { forecasts: [{ name: '初验', expectedOn: '2025-07-01' }] }, context: milestone(null) }, fails: { args: { forecasts: [{ name: '初验', expectedOn: '2025-07-01' }] }, context: milestone('2025-05-01') } },
  resourcesAreNamed: { holds: { args: { appCode: 'A', reason: '单机部署' } }, fails: { args: { appCode: 'A' } } },
  completionDocumentsAreThere: {
    holds: { context: { stage: 'proposed', parts: { projectApproval: 1, completionReport: 1 } }, args: { absent: [{ part: 'finalAccounts', reason: '审计中' }] } },
    fails: { context: { stage: 'proposed', parts: { completionReport: 1, finalAccounts: 1 } } },
  },
  inspectionIsComplete: { holds: { context: acceptance({ checks: { documents: met, demonstration: met, siteVisit: { result: 'notApplicable', on: '2025-03-01' } } }) }, fails: { context: acceptance({ checks: { documents: met } }) } },
  inspectionIsMet: { holds: { context: acceptance({ checks: { documents: met } }) }, fails: { context: acceptance({ checks: { documents: met, demonstration: { result: 'unmet', on: '2025-03-01' } } }) } },
  opinionsReachQuorum: { holds: { context: acceptance({ opinions: { a: 'pass', b: 'fail', c: 'rectify' } }) }, fails: { context: acceptance({ opinions: { a: 'pass', b: 'pass' } }) } },
  mostOpinionsPass: { holds: { context: acceptance({ opinions: { a: 'pass', b: 'pass', c: 'fail' } }) }, fails: { context: acceptance({ opinions: { a: 'pass', b: 'pass', c: 'fail', d: 'rectify' } }) } },
  isInIrs: { holds: { context: { irs: { code: 'A', on: '2025-01-01' } } }, fails: {} },
  noFindingIsOpen: { holds: {}, fails: { context: { findings: ['F1'] } } },
  accountsFitTheInvestment: { holds: { context: money, args: { finalAccountsFen: 50_000_000 } }, fails: { context: money, args: { finalAccountsFen: 49_999_999 } } },
  accountsArePositive: { holds: { args: { finalAccountsFen: 1 } }, fails: { args: { finalAccountsFen: 0 } } },
  onlyDocumentsAreInspected: { holds: { context: acceptance({ checks: { documents: met } }) }, fails: { context: acceptance({ checks: { documents: met, siteVisit: met } }) } },
  rectificationIsAllowed: { holds: {}, fails: { context: { rectifications: 1 } } },
  indicatorsAreNew: { holds: {}, fails: { context: measured } },
  indicatorsHaveOwnNames: { holds: { args: { indicators: measured.indicators } }, fails: { args: { indicators: [...measured.indicators, ...measured.indicators] } } },
  indicatorsAreStated: { holds: { context: measured }, fails: {} },
  everyActualIsGiven: { holds: { context: measured, args: { year: 2026, actuals: [{ name: '办件量', actual: '9', evidence: '统计' }] } }, fails: { context: measured, args: { year: 2026, actuals: [] } } },
  everyIndicatorIsJudged: { holds: { context: measured, args: { year: 2025 } }, fails: { context: measured, args: { year: 2026 } } },
  judgementsFollowFigures: { holds: { context: measured, args: judging('9.99', false) }, fails: { context: measured, args: judging('9.99', true) } },
  commendedMeetsTarget: { holds: { args: { grade: 'ordinary', targetMet: false } }, fails: { args: { grade: 'commended', targetMet: false } } },
  verdictFollowsJudgements: { holds: { args: { ...judging('9', false), targetMet: false } }, fails: { args: { ...judging('9', false), targetMet: true } } },
  yearHasBegun: { holds: { args: { year: 2025 } }, fails: { args: { year: 2026 } } },
  yearIsNew: { holds: { context: evaluation('commended'), args: { year: 2026 } }, fails: { context: evaluation('commended'), args: { year: 2025 } } },
  effectIsShown: { holds: { context: evaluation('commended') }, fails: { context: evaluation('criticised') } },
  subsidyIsWaived: { holds: { context: { waived: true } }, fails: {} },
  subsidyIsPaid: { holds: { context: { commitmentUntil: '2030-03-09' } }, fails: {} },
  commitmentPeriodIsOver: { holds: { context: { commitmentUntil: '2030-03-09' }, now: '2030-03-08T16:00:00.000Z' }, fails: { context: { commitmentUntil: '2030-03-09' }, now: '2030-03-08T15:59:59.999Z' } },
  noChangeIsGranted: { holds: { context: change(false) }, fails: { context: change(true) } },
  changeIsRequested: { holds: { context: change(false) }, fails: { context: change(true) } },
  changeIsGranted: { holds: { context: change(true) }, fails: { context: change(false) } },
  partsMayChange: { holds: { args: items('/system/contact', '/annex2/benefits') }, fails: { args: items('/system/contact', '/system/totalInvestmentFen') } },
  formStaysComplete: { holds: { args: { form: changed2 } }, fails: { args: { form: { ...changed, annex2: {} } as NonNullable<AnyArgs['form']> } } },
  onlyGrantedPartsChanged: {
    holds: { context: change(true), args: { form: changed }, facts: { latestForm: form as never } },
    fails: { context: { change: { pointers: ['/annex2'], granted: true } }, args: { form: changed }, facts: { latestForm: form as never } },
  },
  checkOfTheYearIsOpen: { holds: { context: { commitmentUntil: '2030-03-10' } }, fails: { context: { commitmentUntil: '2030-03-10', commitmentChecks: 1 } } },
  isNotHeld: { holds: {}, fails: { context: { held: true } } },
  isHeld: { holds: { context: { held: true } }, fails: {} },
  findingIsNew: { holds: { args: { finding: 'F1' } }, fails: { args: { finding: 'F1' }, context: { findings: ['F1'] } } },
  findingIsOwn: { holds: { args: { finding: 'F1' }, context: found('ordinary', 'gx-bureau') }, fails: { args: { finding: 'F1' }, context: found('ordinary', 'gx-audit') } },
  noSevereFindingIsOpen: { holds: { context: found('ordinary', 'gx-audit') }, fails: { context: found('severe', 'gx-audit') } },
  findingIsOpen: { holds: { args: { finding: 'F1' }, context: { findings: ['F1'] } }, fails: { args: { finding: 'F1' } } },
} satisfies Record<ScenarioRuleName, Both>;

const owed: RecoveryContext = { ...({} as RecoveryContext), amountFen: 100, decidedFen: 100, recoveredFen: 0, mandatory: true, proposal: null, due: {} };
const clawbackProposal = (outcome: 'recover' | 'drop', by_ = 'he-ping') => ({ proposal: { by: by_, outcome, amountFen: 100 } });

const part = (dueOn: string, amountFen: number) => ({ dueOn, amountFen });
const planned = (fen: number, by_ = 'he-ping') => ({ planProposal: { by: by_, instalments: [part('2025-03-10', fen)] } });
const offered = (amountFen: number, by_ = 'he-ping') => ({ offsetProposal: { by: by_, amountFen, against: '转移支付', documentNo: '3' } });

const recoveryCases = {
  isAnotherPerson: { holds: { context: clawbackProposal('recover') }, fails: { context: clawbackProposal('recover', 'li-ning') } },
  statementPeriodIsOver: { holds: { context: { due: { awaitingStatement: '2025-03-10T02:00:00.000Z' } } }, fails: { context: { due: { awaitingStatement: '2025-03-10T02:00:00.001Z' } } } },
  recoveryIsProposed: { holds: { context: clawbackProposal('recover') }, fails: { context: clawbackProposal('drop') } },
  dropIsProposed: { holds: { context: clawbackProposal('drop') }, fails: { context: clawbackProposal('recover') } },
  mayBeDropped: { holds: { context: { mandatory: false } }, fails: {} },
  amountFitsTheCause: { holds: { args: { amountFen: 100 } }, fails: { args: { amountFen: 99 } } },
  repaymentIsOwed: { holds: { args: { amountFen: 100 } }, fails: { args: { amountFen: 101 } } },
  everythingCameBack: { holds: { context: { recoveredFen: 100 } }, fails: {} },
  somethingIsOpen: { holds: {}, fails: { context: { recoveredFen: 100 } } },
  planFitsWhatIsOwed: { holds: { args: { instalments: [part('2025-03-10', 40), part('2025-03-11', 60)] } }, fails: { args: { instalments: [part('2025-03-10', 40), part('2025-03-10', 60)] } } },
  planIsProposed: { holds: { context: planned(100) }, fails: {} },
  planIsOfAnother: { holds: { context: planned(100) }, fails: { context: planned(100, 'li-ning') } },
  planStillFits: { holds: { context: planned(100) }, fails: { context: { ...planned(100), recoveredFen: 1 } } },
  offsetIsProposed: { holds: { context: offered(100) }, fails: {} },
  offsetIsOfAnother: { holds: { context: offered(100) }, fails: { context: offered(100, 'li-ning') } },
  offsetStillFits: { holds: { context: offered(100) }, fails: { context: { ...offered(100), recoveredFen: 1 } } },
  dueDayIsNotPast: { holds: { args: { dueOn: '2025-03-10' } }, fails: { args: { dueOn: '2025-03-09' } } },
  repaymentFollowsTheOpening: { holds: { context: { openedOn: '2025-03-10' }, args: { paidOn: '2025-03-10' } }, fails: { context: { openedOn: '2025-03-10' }, args: { paidOn: '2025-03-09' } } },
  dayIsNotInTheFuture: { holds: { args: { paidOn: '2025-03-10' } }, fails: { args: { paidOn: '2025-03-11' } } },
} satisfies Record<keyof typeof allRecoveryRules, BothWays<RecoveryContext>>;

const purse: FundContext = { ...({} as FundContext), lines: { reward: { appropriatedFen: 100, availableFen: 60 }, subsidy: { appropriatedFen: 0, availableFen: 0 } }, queue: [], proposal: null };
const adjustment = (by_: string, fen: number) => ({ proposal: { by: by_, line: 'reward' as const, fen, documentNo: '1' } });
const fundCases = {
  isAnotherPerson: { holds: { context: adjustment('he-ping', 1) }, fails: { context: adjustment('li-ning', 1) } },
  adjustmentIsPositive: { holds: { args: { amountFen: 1 } }, fails: { args: { amountFen: 0 } } },
  decreaseIsAvailable: { holds: { args: { line: 'reward', direction: 'decrease', amountFen: 60 } }, fails: { args: { line: 'reward', direction: 'decrease', amountFen: 61 } } },
  decreaseIsStillAvailable: { holds: { context: adjustment('he-ping', -60) }, fails: { context: adjustment('he-ping', -61) } },
  fundIsUsedUp: { holds: { context: { lines: { reward: { appropriatedFen: 9, availableFen: 0 }, subsidy: { appropriatedFen: 0, availableFen: 0 } } } }, fails: {} },
} satisfies Record<keyof typeof fundRules, BothWays<FundContext>>;

const frozen = { ...({} as PublicationContext), listSha256: 'a' };
const publicationCases = {
  listIsChecked: { holds: { context: { checkedBy: 'he-ping' } }, fails: { context: { checkedBy: null } } },
  signerIsNotTheChecker: { holds: { context: { checkedBy: 'he-ping' } }, fails: { context: { checkedBy: 'li-ning' } } },
  signerDidNotPropose: { holds: {}, fails: { context: { correction: { reason: '错字', proposedBy: 'li-ning', changes: [] } } } },
  listIsUnchanged: { holds: { args: { listSha256: 'a' } }, fails: { args: { listSha256: 'b' } } },
} satisfies Record<keyof typeof publicationRules, BothWays<PublicationContext>>;

function question<C>(start: C, { context, args, facts, who, now, policy }: Case<C>): Question<C> {
  return { context: { ...start, ...context }, args: args ?? {}, facts: facts ?? {}, actor: by(who ?? 'li-ning'), now: now ?? '2025-03-10T02:00:00.000Z', policy: policy ?? gx };
}

describe.each(Object.entries<Both>(scenarioCases))('the scenario rule %s', (name, { holds, fails }) => {
  const rule = scenarioRules[name as ScenarioRuleName];
  it('holds where it should', () => expect(rule.holds(question(base, holds))).toBe(true));
  it('refuses where it should, in Chinese and with its source', () => {
    expect(rule.holds(question(base, fails))).toBe(false);
    expect(rule.sentence).toMatch(/[一-鿿]/);
    expect(rule.article).toMatch(/^(art\. \d|policy |annex 2)/);
    if ('figures' in rule) expect(JSON.parse(JSON.stringify(rule.figures(question(base, fails))))).toEqual(rule.figures(question(base, fails)));
  });
});

describe.each(Object.entries<BothWays<RecoveryContext>>(recoveryCases))('the recovery rule %s', (name, { holds, fails }) => {
  const rule = allRecoveryRules[name as keyof typeof allRecoveryRules];
  it('holds where it should', () => expect(rule.holds(question(owed, holds))).toBe(true));
  it('refuses where it should', () => expect(rule.holds(question(owed, fails))).toBe(false));
});

describe.each(Object.entries<BothWays<FundContext>>(fundCases))('the rule of the fund %s', (name, { holds, fails }) => {
  const rule = fundRules[name as keyof typeof fundRules];
  it('holds and refuses where it should', () => {
    expect(rule.holds(question(purse, holds))).toBe(true);
    expect(rule.holds(question(purse, fails))).toBe(false);
  });
});

describe.each(Object.entries<BothWays<PublicationContext>>(publicationCases))('the publication rule %s', (name, { holds, fails }) => {
  const rule = publicationRules[name as keyof typeof publicationRules];
  it('holds and refuses where it should', () => {
    expect(rule.holds(question(frozen, holds))).toBe(true);
    expect(rule.holds(question(frozen, fails))).toBe(false);
  });
});

describe('who may submit to whom', () => {
  const to = (story: ReturnType<typeof government>, handler: string) => story.ask(story.context.filer, 'submit', { handler });
  it.each(['nanning-data', 'gx-market'])('a unit in Nanning under market supervision may submit to %s', (handler) => expect(to(government(), handler).ok).toBe(true));
  it.each(['liuzhou-data', 'gx-industry', 'gx-bureau', 'gx-finance', 'guiling-cement', 'nobody'])('but not to %s', (handler) => expect(to(government(), handler)).toMatchObject({ ok: false, rule: 'handlerMayForward' }));
  it('a county files through its city', () => expect(to(government({ division: '450181' }), 'nanning-data').ok).toBe(true));
});
