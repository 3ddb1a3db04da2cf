import { describe, expect, it } from 'vitest';
import { annex1Content } from '../../../functions/documents/annex1/content.ts';
import type { Annex1Row } from '../../../shared/annex1/columns.ts';
import { cellTexts } from '../../../shared/annex1/cells.ts';
import { governmentFormFixture } from '../../fixtures/forms.ts';
import { textOf, wordParts } from './word-parts.ts';

const example = governmentFormFixture().annex1 as Annex1Row;
const head = { unit: '南宁市大数据发展局', filedOn: '2025-03-10' };
const bare = (text: string): string => text.replace(/\s/gu, '');

describe('annex 1 in Word', () => {
  it('lies across the page, its headings merged as in the form and repeated on every page', async () => {
    const { body } = await wordParts(await annex1Content(head, [example], { draft: true }));
    expect(body).toMatch(/<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"\/>/);
    const lines = body.split('<w:tr>').slice(1);
    expect([...(lines[0] ?? '').matchAll(/<w:gridSpan w:val="(\d+)"/g)].map(([, span]) => Number(span))).toEqual([1, 3, 6, 2]);
    expect(lines.slice(0, 2).map((line) => (line.includes('<w:vMerge') ? 'merged' : ''))).toEqual(['merged', 'merged']);
    expect(lines.filter((line) => line.includes('<w:tblHeader/>'))).toHaveLength(2);
    expect(lines).toHaveLength(4);
  });

  it('has title, head, the 12 columns and each cell of the filled example in the form\'s order', async () => {
    const { body, headers } = await wordParts(await annex1Content(head, [example], { draft: true }));
    const words = ['多跨数字应用场景清单', '申报单位：南宁市大数据发展局', '申报日期：2025年3月10日', '序号', '重大需求', '多跨场景应用', '改革任务', '需求名称', '需求类型', '需求内容', '应用名称', '谋划基础', '项目类型', '基本架构', '小切口子场景', '责任单位', '改革项目', '改革任务', '填写说明', ...Object.values(cellTexts(example))];
    let at = 0;
    for (const word of words) {
      const found = bare(textOf(body)).indexOf(bare(word), at);
      expect(found, word).toBeGreaterThanOrEqual(at);
      at = found + 1;
    }
    expect(headers).toContain('string="草稿"');
  });
});
