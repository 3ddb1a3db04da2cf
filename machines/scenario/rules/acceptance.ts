import type { Question, Rule } from '../../question.ts';
import type { ScenarioContext } from '../context.ts';
import { inspectionOf } from '../inspection.ts';
import { basisOf } from '../money.ts';

type Ask = Question<ScenarioContext>;

/** Rules about acceptance: the application, the inspection, the panel's opinions, the final accounts, the rectification (art. 11(6), art. 12(2), A-09, A-13). */
export const acceptanceRules = {
  completionDocumentsAreThere: {
    article: 'art. 11(6), policy R-039',
    reads: 'args',
    sentence: '竣工材料不齐：请先上传所缺材料，确实不能提供的请逐项说明理由',
    holds: (ask) => missingDocuments(ask).length === 0,
    figures: (ask) => ({ missing: missingDocuments(ask) }),
  },
  inspectionIsComplete: {
    article: 'art. 11(6), policy requirements 8.12',
    reads: 'case',
    sentence: '验收检查（审阅材料、现场演示、实地考察）还没有全部登记，请先登记检查情况',
    holds: (ask) => checksWithout(ask).length === 0,
    figures: (ask) => ({ open: checksWithout(ask) }),
  },
  inspectionIsMet: {
    article: 'art. 11(6), policy requirements 8.12',
    reads: 'case',
    sentence: '有验收检查不符合要求：请要求整改，或重新检查并登记',
    holds: ({ context }) => unmetChecks(context).length === 0,
    figures: ({ context }) => ({ unmet: unmetChecks(context) }),
  },
  opinionsReachQuorum: {
    article: 'art. 11(6), policy requirements 8.12',
    reads: 'case',
    sentence: '签署验收意见的专家人数不足，请等待或增派专家',
    holds: ({ context, policy }) => opinions(context).length >= policy.acceptanceQuorum.value,
    figures: ({ context, policy }) => ({ opinions: opinions(context).length, quorum: policy.acceptanceQuorum.value }),
  },
  mostOpinionsPass: {
    article: 'art. 11(6), policy requirements 8.12',
    reads: 'case',
    sentence: '同意通过验收的专家没有过半数，不能给出合格结论；请要求整改或给出不合格结论',
    holds: ({ context }) => passing(context) * 2 > opinions(context).length,
    figures: ({ context }) => ({ opinions: opinions(context).length, pass: passing(context) }),
  },
  accountsArePositive: {
    article: 'policy A-09',
    reads: 'args',
    sentence: '请填写竣工决算金额（大于0）',
    holds: ({ args }) => args.finalAccountsFen === undefined || args.finalAccountsFen > 0,
  },
  // Yuan taken for fen, or ten thousand yuan for yuan: money would be asked back that nobody owes.
  accountsFitTheInvestment: {
    article: 'policy A-09',
    reads: 'args',
    sentence: '竣工决算与项目总投资相差过于悬殊，请核对金额单位；确实如此的请先核实，再给出不合格结论或终止',
    holds: ({ args, context, policy }) => {
      const { fen } = basisOf(context);
      const times = policy.accountsWithinTimes.value;
      return args.finalAccountsFen === undefined || fen === 0 || (args.finalAccountsFen >= fen / times && args.finalAccountsFen / times <= fen);
    },
    figures: ({ args, context, policy }) => ({ accountsFen: args.finalAccountsFen ?? null, investmentFen: basisOf(context).fen, times: policy.accountsWithinTimes.value }),
  },
  // From then on the one rectification counts, and a return is no way around it.
  onlyDocumentsAreInspected: {
    article: 'art. 11(6), policy A-13',
    reads: 'case',
    sentence: '现场检查或专家意见已经登记，不能再退回申请；请要求整改，或给出结论',
    holds: ({ context }) => opinions(context).length === 0 && Object.keys(inspectionOf(context).checks).every((check) => check === 'documents'),
  },
  rectificationIsAllowed: {
    article: 'policy A-13',
    reads: 'case',
    sentence: '整改次数已用完，只能给出合格或不合格的结论',
    holds: ({ context, policy }) => context.rectifications < policy.rectificationsAllowed.value,
    figures: ({ context, policy }) => ({ used: context.rectifications, allowed: policy.rectificationsAllowed.value }),
  },
} as const satisfies Record<string, Rule<ScenarioContext>>;

/** Documents that the policy asks for and that are neither among the files nor explained; what was built already had no project approved under this programme. */
function missingDocuments({ args, context, policy }: Ask): string[] {
  const explained: readonly string[] = (args.absent ?? []).map(({ part }) => part);
  return policy.acceptanceDocuments.value.filter((part) => (context.stage === 'proposed' || part !== 'projectApproval') && !context.parts[part] && !explained.includes(part));
}

function checksWithout({ context, policy }: Ask): string[] {
  return policy.acceptanceChecks.value.filter((check) => inspectionOf(context).checks[check] === undefined);
}

function unmetChecks(context: ScenarioContext): string[] {
  return Object.entries(inspectionOf(context).checks).filter(([, { result }]) => result === 'unmet').map(([check]) => check);
}

function opinions(context: ScenarioContext): readonly string[] {
  return Object.values(inspectionOf(context).opinions);
}

function passing(context: ScenarioContext): number {
  return opinions(context).filter((verdict) => verdict === 'pass').length;
}
