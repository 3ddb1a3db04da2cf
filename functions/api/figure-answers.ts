import * as z from 'zod/mini';
import type { LifecycleName } from '../../machines/decision.ts';
import { lifecycleLabels } from '../../machines/labels.zh.ts';

const fen = z.int();
const group = z.array(
  z.strictObject({ key: z.string(), label: z.string(), cases: z.int(), open: z.int(), investmentFen: fen, awardFen: fen, paidFen: fen, recoveredFen: fen, owedFen: fen }),
);
const days = z.nullable(z.int());

/** The programme's figures as counted at `at`: groups of scenarios with their money, time in each state (whole days), reviewers' load, batches, and a forecast of the next one. */
export const figures = z.strictObject({
  at: z.iso.datetime(),
  groups: z.strictObject({ class: group, phase: group, stage: group, city: group, sector: group, direction: group }),
  stays: z.array(
    z.strictObject({
      lifecycle: z.enum(Object.keys(lifecycleLabels) as [LifecycleName, ...LifecycleName[]]), leaf: z.string(), label: z.string(),
      ended: z.int(), medianDays: days, p90Days: days, open: z.int(), longestOpenDays: days,
    }),
  ),
  reviewers: z.array(z.strictObject({ id: z.string(), name: z.string(), open: z.int(), submitted: z.int(), recused: z.int() })),
  batches: z.array(z.strictObject({ batch: z.string(), cases: z.int() })),
  recoveries: z.strictObject({ open: z.int(), openFen: fen }),
  forecast: z.strictObject({
    half: z.string(), publishOn: z.string(), daysLeft: z.int(), waiting: z.int(), underway: z.int(), expected: z.number(), low: z.int(), high: z.int(), history: z.int(),
  }),
});
