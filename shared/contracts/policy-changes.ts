import * as z from 'zod/mini';
import { later } from '../later.ts';
import type { PeriodName, Policy } from '../policy.ts';
import { gx2025Draft } from '../policy.ts';
import { fen } from './text.ts';

const percent = later(() => z.int().check(z.minimum(0, { error: '百分比在0到100之间' }), z.maximum(100, { error: '百分比在0到100之间' })));
const panel = later(() => z.int().check(z.minimum(1, { error: '至少1位专家' }), z.maximum(100)));
const small = later(() => z.int().check(z.minimum(0), z.maximum(100)));
const periods = Object.keys(gx2025Draft.periods.value) as [PeriodName, ...PeriodName[]];
const period = later(() => z.union([z.strictObject({ workingDays: z.int().check(z.minimum(1), z.maximum(250)) }), z.strictObject({ days: z.int().check(z.minimum(1), z.maximum(3660)) }), z.strictObject({ years: z.int().check(z.minimum(1), z.maximum(10)) })]));

// The last tier is without limit, each before it ends higher than the one before.
const tiers = later(() => z.array(z.strictObject({ upToFen: z.nullable(fen), percent })).check(
  z.minLength(1, { error: '至少一档' }),
  z.maxLength(10, { error: '最多10档' }),
  z.refine((list) => list.every(({ upToFen }, index) => (upToFen === null) === (index === list.length - 1) && (index === 0 || upToFen === null || upToFen > (list[index - 1]?.upToFen ?? 0))), { error: '各档上限应依次增大，只有最后一档不设上限' }),
));

/** The parameters of a policy pack that may be tried out, by name; what is not named stays as it is. */
export const policyChanges = later(() => z.strictObject({
  governmentTiers: z.optional(tiers),
  socialTiers: z.optional(tiers),
  capFen: z.optional(fen),
  advancePercent: z.optional(percent),
  requireCrossCutting: z.optional(z.boolean()),
  quorum: z.optional(panel),
  passLine: z.optional(percent),
  dropExtremesFrom: z.optional(small),
  publicNotice: z.optional(z.boolean()),
  rectificationsAllowed: z.optional(small),
  periods: z.optional(z.partialRecord(z.enum(periods), period)),
}));

/** Such changes. */
export type PolicyChanges = z.infer<typeof policyChanges>;

/** A question what a pack with these changes would mean for the scenarios that are underway, from a cursor on. */
export const whatIfArgs = later(() => z.strictObject({ changes: policyChanges, cursor: z.optional(z.string()) }));

/** A pack with changes tried out; it has no id of its own, because nothing is ever decided under it. */
export function triedOut(base: Policy, { periods: terms, ...changes }: PolicyChanges): Policy {
  const values = Object.entries(changes).filter(([, value]) => value !== undefined);
  const changed = Object.fromEntries(values.map(([name, value]) => [name, { ...(base[name as keyof Policy] as object), value }]));
  return { ...base, ...changed, ...(terms ? { periods: { ...base.periods, value: { ...base.periods.value, ...terms } } } : {}) } as Policy;
}
