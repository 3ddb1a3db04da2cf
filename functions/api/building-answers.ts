import * as z from 'zod/mini';

const day = z.string();
const fen = z.int();
const percent = z.number();

/** How a construction stands against its approval and its first plan (art. 11(5)): the budget, what was spent, which share of it, which share of the work is done, the day of completion as planned and expected, and how many days lie between. */
export const progress = z.strictObject({
  budgetFen: z.nullable(fen),
  costFen: z.nullable(fen),
  leftFen: z.nullable(fen),
  costPercent: z.nullable(percent),
  donePercent: z.nullable(percent),
  reportedOn: z.nullable(day),
  baselineOn: z.nullable(day),
  forecastOn: z.nullable(day),
  completedOn: z.nullable(day),
  slipDays: z.nullable(z.int()),
  milestones: z.array(z.strictObject({ name: z.string(), baselineOn: day, forecastOn: day, doneOn: z.nullable(day), slipDays: z.int(), state: z.enum(['done', 'open', 'overdue']) })),
});
