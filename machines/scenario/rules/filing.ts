import type { Organisation } from '../../../shared/actor.ts';
import { attachmentParts, missingParts, type AttachmentPart } from '../../../shared/contracts/attachments.ts';
import { cityOf } from '../../../shared/divisions.ts';
import { changedPointers } from '../../../shared/pointers.ts';
import type { Question, Rule } from '../../question.ts';
import type { ScenarioContext } from '../context.ts';
import { shapeErrors } from '../form.ts';
import { isPlace, isWithin } from '../places.ts';

type Ask = Question<ScenarioContext>;

/** Rules about what may be filed, by whom and to whom (art. 3, 4, 7, 10, 11, 13, 14; annex 2). */
export const filingRules = {
  callIsOpen: {
    article: 'art. 11(1), art. 14(1)',
    reads: 'facts',
    sentence: '当前没有开放的征集，请先保存草稿，待自治区数据局发布征集后再提交',
    holds: ({ facts, policy }) => facts.callOpen ?? policy.callOpen.value,
  },
  formFitsItsSchema: {
    article: 'art. 8, art. 14(2)',
    reads: 'args',
    sentence: '表单中有系统不认识的字段或类型不对的内容，请按表单填写',
    holds: (ask) => ask.args.form === undefined || shapeErrors(ask.args.form, ask.context.funding).length === 0,
    figures: (ask) => ({ errors: shapeErrors(ask.args.form, ask.context.funding).slice(0, 10).map(({ pointer, detail }) => ({ pointer, detail })) }),
  },
  onlyMarkedPartsChanged: {
    article: 'policy requirements 7',
    reads: 'facts',
    sentence: '退回补正时只能修改标出的部分，请恢复其他部分的内容',
    holds: (ask) => unmarkedChanges(ask).length === 0,
    figures: (ask) => ({ unmarked: unmarkedChanges(ask).slice(0, 10), marked: [...ask.context.marks] }),
  },
  marksArePlaces: {
    article: 'policy requirements 2 (correction)',
    // A fact of the form as it is now: what was marked before a member was renamed stays marked when it is replayed.
    reads: 'facts',
    sentence: '所指的内容在表单和附件中都没有，请选择表单的字段或附件后再提交',
    holds: (ask) => nowhere(ask).length === 0,
    figures: (ask) => ({ nowhere: nowhere(ask) }),
  },
  attachmentIsMarked: {
    article: 'policy requirements 7',
    reads: 'args',
    sentence: '退回补正时只能更换标出的附件',
    holds: ({ args, context }) => isMarked(`/attachments/${args.part ?? ''}`, context.marks),
  },
  attachmentIsEvidence: {
    article: 'policy R-068',
    reads: 'args',
    sentence: '申报附件只能在草稿或退回补正时更换；现在只能补充立项、竣工、验收等证明材料',
    holds: ({ args }) => args.part === undefined || attachmentParts[args.part].class === 'evidence',
  },
  attachmentIsThere: {
    article: 'policy R-067',
    reads: 'args',
    sentence: '没有这一类的附件可删除，请刷新后重试',
    holds: ({ args, context }) => args.part === undefined || (context.parts[args.part] ?? 0) > 0,
  },
  handlerMayForward: {
    article: 'art. 11(2), art. 14(2)',
    reads: 'facts',
    sentence: '只能提交给本地区设区市的数据主管部门，或本行业的自治区行业主管部门，请重新选择',
    holds: (ask) => forwards(ask.facts.organisations?.[ask.args.handler ?? ''], ask.context),
  },
  isBuilt: {
    article: 'art. 13',
    reads: 'case',
    sentence: '社会投资类场景应为已建场景：还没有选择建设阶段的请选择，新建、在建的请建成后再申报',
    holds: ({ context }) => context.stage === 'built',
  },
  isNotSecret: {
    article: 'art. 4',
    reads: 'case',
    sentence: '须先确认场景不涉密；涉密场景不得在本系统申报',
    holds: ({ context }) => context.nonSecret,
  },
  isInGuangxi: {
    article: 'annex 2 letter',
    reads: 'case',
    sentence: '申报单位须在广西注册并纳税，请在表单中确认',
    holds: ({ context }) => context.inGuangxi,
  },
  isFiscallyFunded: {
    article: 'art. 7',
    reads: 'case',
    sentence: '没有地方财政资金的场景属于社会投资类，请改按社会投资类申报；资金来源特殊的，请申请自治区数据局认定',
    holds: ({ context }) => context.localFiscalFen > 0 || classStands(context),
  },
  isSociallyFunded: {
    article: 'art. 7',
    reads: 'case',
    sentence: '含有地方财政资金的场景属于政府投资类，请改按政府投资类申报；资金来源混合的，请申请自治区数据局认定',
    holds: ({ context }) => context.localFiscalFen === 0 || classStands(context),
  },
  classIsInDoubt: {
    article: 'policy R-015, A-33',
    reads: 'case',
    sentence: '资金来源与申报类别一致，或已经认定，无需认定资金类别',
    holds: ({ context }) => (context.funding === 'governmentInvestment') === (context.localFiscalFen === 0) && !classStands(context),
    figures: ({ context }) => ({ localFiscalFen: context.localFiscalFen, investmentFen: context.investmentFen }),
  },
  classIsNotAsked: {
    article: 'policy R-015, A-33',
    reads: 'case',
    sentence: '已申请认定资金类别，请等待自治区数据局认定',
    holds: ({ context }) => context.classDoubt?.asked !== true,
  },
  isCrossCutting: {
    article: 'policy A-03',
    reads: 'case',
    sentence: '报送的场景至少要有一项多跨（跨部门、跨层级、跨地域、跨系统、跨业务），请在表单中选择',
    holds: ({ context, policy }) => !policy.requireCrossCutting.value || context.crossCutting.length > 0,
  },
  formIsComplete: {
    article: 'art. 8, art. 14(2)',
    reads: 'case',
    sentence: '表单还没有填写完整，请补齐后再提交',
    holds: ({ context }) => context.gaps === 0,
    figures: ({ context }) => ({ gaps: context.gaps, first: [...context.firstGaps] }),
  },
  attachmentsAreComplete: {
    article: 'annex 2 part 3',
    reads: 'case',
    sentence: '附件不齐，请补充所缺的附件后再提交',
    holds: ({ context }) => missing(context).length === 0,
    figures: ({ context }) => ({ missing: [...missing(context)] }),
  },
  noOpenDuplicate: {
    article: 'policy A-41',
    reads: 'case',
    sentence: '同一场景已有在办的申报，形式审查不能通过，请核对：确属重复的请申报单位撤回其中一件，或不予受理',
    holds: ({ context }) => context.duplicates.length === 0,
    figures: ({ context }) => ({ duplicates: [...context.duplicates] }),
  },
  isNoBannedRepeat: {
    article: 'policy A-14',
    reads: 'case',
    sentence: '此前已申报并入选的项目，按现行政策不再重复申报，请不予受理',
    holds: ({ context, policy }) => !policy.banRepeatProject.value || context.repeats.length === 0,
    figures: ({ context }) => ({ repeats: [...context.repeats] }),
  },
} as const satisfies Record<string, Rule<ScenarioContext>>;

