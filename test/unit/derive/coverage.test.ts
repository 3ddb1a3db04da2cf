import { describe, expect, test } from 'vitest';
import { articlesIn, coverageMarkdown, coverageOf } from '../../../machines/derive/coverage.ts';
import { graphOf } from '../../../machines/derive/graph.ts';
import { requirements } from '../../../machines/derive/requirements.ts';
import { permit } from './fixtures/permit.ts';

const graph = graphOf('permit', '0.1.0', permit);
const rules = [{ name: 'twoPeople', article: 'art. 12(2), policy A-08', sentence: '' }];
const cited = [
  { path: 'test/unit/a.test.ts', kind: 'test' as const, text: 'R-038: the first half' },
  { path: 'functions/b.ts', kind: 'source' as const, text: 'annex 1 (R-0170)' },
];
const coverage = coverageOf([graph], rules, cited);
const of = (id: string) => coverage.find((each) => each.requirement.id === id);

describe('the coverage of the regulation', () => {
  test('finds states, commands and rules by the article of a requirement', () => {
    expect(of('R-038')).toMatchObject({ states: ['permit/work.money.asked', 'permit/work.money.payable'], commands: ['ask', 'pay'], rules: ['twoPeople'] });
  });

  test('counts a test only when it names the requirement, and no longer number', () => {
    expect(of('R-038')?.tests).toEqual(['test/unit/a.test.ts']);
    expect(of('R-017')?.sources).toEqual([]);
  });

  test('lists first what no test names, and says so when nothing stands for it or who builds it', () => {
    const open = coverageMarkdown(coverage).split('## Matrix')[0] ?? '';
    expect(open).toContain('R-039');
    expect(open).not.toContain('R-038');
    expect(open).toMatch(/R-001 .*\*\*nothing yet\*\*/);
    expect(open.split('## Built by a later issue')[1]).toMatch(/R-077 .*issue 3/);
  });

  test('knows all 77 requirements once', () => {
    expect(new Set(requirements.map((each) => each.id)).size).toBe(77);
  });

  test.each([
    ['art. 8, art. 11(2)', ['art. 8', 'art. 11(2)']],
    ['art. 11(3) and (4)', ['art. 11(3)', 'art. 11(4)']],
    ['annex 2 letter, policy R-073', ['annex 2 letter']],
  ])('%s names %j', (text, articles) => {
    expect(articlesIn(text)).toEqual(articles);
  });
});
