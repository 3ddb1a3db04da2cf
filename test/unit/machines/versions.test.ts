import { describe, expect, it } from 'vitest';
import type { Snapshot } from '../../../machines/decision.ts';
import { lifecycles } from '../../../machines/lifecycles.ts';
import { asCurrent, type Migration } from '../../../machines/migrations.ts';
import { offers } from '../../../machines/offers.ts';
import { government, type Story } from './story.ts';

const toCity = ['wei-lan', 'submit', { handler: 'nanning-data' }] as const;
const writtenBy = (definition: string): Story => {
  const story = government();
  story.snapshot = { ...story.snapshot, definition };
  return story;
};
const renames = (from: string, to: string): Migration => (snapshot) => ({ ...snapshot, definition: to, context: { ...snapshot.context, trail: [...((snapshot.context['trail'] as string[] | undefined) ?? []), from] } });

describe('the version of a lifecycle', () => {
  it.each(Object.entries(lifecycles))('of %s is a semantic one', (_, { version }) => expect(version).toMatch(/^\d+\.\d+\.\d+$/));
  it('is written into every snapshot', () => expect(government().snapshot.definition).toBe(`governmentInvestment@${lifecycles.governmentInvestment.version}`));
});

describe('a snapshot of another version', () => {
  it.each(['governmentInvestment@9.0.0', 'governmentInvestment@0.2.0', 'governmentInvestment@1', 'socialInvestment@0.1.0', 'constructor', ''])('(%j) without a migration is refused by name, before anything is decided on it', (definition) => {
    const story = writtenBy(definition);
    expect(() => story.ask(...toCity)).toThrow(`a snapshot of ${definition} cannot be read by governmentInvestment@0.1.0`);
    expect(() => offers(story.snapshot, story.asked('wei-lan', { type: 'hold', args: {} }))).toThrow('no migration leads there');
  });
  it('that differs by a patch is read as it is, and the next decision writes the chart\'s own', () => {
    const story = writtenBy('governmentInvestment@0.1.7');
    expect(story.does(...toCity).snapshot.definition).toBe('governmentInvestment@0.1.0');
  });
  it('goes through every step on the way, in order', () => {
    const old: Snapshot = { ...government().snapshot, definition: 'governmentInvestment@0.3.4' };
    const steps = { 'governmentInvestment@0.3.4': renames('0.3.4', 'governmentInvestment@0.9.0'), 'governmentInvestment@0.9.0': renames('0.9.0', 'governmentInvestment@1.0.0') };
    const now = asCurrent(old, '1.0.2', steps);
    expect([now.definition, now.context['trail']]).toEqual(['governmentInvestment@1.0.0', ['0.3.4', '0.9.0']]);
    expect(() => asCurrent(old, '2.0.0', steps)).toThrow('a snapshot of governmentInvestment@1.0.0');
  });
});
