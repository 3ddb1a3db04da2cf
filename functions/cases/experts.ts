import { conflictsOf } from '../../machines/scenario/conflicts.ts';
import { conflictLabels } from '../../machines/labels.zh.ts';
import type { ScenarioContext } from '../../machines/scenario/context.ts';
import { panelAtWork } from '../../machines/scenario/panel.ts';
import { raterRecords } from '../../machines/scenario/raters.ts';
import type { Actor, Organisation } from '../../shared/actor.ts';
import { dayOf } from '../../shared/days.ts';
import { noExpertise } from '../../shared/expert.ts';
import { policyOf } from '../../shared/policy.ts';
import type { Role } from '../../shared/roles.ts';
import { Problem } from '../http/problem.ts';
import type { Head } from '../store/case.ts';
import { formAt } from '../store/forms.ts';
import { orgKey, type Item } from '../store/keys.ts';
import { expertsIn, openTodos } from '../store/lists.ts';
import { nameOf, readItems } from '../store/load.ts';
import { orgOf, type Person } from '../store/people.ts';
import { newestReviews } from '../store/reviews.ts';
import type { Desk } from './act.ts';

const assigners: readonly Role[] = ['bureauOfficer', 'bureauLeader'];
/** Some years of reviews of the whole programme, in one page of the table. */
const reviewsLookedAt = 1000;

/** An expert with all that an assignment looks at. */
interface PoolRow {
  readonly person: Person;
  readonly org: Organisation | undefined;
  readonly row: {
    readonly id: string;
    readonly name: string;
    readonly org: string;
    readonly orgName: string;
    readonly fields: readonly string[];
    /** Reviews they were asked for and have not given a sheet in. */
    readonly open: number;
    readonly reviews: number;
    readonly leniency: number | null;
    readonly spread: number | null;
  };
}

/** Everybody who may be asked to review, with unit, fields, load, leniency and spread; for the Bureau alone, which assigns them. */
export async function expertList(desk: Desk, actor: Actor): Promise<Record<string, unknown>> {
  mustAssign(actor);
  return { items: (await pool(desk)).map(({ row }) => row) };
}

/**
 * The pool as candidates for one case: who must not be asked and why, what of the filing they know, whether they are on the panel
 * already. Who is free of conflicts comes first, then who knows most of its fields, then who has the least to do.
 */
export async function candidateList(desk: Desk, head: Head, actor: Actor): Promise<Record<string, unknown>> {
  mustAssign(actor);
  const context = head.snapshot.context as unknown as ScenarioContext;
  const fields = fieldsOf((await formAt(desk.table, head.id))?.form, context);
  const today = dayOf(new Date(desk.now).toISOString());
  const items = (await pool(desk)).map(({ person, org, row }) => ({
    ...row,
    conflicts: org ? conflictsOf({ org, ...(person.expertise ? { expertise: person.expertise } : {}) }, context, today, policyOf(desk.policy)).map((each) => ({ ...each, reason: conflictLabels[each.kind] })) : [],
    matches: row.fields.filter((field) => fields.has(field)),
    standing: standingOf(context, row.id),
  }));
  return { fields: [...fields], items: items.toSorted((a, b) => a.conflicts.length - b.conflicts.length || b.matches.length - a.matches.length || a.open - b.open || a.id.localeCompare(b.id)) };
}

function mustAssign(actor: Actor): void {
  if (!actor.roles.some((role) => assigners.includes(role))) throw new Problem('not-allowed', '专家名录只供自治区数据局指派专家时查阅', { needs: [...assigners] });
}

async function pool(desk: Desk): Promise<PoolRow[]> {
  const people = await expertsIn(desk.table);
  const [orgs, open, reviews] = await Promise.all([organisationsOf(desk, people), openTodos(desk.table, people.map(({ id }) => `person#${id}`)), newestReviews(desk.table, reviewsLookedAt)]);
  const records = raterRecords(reviews);
  return people.map((person) => {
    const { id, name, org, expertise = noExpertise } = person;
    const { reviews: given, leniency, spread } = records.get(id) ?? { reviews: 0, leniency: null, spread: null };
    const row = { id, name, org, orgName: orgs.get(org)?.name ?? org, fields: [...expertise.fields], open: open.get(`person#${id}`) ?? 0, reviews: given, leniency, spread };
    return { person, org: orgs.get(org), row };
  });
}

// One BatchGetItem takes a hundred keys.
async function organisationsOf(desk: Desk, people: readonly Person[]): Promise<ReadonlyMap<string, Organisation>> {
  const ids = [...new Set(people.map(({ org }) => org))];
  const found = new Map<string, Organisation>();
  for (let at = 0; at < ids.length; at += 100) {
    const some = ids.slice(at, at + 100);
    const items = await readItems(desk.table, some.map(orgKey));
    for (const id of some) {
      const item: Item | undefined = items.get(nameOf(orgKey(id)));
      if (item) found.set(id, orgOf(item));
    }
  }
  return found;
}

/** What a filing is about, in the words of the pool: its directions and sub-fields (art. 6), and the sectors it names. */
function fieldsOf(form: unknown, { directions, sectors }: ScenarioContext): ReadonlySet<string> {
  const { system } = (form ?? {}) as { readonly system?: { readonly subFields?: unknown } };
  const subFields = Array.isArray(system?.subFields) ? system.subFields.filter((each) => typeof each === 'string') : [];
  return new Set([...directions, ...subFields, ...sectors]);
}

function standingOf(context: ScenarioContext, id: string): string | null {
  const { experts, recused, alternates = [], declared = [], answered } = panelAtWork(context);
  if (answered.includes(id)) return 'submitted';
  if (declared.includes(id)) return 'declared';
  if (experts.includes(id)) return 'invited';
  if (alternates.includes(id)) return 'alternate';
  return recused.includes(id) ? 'recused' : null;
}
