import type { Actor } from '../../shared/actor.ts';
import { region } from '../../shared/divisions.ts';
import type { Role } from '../../shared/roles.ts';
import type { Json, Snapshot, Task } from '../../machines/decision.ts';
import type { ListContext } from '../../machines/list/context.ts';
import { isInArea } from '../../machines/list/rules.ts';
import type { Head } from '../store/case.ts';
import type { EventRecord } from '../store/chain.ts';
import { leavesOf, phaseOf } from '../store/leaves.ts';
import { unitOf } from './about.ts';

// Offices of the region act on any case (art. 5, art. 11, art. 12); supervision reads all of them.
const regionWide: readonly Role[] = ['bureauOfficer', 'bureauLeader', 'leadingGroupOffice', 'finance', 'supervisor', 'system'];
const ownUnit: readonly Role[] = ['applicant', 'unitAdmin'];
const reviewers: readonly Role[] = ['bureauOfficer', 'bureauLeader', 'supervisor', 'system'];

/** Whether a reader may know that a case exists: offices of the region any, a unit its own, a city or sector authority what was submitted to it, an expert what they review, a department what it was asked about. */
export function maySee(snapshot: Snapshot, actor: Actor): boolean {
  return hasPart(snapshot, actor) || isInvited(snapshot, actor);
}

/**
 * Whether a case is sealed for a reader: an expert who was invited and has not declared to be free of conflicts sees what the
 * declaration is about (name and units) and nothing of the file (requirements 8.8).
 */
export function isSealedFor(snapshot: Snapshot, actor: Actor): boolean {
  return isInvited(snapshot, actor) && !panelsOf(snapshot).some(({ declared }) => texts(declared).includes(actor.person)) && !hasPart(snapshot, actor);
}

function isInvited(snapshot: Snapshot, actor: Actor): boolean {
  return has(actor, ['expert']) && panelsOf(snapshot).some(({ experts }) => texts(experts).includes(actor.person));
}

/** The panels that a case has had: that of its review, and that of its acceptance. */
function panelsOf({ context }: Snapshot): readonly { readonly [key: string]: Json }[] {
  const { acceptance } = context;
  return isObject(acceptance) ? [context, acceptance] : [context];
}

/** Whether a reader has to do with a case by their office or unit. */
function hasPart(snapshot: Snapshot, actor: Actor): boolean {
  const { context } = snapshot;
  if (snapshot.lifecycle === 'scenarioList') return seesWholeList(snapshot, actor) || seesOwnRows(snapshot, actor);
  if (has(actor, regionWide)) return true;
  if (has(actor, ownUnit) && unitOf(snapshot) === actor.org.id) return true;
  if (has(actor, ['aggregator']) && context['handler'] === actor.org.id) return true;
  if (has(actor, ['aggregator']) && context['provider'] === actor.org.id) return true;
  if (has(actor, ['dataAuthority']) && (context['handler'] === actor.org.id || (actor.org.division === region.code && !isDraft(snapshot)))) return true;
  return asked(context).includes(actor.org.id);
}

/** Whether a reader sees every row of a list of annex 1: the authority that compiles it, the Bureau and supervision; a unit sees its own rows. */
export function seesWholeList({ context }: Snapshot, actor: Actor): boolean {
  return has(actor, regionWide) || (has(actor, ['aggregator']) && context['handler'] === actor.org.id);
}

// A unit sees the lists of its area while rows can be proposed, later those that hold a row of its own.
function seesOwnRows(snapshot: Snapshot, actor: Actor): boolean {
  const list = snapshot.context as unknown as ListContext;
  if (!has(actor, ownUnit)) return false;
  return list.rows.some(({ unit }) => unit === actor.org.id) || (leavesOf(snapshot.value).some((leaf) => phaseOf(leaf) === 'compiling') && isInArea(actor.org, list));
}

/** Whether a reader may know who reviewed and with what result before it is decided: the Bureau and supervision; sheets are blind to everybody else (requirements 8.8). */
export function seesReview(actor: Actor): boolean {
  return has(actor, reviewers);
}

/** Whether a reader sees bank accounts: who orders, approves, oversees or gets the money. */
export function seesAccounts(snapshot: Snapshot, actor: Actor): boolean {
  return has(actor, ['finance', ...reviewers]) || (has(actor, ownUnit) && unitOf(snapshot) === actor.org.id);
}

const reviewFacts = ['experts', 'alternates', 'declared', 'recused', 'sheets', 'reviewPolicy', 'scoreHundredths', 'proposal', 'countersign'] as const;
/** What an expert must know to say whether they are free of conflicts. */
const sealedFacts = ['id', 'name', 'funding', 'unit', 'cooperating', 'directions', 'sectors', 'division', 'due', 'held', 'policy'] as const;

