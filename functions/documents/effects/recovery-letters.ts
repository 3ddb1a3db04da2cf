import { causeLabels } from '../../../machines/labels.zh.ts';
import type { Instalment, RecoveryContext } from '../../../machines/recovery/rules.ts';
import { canonical } from '../../../shared/canonical.ts';
import { dayOf } from '../../../shared/days.ts';
import { formatYuan } from '../../../shared/money.ts';
import type { Head, StoredEvent } from '../../store/case.ts';
import { digestsOf } from '../../store/digest.ts';
import { eventsAfter } from '../../store/load.ts';
import type { Table } from '../../store/table.ts';
import { chineseDay } from '../chinese-day.ts';
import { letterTitles } from '../printed-form.ts';
import { sealedCode, type Certificate, type Found } from '../sealed-code.ts';

/** The letters of a recovery by their name in the path: what each is, and the commands that issue it or issue it anew. */
export const recoveryLetters = {
  notice: { form: 'recoveryNotice', title: letterTitles.recoveryNotice, issuedBy: ['issueNotice'] },
  decision: { form: 'recoveryDecision', title: letterTitles.recoveryDecision, issuedBy: ['approveRecovery'] },
  // A plan that is approved later stands in the demand from then on.
  demand: { form: 'recoveryDemand', title: letterTitles.recoveryDemand, issuedBy: ['issueDemand', 'approveInstalments'] },
} as const;

/** The name of one letter. */
export type LetterName = keyof typeof recoveryLetters;

/** What a letter says, as of the event that issued it: nothing that is done later changes it. */
export interface Letter {
  readonly name: LetterName;
  readonly number: string | null;
  readonly unit: string;
  readonly texts: readonly string[];
  /** The day on which it was first issued (Asia/Shanghai). */
  readonly on: string;
}

/** A letter with what proves it. */
export interface IssuedLetter {
  readonly letter: Letter;
  readonly certificate: Certificate;
}

/** What the log has told of a recovery up to some event. */
interface Told {
  readonly proposedFen: number | null;
  readonly decidedFen: number | null;
  readonly proposedPlan: readonly Instalment[];
  readonly plan: readonly Instalment[];
  /** Whether the unit has stated its case. */
  readonly stated: boolean;
  /** The event that issued the demand. */
  readonly demand: StoredEvent | null;
}

/** Every issue of every letter of a recovery, oldest first. */
export async function issuedLetters(table: Table, head: Head): Promise<IssuedLetter[]> {
  const recovery = head.snapshot.context as unknown as RecoveryContext;
  let told: Told = { proposedFen: null, decidedFen: null, proposedPlan: [], plan: [], stated: false, demand: null };
  const issued: IssuedLetter[] = [];
  for await (const stored of eventsAfter(table, head.id)) {
    told = { ...told, ...after(told, stored) };
    const letter = letterOf(recovery, told, stored);
    if (letter) issued.push({ letter, certificate: certified(letter, stored) });
  }
  return issued;
}

/** What the code of a letter stands for; `undefined` when that event issued none. */
export async function letterFound(table: Table, head: Head, n: number): Promise<Found | undefined> {
  const issued = await issuedLetters(table, head);
  const found = issued.find(({ certificate }) => certificate.version === n);
  if (!found) return undefined;
  const newest = issued.findLast(({ letter }) => letter.name === found.letter.name);
  const { scenarioName } = head.snapshot.context as unknown as RecoveryContext;
  return { certificate: found.certificate, scenario: scenarioName, latest: head.version === n, unchanged: newest === found };
}

function after(told: Told, stored: StoredEvent): Partial<Told> {
  const { command, args } = stored.event;
  switch (command) {
    case 'fileStatement':
      return { stated: true };
    case 'proposeRecovery':
      return { proposedFen: typeof args['amountFen'] === 'number' ? args['amountFen'] : null };
    case 'approveRecovery':
      return { decidedFen: told.proposedFen };
    case 'issueDemand':
      return { demand: stored };
    case 'proposeInstalments':
      return { proposedPlan: args['instalments'] as unknown as readonly Instalment[] };
    case 'approveInstalments':
      return { plan: told.proposedPlan };
    default:
      return {};
  }
}

function letterOf(recovery: RecoveryContext, told: Told, { event }: StoredEvent): Letter | undefined {
  const name = (Object.keys(recoveryLetters) as LetterName[]).find((each) => (recoveryLetters[each].issuedBy as readonly string[]).includes(event.command));
  const issuing = name === 'demand' ? told.demand?.event : event;
  if (!name || !issuing) return undefined;
  const { documentNo } = issuing.args;
  return { name, number: typeof documentNo === 'string' ? documentNo : null, unit: recovery.unit.name, texts: texts[name](recovery, told, issuing.args), on: dayOf(issuing.at) };
}

function certified(letter: Letter, { event, digests }: StoredEvent): Certificate {
  return sealedCode(recoveryLetters[letter.name].form, { case: event.case, version: event.n, at: event.at, event: digests }, digestsOf(canonical({ ...letter, texts: [...letter.texts] })));
}

const about = ({ scenarioName, cause }: RecoveryContext): string => `你单位数字应用场景“${scenarioName}”因${causeLabels[cause]}`;
const basis = '《广西数字应用场景建设管理办法》第十二条第（二）项、第十九条第（一）项';
const owed = ({ amountFen }: RecoveryContext, { decidedFen }: Told): string => formatYuan(decidedFen ?? amountFen);

const texts: Readonly<Record<LetterName, (recovery: RecoveryContext, told: Told, args: StoredEvent['event']['args']) => readonly string[]>> = {
  notice: (recovery, _, args) => [
    `${about(recovery)}，依据${basis}，拟收回已拨付的资金人民币${formatYuan(recovery.amountFen)}。`,
    `事由：${String(args['reason'])}。`,
    '你单位可在收到本告知书后的陈述申辩期内提交书面陈述申辩；逾期未提交的，视为无意见。',
  ],
  decision: (recovery, told) => [
    `${about(recovery)}，${told.stated ? '经告知并听取陈述申辩' : '经告知，你单位逾期未提交陈述申辩'}，依据${basis}，决定收回资金人民币${owed(recovery, told)}。`,
    '收回办结前，不再向你单位核定或拨付新的奖励、补助资金。',
  ],
  demand: (recovery, told, args) => [
    `${about(recovery)}，现通知你单位于${chineseDay(String(args['dueOn']))}前缴回资金人民币${owed(recovery, told)}。`,
    ...planned(told),
    '款项到账后请将缴款凭证报送自治区数据局。',
  ],
};

function planned({ plan }: Told): readonly string[] {
  if (plan.length === 0) return [];
  return [`经批准分${plan.length}期缴回：${plan.map(({ dueOn, amountFen }, index) => `第${index + 1}期${chineseDay(dueOn)}前${formatYuan(amountFen)}`).join('；')}。`];
}
