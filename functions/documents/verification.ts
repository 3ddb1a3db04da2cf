import type * as z from 'zod/mini';
import type * as answers from '../api/answers.ts';

/** What anybody may know of a certificate who holds the print: what it is of, and the digests; nothing of any person. */
export type Verification = z.infer<typeof answers.verification>;
