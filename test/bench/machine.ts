import { execFileSync } from 'node:child_process';
import { cpus, loadavg, totalmem } from 'node:os';
import { type Figure, median, rounded } from './figures.ts';

/** The machine the figures belong to, and the commit they were measured at. */
export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGb: number;
  readonly node: string;
  readonly commit: string;
  readonly measuredOn: string;
  readonly loadBefore: number;
}

/** Names the machine and the commit. */
export function machine(): Machine {
  const git = (...args: string[]) => execFileSync('git', args, { encoding: 'utf8', cwd: import.meta.dirname }).trim();
  return {
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    node: process.version,
    commit: git('rev-parse', '--short', 'HEAD'),
    measuredOn: new Date().toISOString().slice(0, 10),
    loadBefore: rounded(loadavg()[0] ?? 0),
  };
}

/** Repeats one fixed piece of work: how far its durations lie apart is what every other figure here may be off by. */
export function noise(rounds: number): Figure[] {
  const took = Array.from({ length: rounds }, fixedWork);
  const middle = median(took);
  const spread = ((Math.max(...took) - Math.min(...took)) / middle) * 100;
  return [
    { part: 'machine', name: 'fixed CPU loop, median', value: middle, unit: 'ms' },
    { part: 'machine', name: 'fixed CPU loop, slowest over fastest', value: spread, unit: '% of the median', note: `${rounds} rounds` },
  ];
}

function fixedWork(): number {
  const began = performance.now();
  let sum = 0;
  for (let i = 1; i < 4_000_000; i += 1) sum = (sum + Math.imul(i, 2_654_435_761)) | 0;
  if (sum === 1) throw new Error('the loop was not run');
  return performance.now() - began;
}
