import * as z from 'zod/mini';
import { listRow } from '../../shared/contracts/list.ts';

const digest = z.string().check(z.regex(/^[0-9a-f]{64}$/));

/** A page of a list's rows in its order. `digests` are of the whole list as it stands: a seal names them. `scenario` is what the row became. A unit sees its own rows and no digests. */
export const rowPage = z.strictObject({
  version: z.int().check(z.minimum(1)),
  rows: z.int(),
  digests: z.optional(z.strictObject({ sha256: digest, sm3: digest })),
  items: z.array(z.strictObject({ row: z.string(), seqNo: z.int(), unit: z.nullable(z.string()), unitName: z.optional(z.string()), by: z.string(), edits: z.int(), content: listRow, scenario: z.optional(z.string()) })),
  next: z.optional(z.int()),
});

/** What happened to a row of a list: proposed once, then every edit with who made it and each place before and after. `listed` is false once it was taken out. */
export const rowHistory = z.strictObject({
  row: z.string(),
  listed: z.boolean(),
  history: z.array(
    z.strictObject({
      n: z.int(),
      at: z.iso.datetime(),
      command: z.string(),
      by: z.strictObject({ person: z.string(), name: z.string(), org: z.string(), orgName: z.string() }),
      reason: z.optional(z.string()),
      changes: z.array(z.strictObject({ pointer: z.string(), before: z.json(), after: z.json() })),
    }),
  ),
});
