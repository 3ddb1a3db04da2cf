import * as z from 'zod/mini';

const kind = z.enum(['list', 'refiling', 'replication']);
const named = { kind, case: z.string(), title: z.string(), unitName: z.string() };

/** Where a scenario came from, nearest first, and what came from it. `readable` says whether the reader may open the source; descendants that the reader may not see are in the counts only. */
export const lineage = z.strictObject({
  from: z.array(z.strictObject({ ...named, readable: z.boolean(), row: z.optional(z.string()) })),
  to: z.array(z.strictObject({ ...named, at: z.iso.datetime() })),
  refilings: z.int(),
  replications: z.int(),
});

/** How often each case of the library is replicated. `whole` is false where older replications were left out of the count. */
export const reuse = z.strictObject({
  items: z.array(
    z.strictObject({ case: z.string(), title: z.string(), unitName: z.string(), replications: z.int(), units: z.int(), cities: z.int(), submitted: z.int(), published: z.int(), inCaseLibrary: z.int() }),
  ),
  whole: z.boolean(),
});
