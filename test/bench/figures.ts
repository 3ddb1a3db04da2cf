/** One measured figure: what, how much, in which unit, and the target it is held against (`atLeast` or `atMost`), if any. */
export interface Figure {
  readonly part: string;
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly atLeast?: number;
  readonly atMost?: number;
  /** What the figure does not say by itself. */
  readonly note?: string;
}

/** How a bench part is run: `smoke` takes small numbers, so that all parts together end within a minute. */
export interface Scale {
  readonly smoke: boolean;
}

/** Whether a figure keeps its target; without a target there is nothing to keep. */
export function isMet({ value, atLeast, atMost }: Figure): boolean | undefined {
  if (atLeast !== undefined) return value >= atLeast;
  return atMost === undefined ? undefined : value <= atMost;
}

/** A figure's target in words, empty when there is none. */
export function targetOf({ atLeast, atMost }: Figure): string {
  if (atLeast !== undefined) return `≥ ${atLeast}`;
  return atMost === undefined ? '' : `≤ ${atMost}`;
}

/** A number with as many digits as it deserves. */
export function rounded(value: number): number {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : Math.abs(value) >= 0.1 ? 2 : 5;
  return Number(value.toFixed(digits));
}

/** The middle of some values; the lower of the two middle ones of an even number. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** The value that a share of the values does not exceed; NaN of no values. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}
