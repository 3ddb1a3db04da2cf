import * as z from 'zod/mini';

/** A case of the library: what it is of, and the part of its text that was found. */
export const libraryCase = z.strictObject({
  case: z.string(), title: z.string(), scenario: z.string(), unit: z.string(), lifecycle: z.enum(['governmentInvestment', 'socialInvestment']), division: z.string(),
  directions: z.array(z.string()), sectors: z.array(z.string()), batch: z.string(), acceptedAt: z.iso.datetime(), excerpt: z.string(),
});

/** A page of the case library, newest first; `next` is the cursor of the following page. */
export const libraryPage = z.strictObject({ items: z.array(libraryCase), next: z.optional(z.string()) });

/** A case of the library with its text. */
export const libraryText = z.strictObject({ ...libraryCase.def.shape, text: z.string() });
