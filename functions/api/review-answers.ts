import * as z from 'zod/mini';
import { sheetDraftArgs } from '../../shared/contracts/sheet-draft.ts';
import { problem } from './answers.ts';

const points = z.number();
const instant = z.iso.datetime();
const leaf = z.string();

/** An expert of the pool: fields, open reviews, and how they have scored in the reviews closed so far (points; null: too few to say). */
const expertRow = {
  id: z.string(), name: z.string(), org: z.string(), orgName: z.string(),
  fields: z.array(z.string()),
  open: z.int(),
  reviews: z.int(),
  leniency: z.nullable(points),
  spread: z.nullable(points),
};

/** The people of the reader's own unit. */
export const signerList = z.strictObject({ items: z.array(z.strictObject({ id: z.string(), name: z.string(), roles: z.array(z.string()) })) });

/** Everybody who may be asked to review. */
export const expertList = z.strictObject({ items: z.array(z.strictObject(expertRow)) });

/** The pool as candidates for one case, the fittest first: what keeps somebody from it, which of its fields they know, and where they stand in it already. */
export const candidateList = z.strictObject({
  fields: z.array(z.string()),
  items: z.array(
    z.strictObject({
      ...expertRow,
      conflicts: z.array(z.strictObject({ kind: z.enum(['ownUnit', 'cooperatingUnit', 'declaredInterest', 'workedThere']), unit: z.string(), reason: z.string() })),
      matches: z.array(z.string()),
      standing: z.nullable(z.enum(['invited', 'declared', 'submitted', 'alternate', 'recused'])),
    }),
  ),
});

const named = z.array(z.strictObject({ expert: z.string(), name: z.string() }));
const agreement = { range: points, disagree: z.boolean() };

/** The sheets of a panel side by side, with the weights they count by and where they disagree; `declared`, `invited`: who is still to give one. */
export const review = z.strictObject({
  policy: z.string(),
  criteria: z.array(z.strictObject({ id: z.string(), weight: points, ...agreement })),
  quorum: z.int(),
  passLine: points,
  sheets: z.array(z.strictObject({ expert: z.string(), name: z.string(), at: instant, scores: z.record(z.string(), points), comment: z.string(), total: points, counted: z.boolean() })),
  declared: named,
  invited: named,
  alternates: named,
  recused: named,
  score: z.nullable(points),
  ...agreement,
});

/** An expert's own draft of a sheet. */
export const sheetDraft = z.strictObject({ revision: z.int(), savedAt: instant, sheet: sheetDraftArgs });

/** What became of each case of a decision in bulk, in the order asked. */
export const bulkResults = z.strictObject({
  items: z.array(z.discriminatedUnion('ok', [z.strictObject({ id: z.string(), ok: z.literal(true), version: z.int(), state: z.array(leaf) }), z.strictObject({ id: z.string(), ok: z.literal(false), problem })])),
});
