import { describe, expect, it } from 'vitest';
import { decide } from '../../../machines/decide.ts';
import type { Command } from '../../../machines/decision.ts';
import { accept, approveProject, award, finishBuilding, governmentFiling, paying, publish, review, sheet, toPool } from './steps.ts';
import { government, type Step, type Story } from './story.ts';

const rounds = 500;

/** Microseconds of CPU that one decision takes, warm. */
function cost(story: Story, [who, type, args]: Step): number {
  const command = { type, args: args ?? {} } as unknown as Command;
  const asked = story.asked(who, command);
  const run = () => {
    for (let i = 0; i < rounds; i += 1) expect(decide(story.snapshot, command, asked).ok).toBe(true);
  };
  run();
  const start = process.cpuUsage();
  for (let i = 0; i < rounds; i += 1) decide(story.snapshot, command, asked);
  return process.cpuUsage(start).user / rounds;
}

describe('a decision', () => {
  it('costs microseconds (printed, not asserted: machines differ)', () => {
    const built = government().all([...toPool, publish, approveProject, ...award(240_000_000), ...paying(120_000_000), ...finishBuilding]);
    const figures = {
      submit: cost(government(), ['wei-lan', 'submit', { handler: 'nanning-data' }]),
      submitSheet: cost(government().all([...governmentFiling, ...review.slice(0, 3)]), sheet('expert-chen', 80)),
      publish: cost(government().all(toPool), publish),
      passAcceptance: cost(built, accept(1_200_000_000)),
    };
    console.log(`decide, µs of CPU: ${Object.entries(figures).map(([command, each]) => `${command} ${each.toFixed(0)}`).join(', ')}`);
    expect(Object.values(figures).every((each) => each > 0)).toBe(true);
  });
});
