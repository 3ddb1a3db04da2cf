import fc from 'fast-check';
import { parseCsv } from 'hucre/csv';
import { readXlsx } from 'hucre/xlsx';
import { describe, expect, it } from 'vitest';
import { neutral, tableFile } from '../../../functions/exports/table-file.ts';

const columns = [{ heading: '甲', width: 10, cell: (row: readonly [string, number]) => row[0] }, { heading: '乙', width: 10, cell: (row: readonly [string, number]) => row[1] }];

describe('a cell of an export', () => {
  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '\n=1', ' =1', '＝1+1', '＋1', '－1', '＠A', '\u0000=1', '\uFEFF=1'])('%j is no formula', (text) => expect(String(neutral(text))[0]).toBe("'"));
  it.each(['数智大市场', '1+1=2', 'a@b', '2025-01-01', '（=）'])('%j stays as it is', (text) => expect(neutral(text)).toBe(text));
  it('that is a figure stays one', () => expect(neutral(-5)).toBe(-5));
  it('never begins like a formula, whatever it was', () => {
    fc.assert(fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.string().map((rest) => `=${rest}`)), (text) => !/^[\s\uFEFF]*[=+\-@＝＋－＠]|^[\t\r\n]/.test(String(neutral(text)))));
  });
});

describe('an export', () => {
  it('reads back cell for cell in both formats, quotes, commas and line breaks too', async () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 20 }).filter((each) => !/\r/.test(each) && each.trim() === each && each !== '');
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(text, fc.integer({ min: 0, max: 1_000_000 })), { maxLength: 5 }), async (rows) => {
        const wanted = rows.map(([cell, count]) => [String(neutral(cell)), String(count)]);
        const csv = parseCsv(Buffer.from(await tableFile('csv', '表', columns, rows)).toString('utf8'));
        const { sheets } = await readXlsx(await tableFile('xlsx', '表', columns, rows));
        expect(csv.slice(1).map((line) => line.map(String))).toEqual(wanted);
        expect((sheets[0]?.rows ?? []).slice(1).map((line) => line.map(String))).toEqual(wanted);
      }),
      { numRuns: 60 },
    );
  });
});
