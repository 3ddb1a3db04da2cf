import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pastedCells } from '../../../web/lists/pasted.ts';
import { blankRow, columns, isChanged, moved, readRow, withBlock } from '../../../web/lists/sheet.ts';

const quoted = (cell: string): string => (/[\t\n"]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

describe('what a spreadsheet puts on the clipboard', () => {
  it('comes back cell for cell, whatever stands in them', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '桂', '"', '\t', '\n', ' ', '，') });
    fc.assert(fc.property(fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 4 }), (rows) => {
      expect(pastedCells(`${rows.map((row) => row.map(quoted).join('\t')).join('\r\n')}\r\n`)).toEqual(rows);
    }));
  });

  it('is one cell where there is one', () => expect(pastedCells('甲')).toEqual([['甲']]));
});

describe('a sheet', () => {
  const key = () => 'new';
  it('gets the rows that a block of cells needs', () => {
    const sheet = withBlock([blankRow('a')], 0, 0, [['名一'], ['名二']], key);
    expect(sheet.map(({ cells }) => cells.demandName)).toEqual(['名一', '名二']);
    expect(sheet.every(isChanged)).toBe(true);
  });

  it('drops what goes beyond its last column', () => {
    const [row] = withBlock([blankRow('a')], 0, columns.length - 1, [['任务', '多余']], key);
    expect(row?.cells.reformTasks).toBe('任务');
  });

  it('moves a row to any place and loses none', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 4 }), fc.integer({ min: -1, max: 5 }), (from, to) => {
      const sheet = ['a', 'b', 'c', 'd', 'e'].map(blankRow);
      const after = moved(sheet, from, to);
      expect(after.map((row) => row.key).toSorted()).toEqual(sheet.map((row) => row.key));
      if (to >= 0 && to < 5) expect(after[to]?.key).toBe(sheet[from]?.key);
    }));
  });

  it('names every wrong cell of a row once', () => {
    const read = readRow(blankRow('a'));
    expect('faults' in read && read.faults.map((fault) => fault.key).toSorted()).toEqual(columns.map((column) => column.key).toSorted());
  });
});