/** The facts of a case as a reader may see them. An expert sees the own declaration and sheet and no other. */
export function visibleContext(snapshot: Snapshot, actor: Actor): { readonly [key: string]: Json } {
  if (snapshot.lifecycle === 'scenarioList') return seesWholeList(snapshot, actor) ? snapshot.context : ownRows(snapshot.context, actor);
  if (seesReview(actor)) return snapshot.context;
  if (isSealedFor(snapshot, actor)) return Object.fromEntries(sealedFacts.flatMap((name) => (snapshot.context[name] === undefined ? [] : [[name, snapshot.context[name]]])));
  const kept = Object.entries(snapshot.context).filter(([name]) => !(reviewFacts as readonly string[]).includes(name));
  const { sheets, declared, acceptance } = snapshot.context;
  const own = isObject(sheets) ? sheets[actor.person] : undefined;
  const mine = texts(declared).filter((person) => person === actor.person);
  return { ...Object.fromEntries(kept), ...(mine.length > 0 ? { declared: mine } : {}), ...(own === undefined ? {} : { sheets: { [actor.person]: own } }), ...(isObject(acceptance) ? { acceptance: openAcceptance(snapshot, acceptance, actor) } : {}) };
}

/** An acceptance as the unit and its panel see it: opinions are the Bureau's until the round is over, an expert sees the own one. */
function openAcceptance(snapshot: Snapshot, { alternates: _alternates, recused: _recused, ...others }: { readonly [key: string]: Json }, { person }: Actor): Json {
  const { opinions } = others;
  const own = isObject(opinions) ? opinions[person] : undefined;
  return isBeingInspected(snapshot) ? { ...others, opinions: own === undefined ? {} : { [person]: own } } : others;
}

/** Whether a panel is inspecting a case now. */
export function isBeingInspected({ value }: Snapshot): boolean {
  return leavesOf(value).includes('acceptance.inspecting');
}

/** The open to-dos of a case that a reader may know of: who is asked to review stays between the Bureau and each expert. */
export function visibleTasks(tasks: readonly Task[], actor: Actor): Task[] {
  return tasks.filter(({ queue }) => seesReview(actor) || !queue.startsWith('person#') || queue === `person#${actor.person}`);
}

function ownRows(context: Snapshot['context'], actor: Actor): Snapshot['context'] {
  const { rows } = context as unknown as ListContext;
  return { ...context, sealed: null, returned: null, rows: rows.filter(({ unit }) => unit === actor.org.id).map((row) => ({ ...row })) };
}

const reviewCommands: readonly string[] = ['assignExperts', 'dismissExpert', 'declareNoConflict', 'recuse', 'submitSheet', 'giveOpinion', 'closeReview', 'proposeSelection', 'proposeRejection', 'sendBack'];

/** Why a reader may not see an event whole: it would tell who reviews and how, to which bank account money goes, or what a unit has saved and not submitted; `undefined` when they may. */
export function withheldFor(event: EventRecord, head: Head, actor: Actor): 'review' | 'account' | 'draft' | undefined {
  if (head.lifecycle === 'scenarioList') return seesWholeList(head.snapshot, actor) || event.actor.org.id === actor.org.id ? undefined : 'draft';
  if (reviewCommands.includes(event.command) && !seesReview(actor) && event.actor.person !== actor.person) return 'review';
  if (event.command === 'orderPayment' && !seesAccounts(head.snapshot, actor)) return 'account';
  return formCommands.includes(event.command) && event.n > seenUpTo(head, actor) ? 'draft' : undefined;
}

const formCommands: readonly string[] = ['open', 'saveForm'];

/**
 * The number of the event up to which a reader sees forms. The unit sees all it saved, supervision too; others see what was submitted:
 * nothing of a draft, and while a filing is corrected the version that was returned. So what is saved is never taken for submitted.
 */
export function seenUpTo(head: Head, actor: Actor): number {
  if (isSealedFor(head.snapshot, actor)) return 0;
  return unitOf(head.snapshot) === actor.org.id || has(actor, ['supervisor', 'system']) ? head.version : submittedUpTo(head);
}

/** The number of the newest event whose form counts as submitted: 0 before anything was, the return's while a filing is corrected, else the newest. */
export function submittedUpTo({ snapshot, at, version }: Head): number {
  // Lists and recoveries have no form and no handler.
  if (snapshot.context['handler'] === null) return 0;
  const returned = leavesOf(snapshot.value).find((leaf) => leaf.endsWith('.returned'));
  return returned === undefined ? version : (at[returned]?.n ?? version);
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
