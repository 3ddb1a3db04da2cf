import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { readXlsx } from 'hucre/xlsx';
import { describe, expect, it } from 'vitest';
import { annex1Content } from '../../../functions/documents/annex1/content.ts';
import { readAnnex1 } from '../../../functions/documents/annex1/read-workbook.ts';
import { annex1Workbook } from '../../../functions/documents/annex1/write-workbook.ts';
import { annex2Content } from '../../../functions/documents/annex2/content.ts';
import type { Annex2 } from '../../../functions/documents/printed-form.ts';
import { wordOf } from '../../../functions/documents/word.ts';
import { rowFrom, type Annex1Key } from '../../../shared/annex1/cells.ts';
import { annex1Columns, type Annex1Row } from '../../../shared/annex1/columns.ts';
import { governmentFormFixture, socialFormFixture } from '../../fixtures/forms.ts';
import { wordData, type WordTable } from './word-tables.ts';

const example = governmentFormFixture().annex1 as Annex1Row;
const head = { unit: '南宁市大数据发展局', filedOn: '2025-03-10' };
const annex1Word = async (rows: readonly Annex1Row[]) => wordData(await wordOf(await annex1Content(head, rows, { draft: true })));
const keys = annex1Columns.map(({ key }) => key);

/** The rows of annex 1 in a Word table, read by the same reader as the cells of a workbook. */
function rowsIn(table: WordTable | undefined): Annex1Row[] {
  return (table ?? []).slice(3).map((cells) => {
    const read = rowFrom(Object.fromEntries(keys.map((key, index) => [key, cells[index] ?? ''])) as Record<Annex1Key, string>);
    if ('faults' in read) throw new Error(JSON.stringify(read.faults));
    return read.row;
  });
}

describe('annex 1 in Word, read back', () => {
  it('says cell for cell what the regulation’s filled example says, under the same headings', async () => {
    const { columns } = JSON.parse(readFileSync(new URL('../../fixtures/annex1-example.json', import.meta.url), 'utf8')) as { columns: { group: string | null; label: string; example: unknown }[] };
    const printed = (value: unknown): string => (Array.isArray(value) ? value.map((part: string | { option: string; text: string }) => (typeof part === 'string' ? part : `${part.option}：${part.text}`)).join('\n') : String(value));
    const { tables, paragraphs } = await annex1Word([example]);
    expect(paragraphs.slice(0, 3)).toEqual(['多跨数字应用场景清单', '申报单位：南宁市大数据发展局', '申报日期：2025年3月10日']);
    expect(tables[0]?.[0]).toEqual(columns.map(({ group, label }) => group ?? label));
    expect(tables[0]?.[1]).toEqual(columns.map(({ label }) => label));
    expect(tables[0]?.[3]).toEqual(columns.map(({ label, example: value }) => (label === '序号' ? '1' : printed(value))));
  });

  it('says cell for cell what the workbook of the same list says, and both are the rows that went in', async () => {
    const rows = [example, { ...example, seqNo: 2, applicationName: '<b>&"二期"</b>', smallEntryScenarios: ['甲'] }];
    const file = await annex1Workbook(head, rows);
    const { sheets } = await readXlsx(file);
    const inExcel = (sheets[0]?.rows ?? []).slice(2, 7).map((cells) => cells.slice(0, keys.length).map((value) => String(value ?? '')));
    const inWord = (await annex1Word(rows)).tables[0] ?? [];
    expect(inWord.slice(2)).toEqual(inExcel.slice(2));
    expect(rowsIn(inWord)).toEqual(rows);
    expect(await readAnnex1(file)).toEqual({ ok: true, head, rows });
  });

  it('is the rows that went in, whatever is in them', async () => {
    const line = fc.string({ unit: fc.constantFrom('需', '求', '𠮷', '=', '+', '<', '&', '"', "'", '&amp;', ']]>', '_x0041_', 'a', '1'), minLength: 1, maxLength: 20 });
    const long = fc.array(line, { minLength: 1, maxLength: 3 }).map((lines) => lines.join('\n'));
    const row = fc.record({ demandName: line, demandContent: long, applicationName: line, planningBasis: long, architecture: long, responsibleUnit: line, reformProject: line });
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 3 }), async (some) => {
        const rows = some.map((texts, index) => ({ ...example, ...texts, seqNo: index + 1 }));
        expect(rowsIn((await annex1Word(rows)).tables[0])).toEqual(rows);
      }),
      { numRuns: 40 },
    );
  });
});

