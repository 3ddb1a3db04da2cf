import * as z from 'zod/mini';
import { later } from '../later.ts';
import { criterionNames, score } from './scores.ts';
import { text } from './text.ts';

/** A sheet that is being filled in: any part of it, each as the sheet itself wants it. */
export const sheetDraftArgs = later(() => z.strictObject({
  scores: z.optional(z.strictObject(Object.fromEntries(criterionNames.map((name) => [name, z.optional(score)])) as { [K in (typeof criterionNames)[number]]: z.ZodMiniOptional<typeof score> })),
  comment: z.optional(text(500)),
}));
