import type { Day } from './days.ts';

/** What the pool knows of an expert beyond their name: what they know (sub-fields, directions, sectors by id), where they worked, in what they declared an interest. A unit is named by its id, credit code or name. */
export interface Expertise {
  readonly fields: readonly string[];
  readonly workedAt: readonly Employment[];
  readonly interests: readonly string[];
}

/** Where an expert worked beside the unit they belong to now; `until` is the last day, null while it goes on (a second post, advice for pay). */
export interface Employment {
  readonly unit: string;
  readonly until: Day | null;
}

/** Nothing known: an expert entered with a name and a unit alone. */
export const noExpertise: Expertise = { fields: [], workedAt: [], interests: [] };
