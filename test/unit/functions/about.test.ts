import { describe, expect, it } from 'vitest';
import { titleOf } from '../../../functions/cases/about.ts';
import type { Snapshot } from '../../../machines/decision.ts';

const titleIn = (context: object): string => titleOf({ context: { id: 's-1a2b', ...context } } as unknown as Snapshot);

describe('what a case is called', () => {
  it('is its own name, the title of a list, or the scenario that a recovery is about', () => {
    expect([titleIn({ name: '数智大市场' }), titleIn({ title: '南宁市清单' }), titleIn({ scenarioName: '邕城智慧停车' })]).toEqual(['数智大市场', '南宁市清单', '邕城智慧停车']);
  });

  it('of a batch says the half-year, of a correction the edition that it makes', () => {
    expect([titleIn({ half: '2026-H2' }), titleIn({ half: '2026-H2', edition: 2 })]).toEqual(['2026-H2 批次清单', '2026-H2 批次清单（第 2 版更正）']);
  });

  it('is never an id', () => {
    expect(titleIn({ name: '' })).toBe('未命名场景');
  });
});
