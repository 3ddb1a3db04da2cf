import { expect, it } from 'vitest';
import { casebookContent } from '../../../functions/documents/casebook.ts';
import { textOf, wordParts } from './word-parts.ts';

it('the casebook says on every page which it is, and of how many', async () => {
  const about = { name: '数智大市场', unit: { id: 'o-1', name: '南宁市农产品流通服务中心' }, division: '450100', batch: null } as never;
  const { footers } = await wordParts(casebookContent('2026', [{ told: { title: '一张网', text: '正文' } as never, about, acceptedOn: '2026-03-02' }]));
  expect(textOf(footers)).toBe('广西数字应用场景案例集（2026年）　　第  页，共  页');
  expect([...footers.matchAll(/<w:instrText[^>]*>(\w+)</g)].map(([, field]) => field)).toEqual(['PAGE', 'NUMPAGES']);
});
