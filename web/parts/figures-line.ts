import { t } from '../words/language.ts';
import { yuan } from '../words/money.ts';
import { onDay } from './when.ts';

/** Chinese names of the figures that a rule refuses by, in the order in which they are read; what is not named here is for programs. */
const names: Readonly<Record<string, string>> = {
  amountFen: '所填金额', plannedFen: '方案合计', accountsFen: '所填决算', investmentFen: '项目总投资',
  ceilingFen: '上限', dueFen: '应拨金额', orderedFen: '拨付单金额', owedFen: '应收回', openFen: '尚欠', outstandingFen: '尚可收回', unprovedFen: '尚未提供支出凭据', availableFen: '可用预算',
  earliest: '不能早于', today: '今天', until: '期满', placeInFund: '排队位次', openRecoveries: '未办结的收回（笔）',
  opinions: '已签意见', sheets: '已交评分表', quorum: '至少', score: '得分', passLine: '入选线', used: '已用', allowed: '最多', gaps: '待补充', open: '未完成', indicators: '须评价的指标',
};

/** The figures behind a refusal in one line, as a person reads them; none where there are none to show. */
export function figuresLine(figures: unknown): string[] {
  if (typeof figures !== 'object' || figures === null) return [];
  const known = { ...figures, ...earliestOf(figures) } as Readonly<Record<string, unknown>>;
  const parts = Object.entries(names).flatMap(([name, label]) => {
    const value = shown(name, known[name]);
    return value === undefined ? [] : [t('{name}：{value}', { name: t(label), value })];
  });
  return parts.length === 0 ? [] : [parts.join(' · ')];
}

function shown(name: string, value: unknown): string | undefined {
  if (typeof value === 'number') return name.endsWith('Fen') ? yuan(value) : String(value);
  if (typeof value === 'string') return dayIn(value);
  // Names that people gave, and no ids of ours.
  return Array.isArray(value) && value.length > 0 && value.every((each) => typeof each === 'string' && /\p{Script=Han}/u.test(each)) ? value.join(' / ') : undefined;
}

/** A day, or the day of an instant in Guangxi. */
function dayIn(text: string): string | undefined {
  if (!/^\d{4}-\d\d-\d\d/.test(text)) return undefined;
  return text.includes('T') ? onDay(text) : text;
}

/** The latest of the days that a typed day must not precede. */
function earliestOf(figures: object): { readonly earliest?: string } {
  const early = (figures as { readonly early?: unknown }).early;
  if (!Array.isArray(early)) return {};
  const days = early.flatMap((each: { readonly earliest?: unknown }) => (typeof each.earliest === 'string' ? [each.earliest] : []));
  return days.length === 0 ? {} : { earliest: days.toSorted().at(-1) ?? '' };
}
