import type { Actor } from '../../shared/actor.ts';
import type { Role } from '../../shared/roles.ts';
import { Problem } from '../http/problem.ts';
import { commonPassages, type Common } from '../likeness/passages.ts';
import { proseOf } from '../likeness/prose.ts';
import { nameSketch, proseSketch, sketchLikeness } from '../likeness/sketch.ts';
import { fundingBefore, type SameKindFunding } from '../money/same-kind.ts';
import type { Head } from '../store/case.ts';
import { formAt } from '../store/forms.ts';
import { loadHeads } from '../store/load.ts';
import { sketchesNear, type Sketches } from '../store/sketches.ts';
import type { Table } from '../store/table.ts';
import { titleOf, unitOf, unitPlace } from './about.ts';
import type { Desk } from './act.ts';
import { submittedUpTo } from './see.ts';

/** The sketches by which a filing is found beside others. */
export function sketchesOf(head: Head, form: unknown): Sketches {
  return { prose: proseSketch(proseOf(form)), name: nameSketch(titleOf(head.snapshot)) };
}

/** A filing like another one, and about how much of text or name they share, from 0 to 1. */
export interface Similar {
  readonly id: string;
  readonly likeness: number;
}

// Two filings of one trade share a tenth or two of their 4-grams; from a third on somebody should look. Names repeat each other more.
const proseFrom = 1 / 3;
const nameFrom = 0.6;
const mostSimilar = 10;

/** The filings most like one, most alike first, found among all of them by their bands. */
export async function similarFilings(table: Table, id: string, sketches: Sketches): Promise<Similar[]> {
  const near = await sketchesNear(table, sketches);
  near.delete(id);
  const rated = [...near].map(([other, theirs]) => ({ id: other, ...likenessOf(sketches, theirs) }));
  return rated.filter(({ prose, name }) => prose >= proseFrom || name >= nameFrom).map((each) => ({ id: each.id, likeness: Math.max(each.prose, each.name) })).toSorted((a, b) => b.likeness - a.likeness).slice(0, mostSimilar);
}

function likenessOf(ours: Sketches, theirs: Sketches): { readonly prose: number; readonly name: number } {
  return {
    prose: ours.prose && theirs.prose ? sketchLikeness(ours.prose, theirs.prose) : 0,
    name: ours.name && theirs.name ? sketchLikeness(ours.name, theirs.name) : 0,
  };
}

// Whoever checks, reviews or decides on filings; the unit itself learns nothing of others'.
const readers: readonly Role[] = ['bureauOfficer', 'bureauLeader', 'expert', 'supervisor'];

/** What reviewers see beside this filing. */
interface Beside {
  readonly items: readonly (Common & { readonly case: string; readonly title: string; readonly unit: string; readonly likeness: number })[];
  readonly funding: SameKindFunding;
}

/** What reviewers see of filings like this one: which, of whom, the share of this text that stands in theirs, and the passages; and what the unit was paid in the two years before. Throws `not-allowed` for others. */
export async function similarTo(desk: Desk, head: Head, actor: Actor): Promise<Beside> {
  const { table } = desk;
  if (!actor.roles.some((role) => readers.includes(role))) throw new Problem('not-allowed', '查重结果只供审查、评审和监督人员查看', { needs: readers });
  const form = (await formAt(table, head.id, submittedUpTo(head)))?.form;
  const similar = await similarFilings(table, head.id, sketchesOf(head, form));
  const heads = await loadHeads(table, similar.map(({ id }) => id));
  const items = await Promise.all(
    heads.map(async (other) => {
      const theirs = (await formAt(table, other.id, submittedUpTo(other)))?.form;
      const likeness = similar.find(({ id }) => id === other.id)?.likeness ?? 0;
      return { case: other.id, title: titleOf(other.snapshot), unit: unitPlace(other.snapshot).name || unitOf(other.snapshot), likeness, ...commonPassages(proseOf(form), proseOf(theirs)) };
    }),
  );
  return { items, funding: await fundingBefore(desk, head, form) };
}