/** Whether an officer let the class stand for this very amount of fiscal money. */
function classStands({ classDoubt, localFiscalFen }: ScenarioContext): boolean {
  return classDoubt?.keptFen === localFiscalFen;
}

function unmarkedChanges({ args, context, facts }: Ask): string[] {
  if (context.marks.length === 0 || args.form === undefined) return [];
  return changedPointers(facts.latestForm ?? {}, args.form).filter((pointer) => !isMarked(pointer, context.marks));
}

function isMarked(pointer: string, marks: readonly string[]): boolean {
  return marks.length === 0 || isWithin(pointer, marks);
}

function nowhere({ args, context }: Ask): string[] {
  return (args.items ?? []).map(({ pointer }) => pointer).filter((pointer) => !isPlace(pointer, context.funding));
}

function forwards(office: Organisation | undefined, context: ScenarioContext): boolean {
  if (office?.office === 'city') return cityOf(office.division) === cityOf(context.division) || cityOf(office.division) === cityOf(context.unit.division);
  if (office?.office !== 'sectorAuthority' || office.sector === undefined) return false;
  return office.sector === context.unit.sector || context.sectors.includes(office.sector);
}

function missing(context: ScenarioContext): readonly AttachmentPart[] {
  return missingParts(context.unit.kind, Object.keys(context.parts).filter((part) => (context.parts[part] ?? 0) > 0));
}
