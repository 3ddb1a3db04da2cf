import * as z from 'zod/mini';
import { later } from '../later.ts';
import { id } from './text.ts';

/** Decisions that officers and leaders take on many cases at once: those whose arguments say a reason and nothing about one case. */
export const bulkCommands = ['passFormalCheck', 'closeReview', 'proposeSelection', 'proposeRejection', 'approveSelection', 'approveRejection', 'sendBack'] as const;

/** So many that one answer stays well within what a request may take. */
export const mostInBulk = 50;

/** One decision on many scenarios: each on the version that the person has seen, the arguments (the reason) the same for all. */
export const bulkArgs = later(() => z.strictObject({
  command: z.enum(bulkCommands, { error: '此事项不能批量办理' }),
  args: z.record(z.string(), z.json()),
  cases: z.array(z.strictObject({ id, version: z.int().check(z.minimum(1)) })).check(
    z.minLength(1, { error: '至少选择一个场景' }),
    z.maxLength(mostInBulk, { error: `一次最多${mostInBulk}个场景` }),
    z.refine((cases) => new Set(cases.map((each) => each.id)).size === cases.length, { error: '有重复的场景' }),
  ),
}));
