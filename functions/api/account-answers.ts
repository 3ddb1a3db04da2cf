import * as z from 'zod/mini';

const instant = z.iso.datetime();
const role = z.enum(['applicant', 'unitAdmin']);

const unit = z.strictObject({ id: z.string(), name: z.string(), kind: z.string(), division: z.string(), sector: z.optional(z.string()), uscc: z.optional(z.string()) });

/** The people of a unit with their roles, and who changed what about them, the latest first. */
export const unitAccounts = z.strictObject({
  unit,
  charge: z.enum(['ownUnit', 'superior']),
  items: z.array(z.strictObject({ person: z.string(), name: z.string(), roles: z.array(role), active: z.boolean() })),
  log: z.array(z.strictObject({ at: instant, by: z.string(), byOrg: z.string(), person: z.string(), name: z.string(), change: z.enum(['registered', 'changed', 'suspended', 'restored']), roles: z.array(role), reason: z.string() })),
});
