import * as z from 'zod/mini';
import { unitProfile } from '../../shared/contracts/profile.ts';

/** What a unit files again and again; new filings take a copy (`profile: true`), running ones never change with it. Version 0: none was saved. */
export const unitProfileAnswer = z.strictObject({
  version: z.int().check(z.minimum(0)),
  savedAt: z.optional(z.iso.datetime()),
  by: z.optional(z.strictObject({ person: z.string(), name: z.string() })),
  profile: unitProfile,
});
