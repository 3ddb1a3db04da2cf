import { dayOf, type Day } from '../../shared/days.ts';
import type { ChainedEvent } from '../../functions/store/chain.ts';

/** How long a case was in each leaf that it has left (days), and since when it is in those it is in. */
export interface Stays {
  readonly left: readonly { readonly leaf: string; readonly days: number }[];
  readonly since: ReadonlyMap<string, Day>;
}

/** The stays of a case by its events. */
export function staysOf(events: readonly ChainedEvent[]): Stays {
  const since = new Map<string, Day>();
  const left: { leaf: string; days: number }[] = [];
  for (const { event } of events) {
    const day = dayOf(event.at);
    for (const [leaf, from] of since) {
      if (event.leaves.includes(leaf)) continue;
      left.push({ leaf, days: Math.round((Date.parse(day) - Date.parse(from)) / 86_400_000) });
      since.delete(leaf);
    }
    for (const leaf of event.leaves) if (!since.has(leaf)) since.set(leaf, day);
  }
  return { left, since };
}

/** The value below which a share of the values lies. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? 0;
}
