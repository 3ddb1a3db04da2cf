import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Due, openClock } from '../../../infra/local/clock.ts';
import { goalOf } from '../../../infra/local/cloud/durations.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'clock-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const dayMs = 86_400_000;

/** Something due at given instants, that writes down when it was fired. */
function alarm(name: string, instants: number[], fired: string[]): Due {
  return {
    nextDue: () => instants[0],
    fireDue: (now) => {
      while ((instants[0] ?? Infinity) <= now) fired.push(`${name}@${instants.shift()}`);
    },
  };
}

describe('the clock', () => {
  test('a move fires what is due in order of time and settles after each stop', async () => {
    const clock = openClock(join(folder, 'clock.json'));
    const start = clock.now();
    const fired: string[] = [];
    const at = [1, 2, 3].map((days) => start + days * dayMs);
    clock.register(alarm('a', [at[0]!, at[2]!], fired));
    clock.register(alarm('b', [at[1]!], fired));
    await clock.moveTo(start + 10 * dayMs, async () => void fired.push('settled'));
    expect(fired).toEqual(['settled', `a@${at[0]}`, 'settled', `b@${at[1]}`, 'settled', `a@${at[2]}`, 'settled', 'settled']);
    expect(clock.now()).toBeGreaterThanOrEqual(start + 10 * dayMs);
  });

  test('what becomes due during a move is fired in the same move', async () => {
    const clock = openClock(join(folder, 'clock.json'));
    const start = clock.now();
    const fired: number[] = [];
    let due: number | undefined = start + dayMs;
    clock.register({
      nextDue: () => due,
      fireDue: (now) => {
        fired.push(now - start);
        due = fired.length < 3 ? now + dayMs : undefined;
      },
    });
    await clock.moveTo(start + 30 * dayMs, async () => undefined);
    expect(fired.map((ms) => Math.round(ms / dayMs))).toEqual([1, 2, 3]);
  });

  test('it never goes back', async () => {
    const clock = openClock(join(folder, 'clock.json'));
    await expect(clock.moveTo(clock.now() - 1000, async () => undefined)).rejects.toThrow(/forward/);
  });

  test('the offset survives a restart and is shared with threads', async () => {
    const clock = openClock(join(folder, 'clock.json'));
    await clock.moveTo(clock.now() + 365 * dayMs, async () => undefined);
    expect(openClock(join(folder, 'clock.json')).now() - Date.now()).toBeGreaterThan(364 * dayMs);
    expect(new Float64Array(clock.shared)[0]).toBeGreaterThan(364 * dayMs);
  });

  test('instants and durations are read, anything else is answered with a sentence', () => {
    const now = Date.parse('2026-01-31T00:00:00Z');
    expect(goalOf({ advance: 'P30D' }, now)).toBe(now + 30 * dayMs);
    expect(goalOf({ advance: 'P1DT2H3M4S' }, now)).toBe(now + dayMs + 7_384_000);
    expect(goalOf({ to: '2026-06-30T00:00:00+08:00' }, now)).toBe(Date.parse('2026-06-29T16:00:00Z'));
    for (const wrong of [{ advance: 'P' }, { advance: '30 days' }, { to: 'tomorrow' }, {}, null, { advance: 'PT' }, { advance: 'P9000Y' }, { advance: 'P9999999Y' }]) expect(goalOf(wrong, now)).toMatch(/[一-鿿]/);
  });
});
