import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { annex2Content } from '../../../functions/documents/annex2/content.ts';
import type { Block, Paragraph } from '../../../functions/documents/content.ts';
import type { Draft } from '../../../shared/draft.ts';
import { pdfOf } from '../../../functions/documents/pdf.ts';
import type { Annex2 } from '../../../functions/documents/printed-form.ts';
import type { Mark } from '../../../functions/documents/printing.ts';
import { documentFonts } from '../../../infra/build/document-fonts.ts';
import { socialFormFixture } from '../../fixtures/forms.ts';
import { textOf, wordParts } from './word-parts.ts';

const filled = socialFormFixture().annex2 as unknown as Annex2;
const draft: Mark = { draft: true };
const digests = { sha256: 'ab'.repeat(32), sm3: 'cd'.repeat(32) };
const final: Mark = {
  draft: false,
  proof: {
    address: 'https://example.org/verify/s-1-7-0123456789abcdef',
    certificate: { form: 'annex2', case: 's-1', version: 7, at: '2025-03-11T02:00:00.000Z', event: digests, content: digests, code: 's-1-7-0123456789abcdef' },
  },
};
const files = [{ part: 'businessLicence', name: '营业执照.pdf' }, { part: 'commitmentLetter', name: '承诺书.pdf' }, { part: 'otherEvidence', name: '照片.png' }];

const bare = (text: string): string => text.replace(/[\s_\u00a0£□]/gu, '');

describe('annex 2', () => {
  it('has every word of the official form in its order', async () => {
    const text = bare(textOf((await wordParts(await annex2Content({}, [], draft))).body));
    const words = readFileSync(new URL('../../fixtures/annex2-words.txt', import.meta.url), 'utf8').split('\n').map(bare).filter((line) => line !== '' && line !== '附件2');
    let at = 0;
    for (const line of words.flatMap((one) => one.split(/(?=。)/))) {
      // A heading and what it asks for stand in one line of the form, in two of ours.
      const piece = line.replace(/^。/, '');
      const found = text.indexOf(piece, at);
      expect(found, `“${piece}” is missing, or stands before its place`).toBeGreaterThanOrEqual(0);
      at = found + piece.length;
    }
  });

  it('says 草稿 across every page of a draft, and carries code, digest and QR code once it is final', async () => {
    const asDraft = await wordParts(await annex2Content(filled, files, draft));
    expect(asDraft.headers).toContain('string="草稿"');
    expect(asDraft.body).not.toContain('核验码');
    expect(asDraft.names.filter((name) => name.startsWith('word/media/'))).toEqual([]);
    const asFinal = await wordParts(await annex2Content(filled, files, final));
    expect(asFinal.headers).not.toContain('草稿');
    expect(textOf(asFinal.body)).toMatch(/核验码：s-1-7-0123456789abcdef.*内容摘要（SHA-256）：(?:ab){32}.*截至2025年3月11日第7次办理/);
    expect(asFinal.names.filter((name) => name.startsWith('word/media/'))).toHaveLength(1);
  });

  it('says what was filed: boxes, amounts, months, the unit, the files of the six classes', async () => {
    const text = textOf((await wordParts(await annex2Content(filled, files, final))).body);
    for (const words of ['□数字政府场景', '☑数字经济场景', '☑自动驾驶', '☑5G专网', '□其他', '2023年9月-2024年12月', '☑已建', '已获得：0万元；本次申请：160万元', '法定代表人（签字）：覃海', '2025年3月10日', filled.report.implementation, '已提交：营业执照（复印件盖章）　营业执照.pdf', '已提交：承诺书（签字盖章）　承诺书.pdf']) expect(text).toContain(words);
    expect(text.indexOf('已提交：其他材料　照片.png')).toBeGreaterThan(text.indexOf('（六）承诺书。'));
  });

  it('is the same in Word and PDF: both are set from one description', async () => {
    const content = await annex2Content(filled, files, final);
    const word = bare(textOf((await wordParts(content)).body));
    expect(word).toBe(bare(content.blocks.flatMap(textsIn).join('')));
    const pdf = Buffer.from(await pdfOf(content, documentFonts)).toString('latin1');
    expect(pdf.startsWith('%PDF-')).toBe(true);
    // Everything is embedded: nothing is left to what is installed where it is opened.
    expect([...pdf.matchAll(/\/BaseFont \/([\w+-]+)/g)].map(([, name]) => name?.replace(/^[A-Z]{6}\+/, '')).filter((name) => !name?.startsWith('Noto'))).toEqual([]);
    expect(pdf).toContain('/FontFile2');
  }, 30_000);

  it('is set whatever a draft holds', async () => {
    const letters = fc.string({ unit: fc.oneof(fc.constantFrom('场', '\n', '\u0000', '\ud800', '☑', '𠮷', '<', '&', '　', 'W', '\t', '\uffff'), fc.string({ unit: 'binary', maxLength: 1 })), maxLength: 40 });
    const some = <T>(shape: Record<string, fc.Arbitrary<T>>) => fc.record(shape, { requiredKeys: [] });
    const anyDraft = some<unknown>({
      cover: some<unknown>({ name: letters, directions: fc.subarray(['digitalGovernment', 'unknown']), phone: letters, filedOn: letters }),
      basic: some<unknown>({ name: letters, cooperatingUnits: fc.array(letters, { maxLength: 3 }), technicalFields: fc.subarray(['other', 'robotics']), otherTechnicalField: letters, period: some({ from: letters }), fundingReceivedFen: fc.nat() }),
      necessity: letters, plan: some({ goals: letters }), opinion: some({ signedBy: letters }), report: some({ implementation: fc.oneof(letters, fc.constant('长\n'.repeat(3000))) }),
    });
    await fc.assert(
      fc.asyncProperty(anyDraft, fc.constantFrom(draft, final), async (form, mark) => {
        const content = await annex2Content(form as Draft<Annex2>, files, mark);
        // oxlint-disable-next-line no-control-regex -- what XML cannot hold must not be there
        expect((await wordParts(content)).body).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/);
        expect((await pdfOf(content, documentFonts)).length).toBeGreaterThan(10_000);
      }),
      { numRuns: 12 },
    );
  }, 120_000);
});

function textsIn(block: Block): string[] {
  switch (block.kind) {
    case 'paragraph':
      return [lineIn(block)];
    case 'table':
      return block.rows.flatMap(({ cells }) => cells.flatMap(({ content }) => content.map(lineIn)));
    case 'stamp':
      return [...block.lines];
    case 'pageBreak':
      return [];
  }
}

function lineIn({ runs }: Paragraph): string {
  return runs.map((run) => (typeof run === 'string' ? run : run.text)).join('');
}
