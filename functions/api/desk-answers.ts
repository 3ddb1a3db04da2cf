import * as z from 'zod/mini';
import { caseRow } from './answers.ts';

const instant = z.iso.datetime();
const cursor = z.optional(z.string());

/** A step that the reader took, and how the case stands now. */
export const workRow = z.extend(z.omit(caseRow, { id: true, version: true }), { case: z.string(), n: z.int(), at: instant, command: z.string() });

/** A page of the reader's own work, the newest first. */
export const workPage = z.strictObject({ items: z.array(workRow), next: cursor });

/** A count; `more` where there are more than were counted. */
const counted = z.strictObject({ count: z.int(), more: z.boolean() });

/** What lies on the reader's desk, in figures. */
export const desk = z.strictObject({ tasks: counted, done: counted, mine: counted });
