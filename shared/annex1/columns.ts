import type * as z from 'zod/mini';
import type { annex1Row } from '../contracts/annex1.ts';
import { demandTypeWords, projectTypeWords, reformOptionWords } from '../contracts/form-words.zh.ts';
import { numbered } from './options.ts';

/** One row of annex 1. */
export type Annex1Row = z.output<typeof annex1Row>;

/** One column of the official form: its words, the merged heading above it, its width in characters of the sheet. */
export interface Annex1Column {
  readonly key: keyof Annex1Row;
  readonly group?: string;
  readonly label: string;
  readonly hint: string;
  readonly width: number;
}

const demand = '重大需求';
const scene = '多跨场景应用';
const reform = '改革任务';
const briefly = '【概括性词语或一句话描述】';

/** The 12 columns of annex 1 in the form's order, with the words of its line 填写说明. */
export const annex1Columns = [
  { key: 'seqNo', label: '序号', hint: '填写说明', width: 6 },
  { key: 'demandName', group: demand, label: '需求名称', hint: briefly, width: 16 },
  { key: 'demandTypes', group: demand, label: '需求类型', hint: ['【以下多选】', ...numbered(demandTypeWords)].join('\n'), width: 30 },
  { key: 'demandContent', group: demand, label: '需求内容', hint: '【需求描述】\n参考以下角度阐述：\n1.阐明重要性；\n2.阐明具体需求子项（重点）。', width: 36 },
  { key: 'applicationName', group: scene, label: '应用名称', hint: '【简明规范的名称】', width: 12 },
  { key: 'planningBasis', group: scene, label: '谋划基础', hint: '【相关场景参考】', width: 18 },
  { key: 'projectType', group: scene, label: '项目类型', hint: ['【以下单选】', ...numbered(projectTypeWords)].join('\n'), width: 13 },
  { key: 'architecture', group: scene, label: '基本架构', hint: '【基本架构描述】', width: 30 },
  { key: 'smallEntryScenarios', group: scene, label: '小切口子场景', hint: '【近期急用先建的子场景描述】', width: 24 },
  { key: 'responsibleUnit', group: scene, label: '责任单位', hint: '【建议的责任单位】', width: 14 },
  { key: 'reformProject', group: reform, label: '改革项目', hint: briefly, width: 20 },
  { key: 'reformTasks', group: reform, label: '改革任务', hint: ['【按以下方面选择和描述改革任务】', ...numbered(reformOptionWords)].join('\n'), width: 36 },
] as const satisfies readonly Annex1Column[];

/** Neighbouring columns under one merged heading, as [first, last] by index; columns without a group stand alone. */
export function groupsOf(columns: readonly Annex1Column[]): { readonly group: string; readonly first: number; readonly last: number }[] {
  const found = new Map<string, { group: string; first: number; last: number }>();
  for (const [index, { group }] of columns.entries()) {
    if (group === undefined) continue;
    found.set(group, { group, first: found.get(group)?.first ?? index, last: index });
  }
  return [...found.values()];
}

/** The form's title. */
export const annex1Title = '多跨数字应用场景清单';

/** Who files the list, and the day of it: `YYYY-MM-DD`, or empty where there is none yet. */
export interface Annex1Head {
  readonly unit: string;
  readonly filedOn: string;
}
