import * as z from 'zod/mini';

/** What `POST /notices/seen` takes: some notices by the `notice` of their rows, or everything up to an instant. */
export const seenArgs = z.union([z.strictObject({ notices: z.array(z.string().check(z.minLength(1), z.maxLength(400))).check(z.minLength(1), z.maxLength(100)) }), z.strictObject({ upTo: z.iso.datetime() })]);

/** What `POST /notices/settings` takes. */
export const wishesArgs = z.strictObject({ mail: z.nullable(z.email().check(z.maxLength(254))), atOnce: z.boolean(), digest: z.boolean() });
