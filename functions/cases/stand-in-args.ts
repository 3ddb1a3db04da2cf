import * as z from 'zod/mini';
import { person } from '../../shared/contracts/text.ts';

/** What `POST /stand-ins` takes: to whom, for which days (both included), and why. */
export const standInArgs = z.strictObject({
  to: person,
  from: z.iso.date(),
  until: z.iso.date(),
  reason: z.string().check(z.trim(), z.minLength(1), z.maxLength(200)),
});
