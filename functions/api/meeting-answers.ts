import * as z from 'zod/mini';
import { attendee } from '../../shared/contracts/meeting.ts';

const instant = z.iso.datetime();
const points = z.number();
const outcome = z.enum(['selected', 'notSelected']);
const step = { by: z.string(), on: instant, reason: z.optional(z.string()) };

/** How the selection of one scenario stands: sheets and score, the proposal, the signatures under it, the decision with the event that holds it. */
export const selection = z.strictObject({
  case: z.string(), title: z.string(), unitName: z.string(), lifecycle: z.string(), investmentFen: z.int(),
  score: z.nullable(points), quorum: z.int(), passLine: points, range: points, disagree: z.boolean(),
  sheets: z.array(z.strictObject({ name: z.string(), total: points, counted: z.boolean(), comment: z.string() })),
  recused: z.array(z.string()),
  proposal: z.optional(z.strictObject({ ...step, outcome })),
  signatures: z.array(z.strictObject({ by: z.string(), on: instant, opinion: z.string() })),
  decision: z.optional(z.strictObject({ ...step, outcome, n: z.int(), sha256: z.string() })),
});

const head = {
  id: z.string(), heldOn: z.iso.date(), place: z.string(), chair: z.string(), recorder: z.string(),
  recordedAt: instant, recordedBy: z.string(), replaces: z.optional(z.string()), replacedBy: z.optional(z.string()),
};

/** The record of a meeting with all it was about, as it was kept. */
export const meeting = z.strictObject({ ...head, attendees: z.array(attendee), absent: z.optional(z.string()), discussion: z.optional(z.string()), items: z.array(selection) });

/** Records of meetings, the latest meeting first; `next` is the id to go on before. */
export const meetingList = z.strictObject({ items: z.array(z.strictObject({ ...head, count: z.int(), selected: z.int() })), next: z.optional(z.string()) });
