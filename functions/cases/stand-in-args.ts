import * as z from 'zod/mini';

/** What `POST /stand-ins` takes: to whom, for which days (both included), and why. */
export const standInArgs = z.strictObject({
  to: z.string().check(z.regex(/^[\w.-]{1,80}$/)),
  from: z.iso.date(),
  until: z.iso.date(),
  reason: z.string().check(z.trim(), z.minLength(1), z.maxLength(200)),
});
