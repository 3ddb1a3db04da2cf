import { describe, expect, test } from 'vitest';
import { commandRow, isCommand } from '../../../machines/commands.ts';
import type { LifecycleName } from '../../../machines/decision.ts';
import { lifecycles } from '../../../machines/lifecycles.ts';
import { rowsOf } from '../../walk/coverage.ts';
import { back, before, ends, work } from '../../walk/helm.ts';
import { sampleArgs } from '../../walk/sample-args.ts';
import { doors } from '../../walk/ways.ts';

const rows = (Object.keys(lifecycles) as LifecycleName[]).flatMap(rowsOf);
const commands = new Set(rows.map(({ command }) => command));
const ways = new Set(rows.flatMap(({ command, to }) => [command, `${command} → ${to}`]));

describe('a walk', () => {
  test('knows what a person would say for every command of every chart, but closes the fund at its own end (test/walk/closing.ts)', () => {
    const unsaid = [...commands].filter((command) => !(command in sampleArgs) && !(isCommand(command) && commandRow(command).system));
    expect(unsaid).toEqual(['closeFund']);
  });

  test('steers by commands and ways that the charts have', () => {
    expect([...ends, ...back, ...Object.keys(work), ...Object.values(before).flat()].filter((command) => !commands.has(command))).toEqual([]);
    expect([...Object.keys(before), ...Object.keys(doors)].filter((way) => !ways.has(way))).toEqual([]);
  });
});
