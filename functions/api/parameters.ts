import * as z from 'zod/mini';
import { documentNames } from '../documents/names.ts';

const id = z.string().check(z.regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$/));
const cursor = z.optional(z.string().check(z.minLength(1)));
const limit = z.optional(z.int().check(z.minimum(1), z.maximum(100)));

/** The header that makes a repeated write the same write. */
const idempotency = { 'Idempotency-Key': z.string().check(z.regex(/^[\x21-\x7e]{8,128}$/)) };

/** Parameters that operations share, by where they stand. */
export const parameters = {
  oneCase: { path: z.object({ id }) },
  oneFile: { path: z.object({ id, attachment: id }) },
  oneRevision: { path: z.object({ id, revision: z.int().check(z.minimum(1), z.maximum(9_999_999_999)) }) },
  revisions: { query: z.object({ before: z.optional(z.int().check(z.minimum(1), z.maximum(9_999_999_999))), limit: z.optional(z.int().check(z.minimum(1), z.maximum(50))) }) },
  since: { query: z.object({ since: z.optional(z.int().check(z.minimum(1), z.maximum(9_999_999_999))) }) },
  oneDocument: { path: z.object({ id, name: z.enum(documentNames) }) },
  listed: { query: z.object({ ids: z.string().check(z.minLength(1)) }) },
  oneCode: { path: z.object({ code: z.string().check(z.minLength(1)) }) },
  oneBatch: { path: z.object({ batch: z.string().check(z.regex(/^\d{4}-H[12]$/)) }) },
  page: { query: z.object({ limit, cursor }) },
  listOf: (kinds: readonly string[]) => ({ query: z.object({ lifecycle: z.optional(z.enum(kinds as [string, ...string[]])), phase: z.optional(z.string().check(z.minLength(1))), limit, cursor }) }),
  events: { query: z.object({ after: z.optional(z.int().check(z.minimum(0), z.maximum(9_999_999_998))), limit }) },
  cursor: { query: z.object({ cursor }) },
  write: { header: z.object({ ...idempotency, 'If-Match': z.string().check(z.regex(/^"\d{1,10}"$/)) }) },
  version: { header: z.object({ 'If-Match': z.string().check(z.regex(/^"\d{1,10}"$/)) }) },
  create: { header: z.object(idempotency) },
} as const;
