import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { strFromU8, unzipSync } from 'fflate';
import { readXlsx } from 'hucre/xlsx';
import { describe, expect, it } from 'vitest';
import { annex1Workbook } from '../../../functions/documents/annex1/write-workbook.ts';
import { readAnnex1 } from '../../../functions/documents/annex1/read-workbook.ts';
import { demandTypes, projectTypes, reformOptions } from '../../../shared/contracts/annex1.ts';
import type { Annex1Row } from '../../../shared/annex1/columns.ts';
import { governmentFormFixture } from '../../fixtures/forms.ts';
import { changed, gridIn, sheetWith } from './workbooks.ts';

const example = governmentFormFixture().annex1 as Annex1Row;
const head = { unit: '南宁市大数据发展局', filedOn: '2025-03-10' };
const one = (cells: Record<string, string | number>) => changed(annex1Workbook(head, [example]), cells);
const wrongIn = async (workbook: Promise<Uint8Array>) => {
  const reading = await readAnnex1(await workbook);
  return reading.ok ? 'ok' : reading.wrong;
};
const rowsIn = async (workbook: Promise<Uint8Array>) => {
  const reading = await readAnnex1(await workbook);
  if (!reading.ok) throw new Error(JSON.stringify(reading.wrong));
  return reading.rows;
};

describe('annex 1 as a workbook', () => {
  it('has title, head, merged headings and the 12 columns in the official order', async () => {
    const { sheets } = await readXlsx(await annex1Workbook(head, [example]));
    const [sheet] = sheets;
    expect(sheet?.rows[0]?.[0]).toBe('多跨数字应用场景清单');
    expect([sheet?.rows[1]?.[0], sheet?.rows[1]?.[7]]).toEqual(['申报单位：南宁市大数据发展局', '申报日期：2025年3月10日']);
    expect(sheet?.rows[2]).toEqual(['序号', '重大需求', null, null, '多跨场景应用', null, null, null, null, null, '改革任务', null]);
    expect(sheet?.rows[3]).toEqual([null, '需求名称', '需求类型', '需求内容', '应用名称', '谋划基础', '项目类型', '基本架构', '小切口子场景', '责任单位', '改革项目', '改革任务']);
    expect(sheet?.merges).toEqual(expect.arrayContaining([{ startRow: 2, endRow: 2, startCol: 1, endCol: 3 }, { startRow: 2, endRow: 2, startCol: 4, endCol: 9 }, { startRow: 2, endRow: 2, startCol: 10, endCol: 11 }]));
    expect(sheet?.pageSetup).toMatchObject({ paperSize: 'a3', orientation: 'landscape', fitToWidth: 1 });
  });

  it('says in each cell what the filled example of the regulation says, and comes back the same', async () => {
    const { columns } = JSON.parse(readFileSync(new URL('../../fixtures/annex1-example.json', import.meta.url), 'utf8')) as { columns: { key: string; example: unknown }[] };
    const printed = (value: unknown): unknown => (Array.isArray(value) ? value.map((part: string | { option: string; text: string }) => (typeof part === 'string' ? part : `${part.option}：${part.text}`)).join('\n') : value);
    const file = await annex1Workbook(head, [example]);
    const { sheets } = await readXlsx(file);
    expect(sheets[0]?.rows[5]).toEqual(columns.map(({ key, example: value }) => (key === 'seqNo' ? 1 : printed(value))));
    expect(await readAnnex1(file)).toEqual({ ok: true, head, rows: [example] });
    const again = await annex1Workbook(head, await rowsIn(Promise.resolve(file)));
    expect(await gridIn(again)).toEqual(await gridIn(file));
  });

  it('comes back the same, whatever is in it', async () => {
    const text = fc.string({ unit: fc.constantFrom('需', '求', '𠮷', '=', '+', '-', '@', '<', '&', '"', '_x0041_', '\n', ' ', '；', 'a', '1', '£'), minLength: 1, maxLength: 30 }).map((value) => value.trim()).filter((value) => value !== '');
    const line = text.map((value) => value.replace(/[\n；]/g, '')).filter((value) => value.trim() !== '' && value === value.trim());
    const row = fc.record({
      seqNo: fc.integer({ min: 1, max: 9999 }), demandName: line, demandContent: text, applicationName: line, planningBasis: text, architecture: text, responsibleUnit: line, reformProject: line,
      demandTypes: fc.subarray([...demandTypes], { minLength: 1 }), projectType: fc.constantFrom(...projectTypes),
      smallEntryScenarios: fc.uniqueArray(line, { minLength: 1, maxLength: 4 }),
      reformTasks: fc.subarray([...reformOptions], { minLength: 1 }).chain((options) => fc.tuple(...options.map((option) => text.map((value) => ({ option, text: value.replace(/^[\s—]+|\n\s*|\s*\n/g, '') }))))).filter((tasks) => tasks.every(({ text: value }) => value !== '')),
    });
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(row, { minLength: 1, maxLength: 3, selector: ({ seqNo }) => seqNo }), async (rows) => {
        expect(await readAnnex1(await annex1Workbook(head, rows))).toEqual({ ok: true, head, rows });
      }),
      { numRuns: 60 },
    );
  });

  it('holds texts that begin with = + - @ as texts, never as formulas', async () => {
    const rows = [{ ...example, demandName: '=HYPERLINK("http://x","y")', applicationName: '+1', responsibleUnit: '-1', reformProject: '@SUM(A1)' }];
    const file = await annex1Workbook(head, rows);
    expect(strFromU8(unzipSync(file)['xl/worksheets/sheet1.xml'] ?? new Uint8Array())).not.toMatch(/<f[\s>]/);
    expect(await rowsIn(Promise.resolve(file))).toEqual(rows);
  });
});

