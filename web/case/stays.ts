import type { Event } from '../api/types.ts';

/** One stay of a case in a leaf: since when, by which event it came there and by which it left. */
export interface Stay {
  readonly leaf: string;
  readonly since: string;
  readonly came: Event;
  readonly left?: Event;
}

/** Every stay of a case, in the order in which they began. An event that leaves a leaf and enters it again begins a new stay only when others lie between. */
export function staysOf(events: readonly Event[]): readonly Stay[] {
  const stays: Stay[] = [];
  for (const event of events) {
    const open = stays.filter(({ left }) => left === undefined);
    for (const stay of open) if (!event.leaves.includes(stay.leaf)) stays[stays.indexOf(stay)] = { ...stay, left: event };
    for (const leaf of event.leaves) if (!open.some((stay) => stay.leaf === leaf)) stays.push({ leaf, since: event.at, came: event });
  }
  return stays;
}
