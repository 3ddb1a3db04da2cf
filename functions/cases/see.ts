import type { Actor } from '../../shared/actor.ts';
import type { Role } from '../../shared/roles.ts';
import type { Json, Snapshot } from '../../machines/decision.ts';
import type { EventRecord } from '../store/chain.ts';
import { leavesOf, phaseOf } from '../store/leaves.ts';
import { unitOf } from './about.ts';

// Offices of the region act on any case (art. 5, art. 11, art. 12); supervision reads all of them.
const regionWide: readonly Role[] = ['bureauOfficer', 'bureauLeader', 'leadingGroupOffice', 'finance', 'supervisor', 'system'];
const ownUnit: readonly Role[] = ['applicant', 'unitAdmin'];
const reviewers: readonly Role[] = ['bureauOfficer', 'bureauLeader', 'supervisor', 'system'];

/** Whether a reader may know that a case exists: offices of the region any, a unit its own, a city or sector authority what was submitted to it, an expert what they review, a department what it was asked about. */
export function maySee(snapshot: Snapshot, actor: Actor): boolean {
  const { context } = snapshot;
  if (has(actor, regionWide)) return true;
  if (has(actor, ownUnit) && unitOf(snapshot) === actor.org.id) return true;
  if (has(actor, ['aggregator']) && context['handler'] === actor.org.id) return true;
  if (has(actor, ['expert']) && texts(context['experts']).includes(actor.person)) return true;
  if (has(actor, ['dataAuthority']) && !isDraft(snapshot)) return true;
  return asked(context).includes(actor.org.id);
}

/** Whether a reader may know who reviewed and with what result before it is decided: the Bureau and supervision; sheets are blind to everybody else (requirements 8.8). */
export function seesReview(actor: Actor): boolean {
  return has(actor, reviewers);
}

const reviewFacts = ['experts', 'recused', 'sheets', 'scoreHundredths', 'proposal'] as const;

/** The facts of a case as a reader may see them. An expert sees the own sheet and no other. */
export function visibleContext(snapshot: Snapshot, actor: Actor): { readonly [key: string]: Json } {
  if (seesReview(actor)) return snapshot.context;
  const kept = Object.entries(snapshot.context).filter(([name]) => !(reviewFacts as readonly string[]).includes(name));
  const sheets = snapshot.context['sheets'];
  const own = isObject(sheets) ? sheets[actor.person] : undefined;
  return { ...Object.fromEntries(kept), ...(own === undefined ? {} : { sheets: { [actor.person]: own } }) };
}

const reviewCommands: readonly string[] = ['assignExperts', 'dismissExpert', 'recuse', 'submitSheet', 'closeReview', 'proposeSelection', 'proposeRejection', 'sendBack'];

/** Whether an event tells more about the review than a reader may know. */
export function isWithheld(event: EventRecord, actor: Actor): boolean {
  return reviewCommands.includes(event.command) && !seesReview(actor) && event.actor.person !== actor.person;
}

function has(actor: Actor, wanted: readonly Role[]): boolean {
  return actor.roles.some((role) => wanted.includes(role));
}

function isDraft(snapshot: Snapshot): boolean {
  return leavesOf(snapshot.value).some((leaf) => phaseOf(leaf) === 'declaration');
}

function asked(context: { readonly [key: string]: Json }): readonly string[] {
  const lead = context['leadUnit'];
  if (!isObject(lead)) return [];
  return [...texts(lead['departments']), ...(typeof lead['unit'] === 'string' ? [lead['unit']] : [])];
}

function texts(value: Json | undefined): readonly string[] {
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
}

function isObject(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
