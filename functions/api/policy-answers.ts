import * as z from 'zod/mini';
import type { LifecycleName } from '../../machines/decision.ts';
import { lifecycleLabels } from '../../machines/labels.zh.ts';
import { whatChanges } from '../../machines/what-if.ts';

/** What a policy pack with changes would mean for a page of open scenarios: each case that anything changes for, how often what changes, and what that makes in ceilings (fen). Nothing is stored. */
export const whatIf = z.strictObject({
  base: z.string(),
  looked: z.int(),
  cases: z.array(
    z.strictObject({
      case: z.string(), title: z.string(), lifecycle: z.enum(Object.keys(lifecycleLabels) as [LifecycleName, ...LifecycleName[]]), state: z.array(z.string()),
      policy: z.string(),
      differences: z.array(z.strictObject({ what: z.enum(whatChanges), article: z.string(), before: z.json(), after: z.json(), leaf: z.optional(z.string()) })),
    }),
  ),
  totals: z.strictObject({ byChange: z.record(z.string(), z.int()), ceilingBeforeFen: z.int(), ceilingAfterFen: z.int() }),
  next: z.optional(z.string()),
});
