import { inspectionOf } from '../../machines/scenario/inspection.ts';
import { addDays, type Day } from '../../shared/days.ts';
import { gx2025Draft } from '../../shared/policy.ts';
import type { Followed } from './followed.ts';
import { judgementsOf, ownResult } from './indicators.ts';
import { declaration, openExpert, panel } from './panel-steps.ts';
import { inTurn } from './people.ts';
import { does, type Move, type Onward, type Wait } from './step.ts';

const officer = ({ fate }: Followed) => inTurn('bureauOfficer', fate.number);
const leader = ({ fate }: Followed) => inTurn('bureauLeader', fate.number);
const irs = (one: Followed, today: Day) => does(one.fate.filer, 'registerIrs', { appCode: `GXIRS-${one.fate.number}`, registeredOn: today, resources: [{ resourceKind: 'cloud', name: '自治区政务云' }] });

/** Building, acceptance, evaluation and the case library of the government class. */
export const buildingSteps: Readonly<Record<string, Onward>> = {
  'construction.project.approval': ({ fate }, today) => does(fate.filer, 'recordProjectApproval', { approvalNo: `桂发改数〔${fate.number}〕号`, approvedOn: today, totalInvestmentFen: fate.investmentFen }),
  'construction.project.building': (one, today) => planned(one) ?? milestone(one, today) ?? does(one.fate.filer, 'reportCompletion', { completedOn: today, effect: '全部建设内容完成，达到预期成效' }),
  'construction.irs.registering': irs,
  irsRegistration: irs,
  'acceptance.applying': (one) => technologies(one) ?? does(one.fate.filer, 'applyForAcceptance', { achieved: '批复的建设内容全部完成', absent: acceptanceDocuments.map((part) => ({ part, reason: '纸质原件现场查验' })) }),
  'acceptance.inspecting': (one, today) => panel(one, today) ?? inspection(one, today) ?? declaration(one) ?? opinion(one) ?? acceptanceOf(one, today),
  'acceptance.rectifying': ({ fate }) => does(fate.filer, 'reportRectified', { report: '已按要求全部整改' }),
  'evaluation.evaluating': evaluated,
  'evaluation.reporting': (one, today) => does(officer(one), 'reportToGovernment', { documentNo: `桂数报〔${one.fate.number}〕号`, sentOn: today }),
  'promotion.drafting': (one) => (one.fate.library ? caseText(one) : does(leader(one), 'closeWithoutCase', { reason: '成效不足以推广' })),
  'promotion.reviewing': (one, today) => (one.context.evaluation?.grade === 'criticised' ? improved(one, today) : does(officer(one), 'acceptCase')),
};

const acceptanceDocuments = gx2025Draft.acceptanceDocuments.value;

/** What the building is made of, declared once before the acceptance is applied for. */
function technologies(one: Followed): Move | undefined {
  if (one.notes.has('technologies')) return undefined;
  one.notes.set('technologies', 'yes');
  return does(one.fate.filer, 'declareTechnologies', { technologies: [{ name: '数据库', technologyKind: 'basicSoftware', ...(one.fate.number % 2 === 0 ? { securityNo: `AK-${one.fate.number}` } : { reason: '存量系统' }) }] });
}

/** The next thing that the inspection has not looked at in this round. */
function inspection(one: Followed, today: Day): Move | undefined {
  const { checks } = inspectionOf(one.context);
  const check = gx2025Draft.acceptanceChecks.value.find((each) => checks[each] === undefined);
  return check && does(officer(one), 'recordInspection', { check, result: 'met', checkedOn: today, remark: '已查验，符合要求' });
}

/** The next opinion of the panel. */
function opinion({ context }: Followed): Move | undefined {
  const expert = openExpert(context);
  return expert === undefined ? undefined : does(expert, 'giveOpinion', { verdict: 'pass', comment: '达到批复要求', signed: true });
}

function acceptanceOf(one: Followed, today: Day): Move {
  const { fate, context } = one;
  return does(officer(one), 'passAcceptance', { conclusion: '合格', inspectedOn: today, finalAccountsFen: Math.floor(((context.approval?.fen ?? fate.investmentFen) * fate.accountsPercent) / 100) });
}

/** The plan of the building, with its milestones. */
function planned({ fate, context }: Followed): Move | undefined {
  if (context.milestones.length > 0) return undefined;
  const from = context.approval?.on ?? '';
  return does(fate.filer, 'planMilestones', { milestones: fate.milestones.map(({ dueAfter }, index) => ({ name: `第${index + 1}阶段`, dueOn: addDays(from, dueAfter) })) });
}

/** The next milestone is done on its day, or as much later as it slips. */
function milestone({ fate, context }: Followed, today: Day): Move | Wait | undefined {
  const index = context.milestones.findIndex(({ doneOn }) => doneOn === null);
  const next = context.milestones[index];
  if (!next) return undefined;
  const day = addDays(next.dueOn, fate.milestones[index]?.slips ?? 0);
  return today < day ? { until: day } : does(fate.filer, 'completeMilestone', { name: next.name, completedOn: today });
}

/** One evaluation a year, after the unit's own result where it is measured; the grades come in the order of the fate, and the last one stays. */
function evaluated(one: Followed, today: Day): Move {
  const { grades, missesTarget } = one.fate;
  const times = Number(one.notes.get('evaluations') ?? 0);
  const year = Math.max(Number(today.slice(0, 4)), (one.context.evaluation?.year ?? 0) + 1);
  const missed = missesTarget && times === 0;
  const own = ownResult(one, year, missed);
  if (own) return own;
  one.notes.set('evaluations', String(times + 1));
  return does(officer(one), 'recordEvaluation', { year, grade: grades[Math.min(times, grades.length - 1)] ?? 'ordinary', targetMet: !missed, summary: '按年度评估', ...judgementsOf(one, year, missed) });
}

/** Whoever was criticised is evaluated again in the next year. */
function improved(one: Followed, today: Day): Move | Wait {
  const year = one.context.evaluation?.year ?? 0;
  return Number(today.slice(0, 4)) > year ? evaluated(one, today) : { until: `${year + 1}-03-01` };
}

/** The experience of a scenario as a case for others. */
export function caseText({ fate }: Followed): Move {
  return does(fate.filer, 'submitCaseText');
}
