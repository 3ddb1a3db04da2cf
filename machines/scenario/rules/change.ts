import { changedPointers } from '../../../shared/pointers.ts';
import type { Question, Rule } from '../../question.ts';
import type { ScenarioContext } from '../context.ts';
import { formErrors } from '../form.ts';
import { isWithin } from '../places.ts';

type Ask = Question<ScenarioContext>;

/** Rules about changes after selection: asked for, agreed to, and made only as far as agreed. */
export const changeRules = {
  noChangeIsGranted: {
    article: 'policy A-40',
    reads: 'case',
    sentence: '已同意的变更还没有提交，请先提交变更内容',
    holds: ({ context }) => context.change?.granted !== true,
  },
  changeIsRequested: {
    article: 'policy A-40',
    reads: 'case',
    sentence: '没有待批准的变更申请',
    holds: ({ context }) => context.change?.granted === false,
  },
  changeIsGranted: {
    article: 'policy A-40',
    reads: 'case',
    sentence: '入选后不能直接修改申报内容，请先申请变更，经同意后再提交',
    holds: ({ context }) => context.change?.granted === true,
  },
  partsMayChange: {
    article: 'policy R-016, A-40',
    reads: 'args',
    sentence: '建设阶段、资金类别、投资额、多跨情况、涉密声明和附件不能通过变更修改；需要改变的请终止后重新申报',
    holds: (ask) => fixedParts(ask).length === 0,
    figures: (ask) => ({ fixed: fixedParts(ask) }),
  },
  formStaysComplete: {
    article: 'policy A-40',
    reads: 'args',
    sentence: '变更后的表单须填写完整，请补齐后再提交',
    holds: ({ args, context }) => args.form === undefined || formErrors(args.form, context.funding).length === 0,
    figures: ({ args, context }) => ({ first: formErrors(args.form, context.funding).slice(0, 5).map(({ pointer }) => pointer) }),
  },
  onlyGrantedPartsChanged: {
    article: 'policy A-40',
    reads: 'facts',
    sentence: '只能修改同意变更的部分，请恢复其他部分的内容',
    holds: (ask) => ungranted(ask).length === 0,
    figures: (ask) => ({ ungranted: ungranted(ask).slice(0, 10), granted: [...(ask.context.change?.pointers ?? [])] }),
  },
} as const satisfies Record<string, Rule<ScenarioContext>>;

// What class, ceiling and workflow rest on stays as it was selected: a change of it is another filing.
const fixed = ['stage', 'localFiscalFen', 'totalInvestmentFen', 'crossCutting', 'nonSecret', 'registeredInGuangxi'].map((field) => `/system/${field}`);

function fixedParts({ args }: Ask): string[] {
  const pointers = (args.items ?? []).map((item) => item.pointer);
  return pointers.filter((pointer) => !/^\/(system\/|annex[12](\/|$))/.test(pointer) || fixed.some((part) => pointer === part || pointer.startsWith(`${part}/`)));
}

function ungranted({ args, context, facts }: Ask): string[] {
  if (args.form === undefined) return [];
  const granted = context.change?.pointers ?? [];
  return changedPointers(facts.latestForm ?? {}, args.form).filter((pointer) => !isWithin(pointer, granted));
}
