import { demandTypeWords, projectTypeWords } from '../contracts/form-words.zh.ts';
import { parse } from '../contracts/parse.ts';
import { annex1Row } from '../contracts/annex1.ts';
import type { Draft } from '../draft.ts';
import type { Annex1Row } from './columns.ts';
import { itemsIn, listText } from './lists.ts';
import { chosenIn, optionText, plain } from './options.ts';
import { reformTasksIn, reformText } from './reform-tasks.ts';

/** The key of a column. */
export type Annex1Key = keyof Annex1Row;

/** A row as the form prints it, cell by cell; what a draft lacks is blank. */
export function cellTexts(row: Draft<Annex1Row>): Readonly<Record<Annex1Key, string>> {
  return {
    seqNo: row.seqNo === undefined ? '' : String(row.seqNo),
    demandName: row.demandName ?? '',
    demandTypes: (row.demandTypes ?? []).map((type) => optionText(demandTypeWords, type)).join('\n'),
    demandContent: row.demandContent ?? '',
    applicationName: row.applicationName ?? '',
    planningBasis: row.planningBasis ?? '',
    projectType: row.projectType === undefined ? '' : optionText(projectTypeWords, row.projectType),
    architecture: row.architecture ?? '',
    smallEntryScenarios: listText(row.smallEntryScenarios ?? []),
    responsibleUnit: row.responsibleUnit ?? '',
    reformProject: row.reformProject ?? '',
    reformTasks: reformText(row.reformTasks ?? []),
  };
}

/** Something wrong with a cell: which column, and a sentence that says how to mend it. */
export interface CellFault {
  readonly key: Annex1Key;
  readonly detail: string;
}

/** Reads a row from its cells; every wrong cell is named, one sentence each. */
export function rowFrom(cells: Readonly<Record<Annex1Key, string>>): { readonly row: Annex1Row } | { readonly faults: readonly CellFault[] } {
  const faults: CellFault[] = [];
  const raw: Partial<Record<Annex1Key, unknown>> = {};
  for (const key of Object.keys(cells) as Annex1Key[]) {
    const value = cells[key].trim() === '' ? { wrong: '不能为空，请填写' } : readers[key](cells[key].trim());
    if ('wrong' in value) faults.push({ key, detail: value.wrong });
    else raw[key] = value.value;
  }
  const parsed = parse(annex1Row, raw);
  if (faults.length === 0 && parsed.ok) return { row: parsed.value };
  const known = new Set(faults.map(({ key }) => key));
  const further = parsed.ok ? [] : parsed.errors.flatMap(({ pointer, detail }) => faultAt(pointer, detail)).filter(({ key }) => !known.has(key));
  const one = new Map([...faults, ...further].toReversed().map((fault) => [fault.key, fault]));
  return { faults: [...one.values()].toReversed() };
}

// `/smallEntryScenarios/3`: the third item counted from nought is the fourth that people see.
function faultAt(pointer: string, detail: string): CellFault[] {
  const [key = '', index] = pointer.split('/').slice(1);
  if (!Object.hasOwn(readers, key)) return [];
  return [{ key: key as Annex1Key, detail: index === undefined ? detail : `第${Number(index) + 1}项：${detail}` }];
}

type Reading = { readonly value: unknown } | { readonly wrong: string };

const asText = (cell: string): Reading => ({ value: cell });

// One line is one line: who breaks it in a narrow cell did not mean two.
const asLine = (cell: string): Reading => ({ value: cell.split('\n').map((line) => line.trim()).join('') });

const readers: Readonly<Record<Annex1Key, (cell: string) => Reading>> = {
  seqNo: (cell) => {
    const digits = /^\D?(\d{1,4})\D?$/u.exec(plain(cell))?.[1];
    return digits === undefined ? { wrong: '序号应为整数，请填写 1、2、3……' } : { value: Number(digits) };
  },
  demandName: asLine,
  demandTypes: (cell) => several(chosenIn(cell, demandTypeWords)),
  demandContent: asText,
  applicationName: asLine,
  planningBasis: asText,
  projectType: (cell) => {
    const chosen = chosenIn(cell, projectTypeWords);
    if ('wrong' in chosen) return chosen;
    if (chosen.ids.length > 1) return { wrong: '项目类型为单选，请只保留一项：①增量开发 或 ②迭代升级' };
    return chosen.ids.length === 1 ? { value: chosen.ids[0] } : { wrong: '没有选中任何一项，请填写 ①增量开发 或 ②迭代升级' };
  },
  architecture: asText,
  smallEntryScenarios: (cell) => ({ value: itemsIn(cell) }),
  responsibleUnit: asLine,
  reformProject: asLine,
  reformTasks: (cell) => {
    const found = reformTasksIn(cell);
    return 'wrong' in found ? found : { value: found.tasks };
  },
};

function several(chosen: ReturnType<typeof chosenIn>): Reading {
  if ('wrong' in chosen) return chosen;
  return chosen.ids.length > 0 ? { value: chosen.ids } : { wrong: '没有选中任何一项，请至少选一项' };
}