describe('reading annex 1', () => {
  it.each([
    ['①②④', '①②④'], ['numbers', '1、2，4'], ['full-width numbers', '１；２；４'], ['words', '群众关注的高频事项/企业的共性需求/提升治理能力的需求'],
    ['numbers with words', '1.群众关注的高频事项\n2.企业的共性需求\n4、提升治理能力的需求'], ['brackets', '（1）（2）（4）'], ['one number', '124'],
    ['ticked boxes before', '☑①群众关注的高频事项 ☑②企业的共性需求\n□③提升政治能力的需求 ☑④提升治理能力的需求'], ['ticks behind', '①群众关注的高频事项√②企业的共性需求√③提升政治能力的需求□④提升治理能力的需求√'],
  ])('takes a choice written as %s', async (_how, cell) => {
    expect((await rowsIn(one({ C6: cell })))[0]?.demandTypes).toEqual(['publicConcern', 'enterpriseNeed', 'governanceCapacity']);
  });

  it.each([
    ['one item a line', '推进票证数字化\n\n推进交易在线化', ['推进票证数字化', '推进交易在线化']], ['numbered in one line', '①票证数字化；②交易在线化', ['①票证数字化；', '②交易在线化']], ['semicolons', '票证数字化；交易在线化；', ['票证数字化', '交易在线化']],
  ])('takes a list with %s', async (_how, cell, items) => {
    expect((await rowsIn(one({ I6: cell })))[0]?.smallEntryScenarios).toEqual(items);
  });

  it.each([
    ['numbers alone', '②整合数据\n④取代纸质凭证', ['整合数据', '取代纸质凭证']],
    ['words alone', '体制机制创新:整合数据\n业务流程重塑:取代纸质凭证', ['整合数据', '取代纸质凭证']],
    ['texts of several numbered lines', '②体制机制创新：\n1.整合数据\n①共享\n4.业务流程重塑：取代纸质凭证', ['1.整合数据\n①共享', '取代纸质凭证']],
    ['boxes, empty ones left in', '□①法律法规突破：\n☑②体制机制创新：整合数据\n☑④业务流程重塑：取代纸质凭证', ['整合数据', '取代纸质凭证']],
  ])('takes reform tasks with %s', async (_how, cell, texts) => {
    expect((await rowsIn(one({ L6: cell })))[0]?.reformTasks).toEqual([{ option: 'institutionalInnovation', text: texts[0] }, { option: 'processReengineering', text: texts[1] }]);
  });

  it('takes merged cells, blank lines, the form\'s own lines and another place of the table', async () => {
    const [row = []] = (await gridIn(await annex1Workbook(head, [example]))).slice(5);
    const second = row.map((value, index) => (index === 0 ? '２' : index === 1 ? '' : value));
    const labels = ['序 号', '需求名称', '需求类型', '需求内容', '应用名称', '谋划基础', '项目类型', '基本架构', '小切口\n子场景', '责任单位', '改革项目', '改革任务'];
    const moved = (cells: readonly (string | number)[]) => ['', ...cells];
    const file = sheetWith([[], ['', '申报单位', '某局'], ['', '申报日期：', '2025/3/1'], moved(labels), moved(['填写说明', '写法']), moved(['填写案例', '例子']), [], moved(row), [], moved(second)], [{ startRow: 7, endRow: 9, startCol: 2, endCol: 2 }]);
    expect(await readAnnex1(await file)).toEqual({ ok: true, head: { unit: '某局', filedOn: '2025-03-01' }, rows: [example, { ...example, seqNo: 2 }] });
  });

  it('names every wrong cell by its address, and takes nothing', async () => {
    const wrong = await wrongIn(one({ A6: '甲', C6: '⑦', D6: '', G6: '①②', H6: 'x'.repeat(2001), K6: '', L6: '整合数据', H2: '申报日期：去年' }));
    expect(wrong).toEqual([
      { cell: 'H2', detail: expect.stringContaining('2025年3月10日') as unknown },
      { cell: 'A6', detail: expect.stringContaining('整数') as unknown },
      { cell: 'C6', detail: expect.stringContaining('没有第7项') as unknown },
      { cell: 'D6', detail: '不能为空，请填写' },
      { cell: 'G6', detail: expect.stringContaining('单选') as unknown },
      { cell: 'H6', detail: '最多2000字，现有2001字' },
      { cell: 'K6', detail: '不能为空，请填写' },
      { cell: 'L6', detail: expect.stringContaining('哪一类改革任务') as unknown },
    ]);
  });

  it.each([
    ['a number that does not fit its words', { C6: '②群众关注的高频事项' }, 'C6', '不一致'],
    ['words of no option', { C6: '群众关心' }, 'C6', '不是表中的选项'],
    ['a task without a text', { L6: '②体制机制创新：' }, 'L6', '没有内容'],
    ['a task twice', { L6: '②体制机制创新：甲\n②体制机制创新：乙' }, 'L6', '写了两次'],
    ['an item of a list that is too long', { I6: `甲\n${'乙'.repeat(201)}` }, 'I6', '第2项：最多200字，现有201字'],
    ['a missing heading', { E4: '应用' }, 'E4', '没有找到“应用名称”一列'],
    ['most headings missing', { B4: '一', C4: '二', D4: '三', E4: '四', F4: '五', G4: '六', H4: '七' }, undefined, undefined],
    ['another heading missing', { F4: '基础' }, 'F4', '没有找到“谋划基础”一列'],
    ['the heading of the demand spoilt', { B4: '需求名' }, 'B4', '没有找到“需求名称”一列'],
  ])('says how to mend %s', async (_what, cells, cell, words) => {
    if (cell === undefined) return expect(wrongIn(one(cells))).rejects.toMatchObject({ name: 'invalid-input' });
    expect(await wrongIn(one(cells))).toEqual([{ cell, detail: expect.stringContaining(words ?? '') as unknown }]);
  });

  it('refuses two rows of one number, columns merged into one, and an empty list', async () => {
    expect(await wrongIn(annex1Workbook(head, [example, example]))).toEqual([{ cell: 'A7', detail: '序号1与A6重复，请重新编号' }]);
    expect(await wrongIn(annex1Workbook(head, []))).toEqual([{ cell: 'A5', detail: expect.stringContaining('没有填写任何一行') as unknown }]);
    const rows = await gridIn(await annex1Workbook(head, [example]));
    expect(await wrongIn(sheetWith(rows, [{ startRow: 5, endRow: 5, startCol: 7, endCol: 8 }]))).toContainEqual({ cell: 'H6', detail: 'H6:I6 把几栏合并成了一格，请取消合并，分别填写' });
  });
});
