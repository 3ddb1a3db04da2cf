import fc from 'fast-check';
import { deflateRawSync } from 'node:zlib';
import { writeXlsx } from 'hucre/xlsx';
import { describe, expect, it } from 'vitest';
import { readAnnex1 } from '../../../functions/documents/annex1/read-workbook.ts';
import { annex1Workbook } from '../../../functions/documents/annex1/write-workbook.ts';
import type { Annex1Row } from '../../../shared/annex1/columns.ts';
import { Problem } from '../../../functions/http/problem.ts';
import { governmentFormFixture } from '../../fixtures/forms.ts';
import { gridIn, partText, sheetWith, withParts } from './workbooks.ts';

const example = governmentFormFixture().annex1 as Annex1Row;
const good = await annex1Workbook({ unit: '某局', filedOn: '2025-03-10' }, [example, { ...example, seqNo: 2 }]);
const sheet = 'xl/worksheets/sheet1.xml';
const refusal = async (bytes: Uint8Array): Promise<string> => {
  const error: unknown = await readAnnex1(bytes).then(() => undefined, (reason: unknown) => reason);
  if (!(error instanceof Problem)) throw error ?? new Error('it was read');
  return `${error.name}: ${error.message}`;
};

/** Holds whatever comes back to its promise: a whole list, addresses with sentences, or a problem in words. */
const never = async (bytes: Uint8Array): Promise<void> => {
  try {
    const reading = await readAnnex1(bytes);
    if (reading.ok) return expect(reading.rows.length).toBeGreaterThan(0);
    expect(reading).not.toHaveProperty('rows');
    expect(reading.wrong.length).toBeGreaterThan(0);
    for (const { cell: address, detail } of reading.wrong) {
      expect(address).toMatch(/^[A-Z]{1,3}[1-9]\d*$/);
      expect(detail).toMatch(/[\u4e00-\u9fff]/);
    }
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    expect(error.message).toMatch(/[\u4e00-\u9fff]/);
  }
};

/** One entry that says it unpacks to `says` bytes and unpacks to `size`. */
function bomb(size: number, says: number): Uint8Array {
  return zipOf('xl/workbook.xml', deflateRawSync(Buffer.alloc(size, 0x20)), says);
}

function zipOf(name: string, packed: Uint8Array, says: number): Uint8Array {
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(20, 4);
  local.writeUInt16LE(8, 8);
  local.writeUInt32LE(packed.length, 18);
  local.writeUInt32LE(says, 22);
  local.writeUInt16LE(name.length, 26);
  const central = Buffer.alloc(46);
  central.writeUInt32LE(0x02014b50, 0);
  central.writeUInt16LE(20, 6);
  central.writeUInt16LE(8, 10);
  central.writeUInt32LE(packed.length, 20);
  central.writeUInt32LE(says, 24);
  central.writeUInt16LE(name.length, 28);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(46 + name.length, 12);
  end.writeUInt32LE(30 + name.length + packed.length, 16);
  return Buffer.concat([local, Buffer.from(name), packed, central, Buffer.from(name), end]);
}

