import * as z from 'zod/mini';

const instant = z.iso.datetime();
const json = z.record(z.string(), z.json());
const digest = z.string().check(z.regex(/^[0-9a-f]{64}$/));
const cursor = z.optional(z.string());

/** One entry of a published list. */
const listEntry = {
  case: z.string(), number: z.string(), name: z.string(), lifecycle: z.enum(['governmentInvestment', 'socialInvestment']), unit: z.string(), unitName: z.string(), division: z.string(),
  sectors: z.optional(z.array(z.string())), directions: z.optional(z.array(z.string())), stage: z.optional(z.string()),
};

/** What a corrected edition says differently: another name, or a line struck because its scenario has ended. */
const rowChange = z.strictObject({ scenario: z.string(), number: z.string(), change: z.enum(['amend', 'strike']), name: z.optional(z.string()), unitName: z.optional(z.string()) });

/** A published edition of a half-year's list; the first has no reason and no changes. `sha256` and `sm3` are those of its JSON file. */
export const publishedBatch = z.strictObject({
  batch: z.string(), edition: z.int(), case: z.string(), number: z.string(), documentNo: z.string(), count: z.int(), publishedAt: instant,
  reason: z.optional(z.string()), changes: z.optional(z.array(rowChange)), code: z.optional(z.string()), sha256: z.optional(digest), sm3: z.optional(digest),
});

/** The published editions, newest first. */
export const publishedBatches = z.strictObject({ items: z.array(publishedBatch), next: cursor });

/** All editions of one half-year's list, the first one first. */
export const editionList = z.strictObject({ batch: z.string(), items: z.array(publishedBatch) });

/** A page of a published list. */
export const publishedList = z.strictObject({ batch: z.string(), edition: z.int(), items: z.array(z.strictObject(listEntry)), next: cursor });

/** A published list as a JSON file: its lines, each an entry. */
export const publishedFile = z.array(z.strictObject(listEntry));

const named = z.strictObject({ case: z.string(), name: z.string() });

/** A rehearsal of the next publication: how many would be listed, how many not and why (each by its first reason), and what changed since the rehearsal before. */
export const rehearsal = z.strictObject({
  id: z.string(),
  half: z.string(),
  at: instant,
  by: z.strictObject({ person: z.string(), name: z.string() }),
  listed: z.int(),
  blocked: z.int(),
  reasons: z.array(z.strictObject({ sentence: z.string(), count: z.int() })),
  difference: z.optional(
    z.strictObject({ since: z.string(), at: instant, joinedCount: z.int(), leftCount: z.int(), joined: z.array(named), left: z.array(z.strictObject({ case: z.string(), name: z.string(), why: z.string() })) }),
  ),
});

/** The latest rehearsals, newest first. */
export const rehearsalList = z.strictObject({ items: z.array(rehearsal) });

const blocker = z.strictObject({ leaf: z.string(), command: z.string(), article: z.string(), sentence: z.string(), rule: z.optional(z.string()), figures: z.optional(json), dueAt: z.optional(instant) });

/** A page of one of a rehearsal's two lists: entries as a freeze would number them, or scenarios with what keeps them from the list. */
export const rehearsalPage = z.strictObject({
  items: z.array(z.union([z.strictObject(listEntry), z.strictObject({ case: z.string(), name: z.string(), unitName: z.string(), lifecycle: z.string(), phase: z.string(), blockers: z.array(blocker) })])),
  next: cursor,
});

/** A page of a search through all published lists; a page may be empty and yet have a `next`. `superseded`: a newer edition of that list is out. */
export const publishedSearch = z.strictObject({ items: z.array(z.strictObject({ ...listEntry, batch: z.string(), edition: z.int(), superseded: z.boolean() })), next: cursor });
