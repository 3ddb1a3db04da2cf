import { directionWords } from '../../../shared/contracts/form-words.zh.ts';
import { stageWords } from '../../../shared/contracts/system-words.zh.ts';
import { cityOf, divisionName, region } from '../../../shared/divisions.ts';
import { departmentOf } from '../../../shared/sectors.ts';
import type { ListEntry } from '../../activities/batch-list.ts';
import type { Edition } from '../../published/editions.ts';

/** The Bureau that publishes the lists (art. 11(4), art. 14(4)). */
export const publisher = '广西壮族自治区数据局';

/** What both funding classes are called on lists (art. 7). */
export const classWords: Readonly<Record<string, string>> = { governmentInvestment: '政府投资类', socialInvestment: '社会投资类' };

/** The columns of a published list, with their widths as shares of a page. */
export const listColumns = [
  { label: '序号', width: 5, textOf: (_: ListEntry, place: number) => String(place) },
  { label: '清单编号', width: 18, textOf: ({ number }: ListEntry) => number },
  { label: '场景名称', width: 25, textOf: ({ name }: ListEntry) => name },
  { label: '类别', width: 10, textOf: ({ lifecycle }: ListEntry) => classWords[lifecycle] ?? lifecycle },
  { label: '建设阶段', width: 8, textOf: ({ stage }: ListEntry) => stageWords[stage as keyof typeof stageWords] ?? '' },
  { label: '方向', width: 15, textOf: ({ directions = [] }: ListEntry) => directions.map((id) => directionWords[id as keyof typeof directionWords] ?? id).join('、') },
  { label: '申报单位', width: 22, textOf: ({ unitName }: ListEntry) => unitName },
  { label: '所在地', width: 12, textOf: ({ division }: ListEntry) => placeOf(division) },
  { label: '行业主管部门', width: 16, textOf: ({ sectors = [] }: ListEntry) => sectors.map((id) => departmentOf(id)?.short ?? id).join('、') },
] as const;

/** `柳州市柳城县`, or the city or the region alone. */
export function placeOf(division: string): string {
  const city = cityOf(division);
  const name = divisionName(division) ?? '';
  return city === undefined || city === division ? name.replace(region.name, '自治区本级') : `${divisionName(city) ?? ''}${name}`;
}

/** `2026年下半年` for `2026-H2`. */
export function halfWords(half: string): string {
  return `${half.slice(0, 4)}年${half.endsWith('H1') ? '上' : '下'}半年`;
}

/** What a list is called: which half-year, and which edition where it corrects another. */
export function listTitle({ batch, edition }: Pick<Edition, 'batch' | 'edition'>): string {
  return `广西数字应用场景清单（${halfWords(batch)}${edition > 1 ? `，第${edition}版` : ''}）`;
}

/** What an edition corrects, in one sentence for each line. */
export function changeWords({ correction }: Pick<Edition, 'correction'>): string[] {
  return (correction?.changes ?? []).map(({ number, change, name, unitName }) => {
    if (change === 'strike') return `${number}：已从清单中撤销`;
    return `${number}：${[...(name === undefined ? [] : [`场景名称更正为“${name}”`]), ...(unitName === undefined ? [] : [`申报单位更正为“${unitName}”`])].join('，')}`;
  });
}