describe('a workbook that is not to be read', () => {
  it.each([
    ['macros', () => withParts(good, () => ({ 'xl/vbaProject.bin': 'x' })), /宏/],
    ['the content type of macros', () => withParts(good, (parts) => ({ '[Content_Types].xml': partText(parts, '[Content_Types].xml').replace('spreadsheetml.sheet.main', 'sheet.macroEnabled.main') })), /宏/],
    ['links to other files', () => withParts(good, () => ({ 'xl/externalLinks/externalLink1.xml': '<x/>' })), /断开链接/],
    ['external data', () => withParts(good, () => ({ 'xl/connections.xml': '<x/>' })), /外部数据/],
    ['embedded files', () => withParts(good, () => ({ 'xl/embeddings/oleObject1.bin': 'x' })), /嵌入/],
    ['entities', () => withParts(good, (parts) => ({ [sheet]: partText(parts, sheet).replace('?>', '?><!DOCTYPE a [<!ENTITY b "c">]>') })), /不允许的内容/],
    ['a binary workbook', () => withParts(good, () => ({ 'xl/workbook.bin': 'x' })), /xlsb/],
    ['the old format', () => Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)]), /旧版 xls/],
    ['text', () => Buffer.from('序号,需求名称'), /不是Excel工作簿/],
    ['nothing', () => new Uint8Array(), /不是Excel工作簿/],
    ['another document in a zip', () => zipOf('word/document.xml', deflateRawSync(Buffer.from('x')), 1), /不是Excel工作簿/],
    ['a cell far to the right and below', () => withParts(good, (parts) => ({ [sheet]: partText(parts, sheet).replace('</sheetData>', '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>') })), /XFD1048576|1048576/],
    ['too many bytes', () => Buffer.concat([good, Buffer.alloc(4 * 1024 * 1024)]), /最多 3 MB/],
    ['a bomb that says so', () => bomb(60_000_000, 60_000_000), /解压后过大/],
    ['a bomb beside the sheets', () => withParts(good, () => ({ 'xl/media/image1.png': ' '.repeat(60_000_000) })), /解压后过大/],
    ['a bomb that says otherwise', () => bomb(200_000_000, 1000), /损坏/],
  ])('has %s: it is refused with a sentence', async (_what, make, sentence) => {
    expect(await refusal(make())).toMatch(sentence);
  });

  it('is encrypted: it is refused with a sentence', async () => {
    const bytes = await writeXlsx({ sheets: [{ name: 'a', rows: [['x']] }], encryption: { password: 'secret', spinCount: 1000 } });
    expect(await refusal(bytes)).toMatch(/打开密码/);
  });

  it('costs no memory for a bomb', async () => {
    const bytes = bomb(200_000_000, 1000);
    const before = process.memoryUsage().rss;
    await refusal(bytes);
    expect(process.memoryUsage().rss - before).toBeLessThan(60_000_000);
  });

  it.each([
    ['one long text in every cell', () => bulky('需'.repeat(30_000), 5000)],
    ['as many digits as a cell holds', () => bulky('1'.repeat(32_000), 15)],
    ['as many blanks as a cell holds', () => bulky(` x${' '.repeat(32_000)}x`, 15)],
    ['a text longer than any cell', () => bulky('需'.repeat(300_000), 1)],
    ['thousands of merged ranges', () => withParts(good, (parts) => ({ [sheet]: partText(parts, sheet).replace(/<mergeCells.*<\/mergeCells>/, `<mergeCells>${Array.from({ length: 50_000 }, (_, index) => `<mergeCell ref="P${index + 10}:Q${index + 10}"/>`).join('')}</mergeCells>`) }))],
    ['thousands of lines in a cell', () => bulky('②甲\n'.repeat(8000), 15)],
  ])('has %s: it is answered in moderate time', async (_what, make) => {
    const bytes = await make();
    const began = performance.now();
    await never(bytes);
    expect(performance.now() - began).toBeLessThan(8000);
  });

  async function bulky(text: string, count: number): Promise<Uint8Array> {
    const rows = (await gridIn(good)).slice(0, 5);
    return sheetWith([...rows, ...Array.from({ length: count }, (_, index) => [index + 1, ...Array.from({ length: 11 }, () => text)])]);
  }

  it('has formulas: each is named by its address, in the table and outside', async () => {
    const rows = await gridIn(good);
    const file = await writeXlsx({ sheets: [{ name: '清单', rows, cells: new Map([['5,3', { formula: 'WEBSERVICE("http://x")', formulaResult: example.demandContent }], ['0,20', { formula: '1+1' }]]) }] });
    expect(await readAnnex1(file)).toMatchObject({ ok: false, wrong: [{ cell: 'U1' }, { cell: 'D6', detail: '这一格是公式，请复制后用“选择性粘贴—数值”替换' }] });
  });
});

describe('any workbook', () => {
  const cell = fc.oneof(fc.string(), fc.integer(), fc.constantFrom('', '①', '①②', '⑨', '②体制机制创新', '②体制机制创新：', '③', '1', '=A1', '填写说明', '重大需求', '序号', '需求名称', '\u0000', '☑', '□①', '\n\n', '#REF!', '申报单位：', '申报日期：x'));
  it('with other cells is read whole or refused by addresses, and never half', async () => {
    const rows = await gridIn(good);
    const mutation = fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 13 }), cell), { minLength: 1, maxLength: 6 });
    const merge = fc.array(fc.tuple(fc.integer({ min: 2, max: 8 }), fc.integer({ min: 0, max: 2 }), fc.integer({ min: 0, max: 11 }), fc.integer({ min: 0, max: 2 })), { maxLength: 2 });
    await fc.assert(
      fc.asyncProperty(mutation, merge, async (changes, merged) => {
        const grid = rows.map((row) => [...row]);
        for (const [row, column, value] of changes) (grid[row] ??= [])[column] = value;
        const dense = Array.from(grid, (row) => Array.from(row ?? [], (value) => value ?? ''));
        await never(await sheetWith(dense, merged.map(([startRow, rowsMore, startCol, columnsMore]) => ({ startRow, endRow: startRow + rowsMore, startCol, endCol: startCol + columnsMore }))));
      }),
      { numRuns: 150 },
    );
  });

  it('with broken bytes or broken XML is refused in words', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.nat({ max: good.length - 1 }), fc.nat({ max: 255 })), { minLength: 1, maxLength: 8 }), async (changes) => {
        const bytes = Uint8Array.from(good);
        for (const [at, value] of changes) bytes[at] = value;
        await never(bytes);
      }),
      { numRuns: 150 },
    );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(sheet, 'xl/workbook.xml', 'xl/sharedStrings.xml', 'xl/styles.xml', '[Content_Types].xml'), fc.nat({ max: 2000 }), fc.string(), async (name, at, text) => {
        await never(withParts(good, (parts) => ({ [name]: partText(parts, name).slice(0, at) + text + partText(parts, name).slice(at + 3) })));
      }),
      { numRuns: 150 },
    );
  });
});