describe('annex 2 in Word, read back', () => {
  const filled = socialFormFixture().annex2 as unknown as Annex2;
  const files = [{ part: 'businessLicence', name: '营业执照.pdf' }];
  const bare = (text: string): string => text.replace(/[\s\u3000\u00a0]/gu, '');
  const printed = async (form: Partial<Annex2> = filled) => wordData(await wordOf(await annex2Content(form, files, { draft: true })));

  it('has each answer of the cover after its question', async () => {
    const lines = (await printed()).paragraphs.map(bare);
    for (const line of ['数字应用场景名称：石灰石矿山5G无人驾驶运输', '□数字政府场景□数字社会场景', '☑数字经济场景', '申报单位：柳州桂岭矿业有限公司（演示）（盖章）', '项目负责人：覃海联系电话：0772-5550188', '报送日期：2025年3月10日', '广西壮族自治区大数据发展局制', '2025年3月']) expect(lines).toContain(line);
  });

  it('has each field of part 1 in the cell beside, or the line below, its name, in the form’s order', async () => {
    const [table = []] = (await printed()).tables;
    const { basic, plan } = filled;
    const cells = table.map(([label = '', value = '']) => [bare(label), value]);
    const boxed = (words: string, ticked: readonly string[]) => words.split('、').map((word) => `${ticked.includes(word) ? '☑' : '□'}${word}`).join('  ');
    expect(cells.slice(2, 12)).toEqual([
      ['场景名称', basic.name],
      ['场景实施地址', basic.address],
      ['场景建设主体单位', basic.constructUnit],
      ['场景合作单位（如有请填写）', '某矿用自动驾驶技术公司（演示）'],
      ['应用场景技术所属领域', boxed('空天产业、超高清视频、高端装备与智能制造、物联网、能源环保、自动驾驶、区块链、5G专网、机器人、大数据与云计算、人工智能、其他', ['自动驾驶', '5G专网', '人工智能'])],
      ['场景建设周期', '2023年9月-2024年12月'],
      ['场景建设进度', '□新建  □在建  ☑已建'],
      ['场景扶持资金来源', '企业自筹'],
      ['场景扶持资金金额', '已获得：0万元；本次申请：160万元'],
      ['近两年内申请、获得自治区同类财政资金支持的情况', basic.sameKindFunding],
    ]);
    const below = (label: string): string => cells[cells.findIndex(([text = '']) => text.includes(bare(label))) + 1]?.[1] ?? '';
    expect(below('建设背景及必要性（300字）')).toBe(filled.necessity);
    expect(below('经济效益和社会效益（100字）')).toBe(filled.benefits);
    expect(below('建设方案（500字）').split('\n')).toEqual([
      '场景建设目标（需要有量化指标）：', plan.goals, '场景建设内容：', plan.content, '场景建设创新性（创新点）：', plan.innovation,
      '场景建设技术先进性（关键技术）：', plan.technology, '运营模式：（如何应用、应用效果（需要有量化指标））', plan.operation,
    ]);
    expect(cells.at(-1)?.map(bare)).toEqual(['数字应用场景建设申报单位意见', '我单位申报的所有材料，均真实、完整，如有不实，愿承担相应的责任。法定代表人（签字）：覃海单位（盖章）2025年3月10日']);
  });

  it('has each text of part 2 under its own heading, and none under another', async () => {
    const { paragraphs } = await printed();
    const report = filled.report as unknown as Record<string, string>;
    const order = Object.entries(report).map(([key, text]) => [key, paragraphs.indexOf(text.split('\n')[0] ?? '')] as const);
    for (const [key, at] of order) expect(at, key).toBeGreaterThan(0);
    const headings = order.toSorted(([, a], [, b]) => a - b).map(([key, at]) => [key, paragraphs.slice(0, at).findLast((line) => !Object.values(report).includes(line)) ?? '']);
    expect(headings).toEqual([
      ['background', '1.数字应用场景建设背景。'],
      ['goals', '2.数字应用场景建设目标。'],
      ['implementation', '3.数字应用场景建设实施方案（5000字以内，可配图说明）。'],
      ['funding', '4.数字应用场景建设资金情况。'],
      ['benefits', '5.数字应用场景建设经济效益、社会效益分析。'],
      ['team', '二、数字应用场景建设团队情况'],
      ['independence', '1.数字应用场景建设实施过程中应用的软件、硬件，是否自主研发，是否有独立的知识产权。'],
      ['innovation', '2.数字应用场景建设的技术创新性及先进性。'],
      ['results', '1.描述可落地应用的场景，应用后所产生的效果或能解决的问题。'],
      ['industry', '2.技术对产业链的带动作用分析。'],
      ['promotion', '3.数字应用场景建设推广情况。'],
    ]);
  });

  it('leaves every place of a form that nobody filled in blank', async () => {
    const [table = []] = (await printed({})).tables;
    expect(table.slice(2, 12).map(([, value = '']) => value.replace(/□[^□]+/gu, '□').replaceAll('□', ''))).toEqual(['', '', '', '', '', '202_年_月-202_年__月', '', '', '', '']);
  });
});
