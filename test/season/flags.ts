import { parseArgs } from 'node:util';

/** How a season is played: how many scenarios, by which seed, and how many of its people act at a time. */
export interface Flags {
  readonly scenarios: number;
  readonly seed: number;
  readonly parallel: number;
}

const limits = { scenarios: { least: 1, most: 5000, otherwise: 500 }, seed: { least: 0, most: 4_294_967_295, otherwise: 3 }, parallel: { least: 1, most: 64, otherwise: 12 } } as const satisfies Record<keyof Flags, object>;

/** Thrown for a flag that is unknown, no whole number, or out of its range; the message says which and what fits. */
export class BadFlag extends Error {}

/** Reads the flags of the command line. Throws BadFlag. */
export function flagsFrom(argv: readonly string[]): Flags {
  const given = parsed(argv);
  const flag = (name: keyof Flags) => wholeNumber(name, given[name]);
  return { scenarios: flag('scenarios'), seed: flag('seed'), parallel: flag('parallel') };
}

function parsed(argv: readonly string[]): Partial<Record<keyof Flags, string>> {
  try {
    const options = { scenarios: { type: 'string' }, seed: { type: 'string' }, parallel: { type: 'string' } } as const;
    return parseArgs({ args: [...argv], options }).values;
  } catch (error) {
    throw new BadFlag(`${(error as Error).message.split('. ')[0]}. Flags: ${Object.keys(limits).map((name) => `--${name} N`).join(', ')}`);
  }
}

function wholeNumber(name: keyof Flags, text: string | undefined): number {
  const { least, most, otherwise } = limits[name];
  if (text === undefined) return otherwise;
  const value = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= least && value <= most)) throw new BadFlag(`--${name} is a whole number from ${least} to ${most}, not "${text}"`);
  return value;
}
