import * as z from 'zod/mini';

const instant = z.iso.datetime();
const party = z.strictObject({ org: z.string(), name: z.string() });

/** The data authorities that take demands for data of a level from a place. */
export const dataAuthorityList = z.strictObject({ items: z.array(z.strictObject({ id: z.string(), name: z.string(), division: z.string() })) });

/** Who waits for whom about data: each open demand under the party it waits for, the latest of them first; `cut` when there are more than could be looked at. */
export const demandBoard = z.strictObject({
  at: instant,
  parties: z.array(
    z.strictObject({
      ...party.def.shape,
      waiting: z.int(),
      overdue: z.int(),
      demands: z.array(
        z.strictObject({
          case: z.string(), title: z.string(), leaf: z.string(), waits: z.array(party), since: instant, dueAt: instant, overdue: z.boolean(),
          promises: z.array(z.strictObject({ name: z.string(), dueOn: z.string(), overdue: z.boolean() })),
        }),
      ),
    }),
  ),
  cut: z.boolean(),
});
