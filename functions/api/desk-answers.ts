import * as z from 'zod/mini';
import { caseRow, taskRow } from './answers.ts';

const instant = z.iso.datetime();
const cursor = z.optional(z.string());

/** A step that the reader took, and how the case stands now. */
export const workRow = z.extend(z.omit(caseRow, { id: true, version: true }), { case: z.string(), n: z.int(), at: instant, command: z.string() });

/** A page of the reader's own work, the newest first. */
export const workPage = z.strictObject({ items: z.array(workRow), next: cursor });

/** A count; `more` where there are more than were counted. */
const counted = z.strictObject({ count: z.int(), more: z.boolean() });

/** What lies on the reader's desk, in figures. */
export const desk = z.strictObject({ tasks: counted, done: counted, mine: counted, unseen: counted });

const kind = z.enum(['todo', 'outcome', 'warning', 'reminder', 'overdue', 'escalation', 'digest']);

/** Something a desk was told; `notice` is what marks it as seen, `id` is the same on every desk and in every channel. */
export const noticeRow = z.strictObject({
  id: z.string(),
  notice: z.string(),
  queue: z.string(),
  at: instant,
  kind,
  subject: z.string(),
  case: z.string(),
  lifecycle: z.string(),
  leaf: z.optional(z.string()),
  dueAt: z.optional(instant),
  seen: z.boolean(),
});

/** A page of notices, the newest first, and how many the reader has not seen at all. */
export const noticePage = z.strictObject({ items: z.array(noticeRow), unseen: counted, next: cursor });

/** What is still new to the reader. */
export const unseen = z.strictObject({ unseen: counted });

/** How a person wants to be told beside the list of notices: each one at once, and a daily digest, by mail or by the operator's gateway. */
export const noticeSettings = z.strictObject({ mail: z.nullable(z.string()), atOnce: z.boolean(), digest: z.boolean() });

/** The reader's day: to-dos, those due within three working days (the first ten), and notices not seen. */
export const digest = z.strictObject({ day: z.iso.date(), subject: z.string(), tasks: counted, soon: counted, unseen: counted, first: z.array(taskRow) });

/** A delivery with its log: one entry for each attempt. */
export const deliveryRow = z.strictObject({
  id: z.string(),
  channel: z.enum(['mail', 'webhook']),
  status: z.enum(['waiting', 'delivered', 'dead']),
  kind,
  subject: z.string(),
  case: z.string(),
  to: z.array(z.strictObject({ person: z.string(), name: z.string() })),
  attempts: z.array(z.strictObject({ at: instant, outcome: z.string() })),
  nextAt: instant,
});

/** A page of the delivery log, the newest first. */
export const deliveryPage = z.strictObject({ items: z.array(deliveryRow), next: cursor });

/** A delivery that is sent again. */
export const revived = z.strictObject({ id: z.string(), status: z.literal('waiting') });

const named = z.strictObject({ person: z.string(), name: z.string() });

/** Somebody acts in a colleague's place on the days from one to another, both included; `active` says whether today is one. */
export const standIn = z.strictObject({ id: z.string(), person: named, by: named, from: z.iso.date(), until: z.iso.date(), reason: z.string(), active: z.boolean() });

/** Who stands in for the reader, and for whom the reader stands in. */
export const standInList = z.strictObject({ given: z.array(standIn), received: z.array(standIn) });

/** The colleagues to whom the reader may hand over, with the roles in common. */
export const colleagueList = z.strictObject({ items: z.array(z.extend(named, { roles: z.array(z.string()) })) });

/** A page of the organisations that were looked for. */
export const organisationList = z.strictObject({
  items: z.array(z.strictObject({ id: z.string(), name: z.string(), kind: z.string(), office: z.string(), division: z.string(), sector: z.optional(z.string()), uscc: z.optional(z.string()) })),
  next: z.optional(z.string()),
});

/** A hand-over that was taken back. */
export const revoked = z.strictObject({ id: z.string(), revoked: z.literal(true) });
