import * as z from 'zod/mini';
import { later } from '../later.ts';
import { mostInBulk } from './bulk.ts';
import { day, id, line, paragraph, several } from './text.ts';

/** Somebody at a meeting: name, unit, and what they are there where it was said. */
export const attendee = later(() => z.strictObject({ name: line, unit: line, duty: z.optional(line) }));

/**
 * The record of a meeting that selected scenarios (art. 11(3), art. 14(3); requirements 8.8): when and where, who led it, wrote it down and
 * was there, what was said, and which decided scenarios it was about. `replaces` names an earlier record that this one puts right.
 */
export const meetingArgs = later(() => z.strictObject({
  heldOn: day,
  place: line,
  chair: line,
  recorder: line,
  attendees: several(attendee, 60),
  absent: z.optional(line),
  discussion: z.optional(paragraph),
  scenarios: z.array(id).check(
    z.minLength(1, { error: '至少选择一个场景' }),
    z.maxLength(mostInBulk, { error: `一次最多${mostInBulk}个场景` }),
    z.refine((ids) => new Set(ids).size === ids.length, { error: '有重复的场景' }),
  ),
  replaces: z.optional(id),
}));

/** What somebody says of a meeting. */
export type MeetingArgs = z.output<typeof meetingArgs>;
