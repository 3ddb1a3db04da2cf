import type { Policy } from '../shared/policy.ts';
import type { Json } from './decision.ts';
import type { ScenarioContext } from './scenario/context.ts';
import { progressOf } from './scenario/progress.ts';

/** What a flag looks at, and the row that describes it. */
interface Look {
  readonly context: ScenarioContext;
  readonly today: string;
  readonly policy: Policy;
}

interface Row {
  readonly article: string;
  readonly sentence: string;
  readonly figures: (look: Look) => { readonly [name: string]: Json } | null;
}

/** Early warnings of a construction, and what its reviewers should know of its technologies and documents (art. 9, art. 11(5)); none forbids anything. */
export const buildingFlags = {
  milestoneOverdue: {
    article: 'art. 11(5), policy R-029',
    sentence: '有里程碑已超过计划日期，评估时一并考虑',
    figures: ({ context, today }) => {
      const late = context.milestones.filter((each) => each.doneOn === null && each.dueOn < today);
      return late.length === 0 ? null : { milestones: late.map(({ name, dueOn }) => ({ name, dueOn })) };
    },
  },
  milestoneWasLate: {
    article: 'art. 11(5), policy R-029',
    sentence: '有里程碑晚于计划日期完成，评估时一并考虑',
    figures: ({ context }) => {
      const late = context.milestones.filter((each) => each.doneOn !== null && each.doneOn > each.dueOn);
      return late.length === 0 ? null : { milestones: late.map(({ name, dueOn, doneOn }) => ({ name, dueOn, doneOn })) };
    },
  },
  milestoneForecastLate: {
    article: 'art. 11(5), policy R-029',
    sentence: '预警：有里程碑预计晚于最初计划完成，请督促并核实原因',
    figures: ({ context }) => {
      const late = context.milestones.filter(({ doneOn, forecastOn, dueOn }) => doneOn === null && forecastOn !== undefined && forecastOn > dueOn);
      return late.length === 0 ? null : { milestones: late.map(({ name, dueOn, forecastOn = dueOn }) => ({ name, dueOn, forecastOn })) };
    },
  },
  completionForecastLate: {
    article: 'art. 11(5), policy R-029',
    sentence: '预警：预计竣工日期晚于最初计划，请督促并核实原因',
    figures: ({ context, today }) => {
      const { baselineOn = null, forecastOn = null, slipDays = null } = (context.completedOn === null && progressOf(context, today)) || {};
      return slipDays !== null && slipDays > 0 ? { baselineOn, forecastOn, slipDays } : null;
    },
  },
  costOverBudget: {
    article: 'art. 11(5), policy R-029',
    sentence: '预警：累计费用已超过批复总投资，请核实超支原因和资金来源',
    figures: ({ context, today }) => {
      const { budgetFen = null, costFen = null } = progressOf(context, today) ?? {};
      return budgetFen !== null && costFen !== null && costFen > budgetFen ? { budgetFen, costFen } : null;
    },
  },
  costAheadOfProgress: {
    article: 'art. 11(5), policy R-029',
    sentence: '预警：费用支出明显快于建设进度，请核实资金使用效益',
    figures: ({ context, today, policy }) => {
      const { costPercent = null, donePercent = null } = progressOf(context, today) ?? {};
      return costPercent !== null && donePercent !== null && costPercent - donePercent > policy.costLeadPoints.value ? { costPercent, donePercent } : null;
    },
  },
  milestoneDropped: {
    article: 'art. 11(5), policy R-029',
    sentence: '调整计划时取消了尚未完成的里程碑，请核实',
    figures: ({ context: { droppedMilestones = [] } }) => (droppedMilestones.length === 0 ? null : { milestones: droppedMilestones.map(({ name, dueOn }) => ({ name, dueOn })) }),
  },
  approvalDocumentMissing: {
    article: 'art. 12(2), policy R-038',
    sentence: '已登记立项批复，但还没有上传批复文件',
    figures: ({ context }) => (context.approval !== null && !context.parts['projectApproval'] ? { approvalNo: context.approval.no } : null),
  },
  technologyUnproved: {
    article: 'art. 9, policy R-019, R-020',
    sentence: '有技术或产品没有安全可靠测评、信创或密评证明（原则上应有），请评审时核对所述理由',
    figures: ({ context: { technologies = [] } }) => {
      const without = technologies.filter(({ proofs }) => proofs.length === 0);
      return without.length === 0 ? null : { technologies: without.map(({ name, explained }) => ({ name, explained })) };
    },
  },
  technologiesUnnamed: {
    article: 'art. 9, policy R-019, R-020',
    sentence: '已申请验收，但还没有填报技术和产品清单',
    figures: ({ context }) => (context.acceptance !== undefined && context.technologies === undefined ? { technologies: 0 } : null),
  },
  acceptanceDocumentAbsent: {
    article: 'art. 11(6), policy R-039',
    sentence: '申请验收时有竣工材料未能提供，请核对所述理由',
    figures: ({ context: { acceptance, parts } }) => {
      const absent = (acceptance?.absent ?? []).filter((part) => !parts[part]);
      return absent.length === 0 ? null : { parts: absent };
    },
  },
} as const satisfies Record<string, Row>;

/** The flags that are early warnings: the Bureau is told of them when a plan or a report raises them. */
export const warnings = ['milestoneForecastLate', 'completionForecastLate', 'costOverBudget', 'costAheadOfProgress', 'milestoneOverdue', 'milestoneDropped'] as const satisfies readonly (keyof typeof buildingFlags)[];
