import { chineseDay } from '../chinese-day.ts';
import { cell, paragraph, paragraphs, type Content, type Row } from '../content.ts';
import type { Draft } from '../../../shared/draft.ts';
import type { Mark } from '../printing.ts';
import { footerOf, stampOf } from '../stamp.ts';
import { cellTexts } from '../../../shared/annex1/cells.ts';
import { annex1Columns, annex1Title, groupsOf, type Annex1Head, type Annex1Row } from '../../../shared/annex1/columns.ts';

/** Annex 1 as the regulation lays it out: a table across the page, merged headings, 填写说明, one line per row. */
export async function annex1Content(head: Annex1Head, rows: readonly Draft<Annex1Row>[], mark: Mark): Promise<Content> {
  return {
    title: annex1Title,
    landscape: true,
    draft: mark.draft,
    footer: footerOf(mark),
    blocks: [
      paragraph('title', annex1Title, { align: 'center', after: 6 }),
      paragraph('cell', `申报单位：${head.unit}`),
      paragraph('cell', `申报日期：${chineseDay(head.filedOn)}`, { after: 6 }),
      { kind: 'table', widths: annex1Columns.map(({ width }) => width), headings: 2, rows: [...headings(), hints(), ...rows.map(line)] },
      ...(await stampOf(mark)),
    ],
  };
}

// A column without a group spans both lines of the headings; a group spans its columns.
function headings(): Row[] {
  const starts = new Map(groupsOf(annex1Columns).map((group) => [group.first, group]));
  const upper = annex1Columns.flatMap((column, index) => {
    if (!('group' in column)) return [label(column.label, { down: 2 })];
    const group = starts.get(index);
    return group ? [label(group.group, { across: group.last - group.first + 1 })] : [];
  });
  return [{ cells: upper }, { cells: annex1Columns.filter((column) => 'group' in column).map((column) => label(column.label, {})) }];
}

function label(text: string, span: { readonly across?: number; readonly down?: number }) {
  return cell([paragraph('dense', [{ text, bold: true }], { align: 'center' })], { ...span, middle: true });
}

function hints(): Row {
  return { cells: annex1Columns.map(({ hint }) => cell(paragraphs('dense', hint), { middle: true })) };
}

function line(row: Draft<Annex1Row>): Row {
  const texts = cellTexts(row);
  return { cells: annex1Columns.map(({ key }) => cell(paragraphs('dense', texts[key]))) };
}
