import { causeLabels } from '../../../machines/labels.zh.ts';
import type { RecoveryContext } from '../../../machines/recovery/rules.ts';
import { dayOf } from '../../../shared/days.ts';
import { formatYuan } from '../../../shared/money.ts';
import type { Head } from '../../store/case.ts';
import type { EventRecord } from '../../store/chain.ts';
import { eventsAfter } from '../../store/load.ts';
import type { Table } from '../../store/table.ts';
import { chineseDay } from '../chinese-day.ts';
import { paragraph, type Block, type Content } from '../content.ts';

/** The letters of a recovery by their name in the path, each with the command that it tells of. */
export const recoveryLetters = {
  notice: { title: '资金收回告知书', command: 'issueNotice' },
  decision: { title: '资金收回决定书', command: 'approveRecovery' },
  demand: { title: '资金缴回通知书', command: 'issueDemand' },
} as const;

/** The name of one letter. */
export type LetterName = keyof typeof recoveryLetters;

/** The letters that there are of a recovery by now. */
export async function lettersSoFar(table: Table, id: string): Promise<readonly LetterName[]> {
  const told = new Set<string>();
  for await (const { event } of eventsAfter(table, id)) told.add(event.command);
  return (Object.keys(recoveryLetters) as LetterName[]).filter((name) => told.has(recoveryLetters[name].command));
}

/** A letter of a recovery as a document; undefined before its event has happened. */
export async function recoveryLetter(table: Table, head: Head, name: LetterName): Promise<Content | undefined> {
  const { title, command } = recoveryLetters[name];
  let told: EventRecord | undefined;
  for await (const { event } of eventsAfter(table, head.id)) if (event.command === command) told = event;
  if (!told) return undefined;
  const recovery = head.snapshot.context as unknown as RecoveryContext;
  const number = typeof told.args['documentNo'] === 'string' ? [paragraph('body', told.args['documentNo'], { align: 'center' })] : [];
  return {
    title, landscape: false, draft: false, footer: `${title}　${recovery.id}`,
    blocks: [
      paragraph('title', title, { align: 'center', after: 6 }),
      ...number,
      paragraph('body', `${recovery.unit.name}：`, { before: 12 }),
      ...(texts[name](recovery, told) satisfies readonly string[]).map((text): Block => paragraph('body', text, { indented: true, before: 6 })),
      paragraph('body', '广西壮族自治区数据局', { align: 'right', before: 24 }),
      paragraph('body', chineseDay(dayOf(told.at)), { align: 'right' }),
    ],
  };
}

const about = ({ scenarioName, cause }: RecoveryContext): string => `你单位数字应用场景“${scenarioName}”因${causeLabels[cause]}`;
const basis = '《广西数字应用场景建设管理办法》第十二条第（二）项、第十九条第（一）项';

const texts: Readonly<Record<LetterName, (recovery: RecoveryContext, told: EventRecord) => readonly string[]>> = {
  notice: (recovery, { args }) => [
    `${about(recovery)}，依据${basis}，拟收回已拨付的资金人民币${formatYuan(recovery.amountFen)}元。`,
    `事由：${String(args['reason'])}。`,
    '你单位可在收到本告知书后的陈述申辩期内提交书面陈述申辩；逾期未提交的，视为无意见。',
  ],
  decision: (recovery) => [
    `${about(recovery)}，经告知并听取陈述申辩，依据${basis}，决定收回资金人民币${formatYuan(recovery.decidedFen ?? recovery.amountFen)}元。`,
    `收回办结前，不再向你单位核定或拨付新的奖励、补助资金。`,
  ],
  demand: (recovery, { args }) => [
    `${about(recovery)}，现通知你单位于${chineseDay(String(args['dueOn']))}前缴回资金人民币${formatYuan(recovery.decidedFen ?? recovery.amountFen)}元。`,
    ...plan(recovery),
    '款项到账后请将缴款凭证报送自治区数据局。',
  ],
};

function plan({ plan: agreed }: RecoveryContext): readonly string[] {
  if (!agreed) return [];
  return [`经批准分${agreed.instalments.length}期缴回：${agreed.instalments.map(({ dueOn, amountFen }, index) => `第${index + 1}期${chineseDay(dueOn)}前${formatYuan(amountFen)}元`).join('；')}。`];
}
