import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { begin, type Beginnings } from '../../machines/begin.ts';
import { decide } from '../../machines/decide.ts';
import type { Accepted, Asked, Command, Effect, LifecycleName, Refusal, Snapshot } from '../../machines/decision.ts';
import { lifecycleLabels } from '../../machines/labels.zh.ts';
import { packOf } from '../../machines/pack.ts';
import { decideFor } from '../../machines/stand-in.ts';
import type { Actor } from '../../shared/actor.ts';
import { dayOf } from '../../shared/days.ts';
import { packOn } from '../../shared/policy.ts';
import type { Head, RequestMark } from '../store/case.ts';
import type { Change, Outcome } from '../store/change.ts';
import { loadCase } from '../store/load.ts';
import { systemActor } from '../store/people.ts';
import { Conflict, saveDecision, saveTogether, type Changes } from '../store/save.ts';
import type { Table } from '../store/table.ts';
import { loadFacts } from './facts.ts';
import { ownerOf } from './about.ts';

/** Where decisions are made and kept: the table, the policy pack of the installation (a case keeps its own, `packOf`), and the moment. */
export interface Desk {
  readonly table: Table;
  readonly policy: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** Somebody's wish about a case, with what the save must know beside it. */
export interface Wish {
  readonly actor: Actor;
  /** The colleague in whose place the actor acts. */
  readonly represented?: Actor | undefined;
  readonly command: Command;
  readonly request?: RequestMark | undefined;
  /** The leaf whose execution gets the answer directly, when a function of that execution asks. */
  readonly via?: string | undefined;
  /** What refuses a command that the core would accept, by looking at more than the core is told. */
  readonly unless?: (head: Head) => Promise<Refusal | undefined>;
  /** Writes that must happen with the decision, or not at all. */
  readonly further?: readonly TransactWriteItem[];
}

/** A decision that was made and kept. */
export interface Done extends Outcome {
  readonly ok: true;
  readonly accepted: Accepted;
}

/** Decides a command on a head and saves it in one transaction. Answers a refusal as data; throws `Conflict` when the head is not the newest. */
export async function act(desk: Desk, head: Head, wish: Wish): Promise<Done | Refusal> {
  const decided = await changesFor(desk, head, wish);
  if ('ok' in decided) return decided;
  const [outcome] = await saveDecision(desk.table, decided.changes, wish.further);
  return { ok: true, accepted: decided.accepted, ...outcome };
}

/** Decides on several cases, one wish each, and saves what is accepted, many in one transaction. Answers the ids of the cases that moved; why another did not, `act` on it alone says. */
export async function actTogether(desk: Desk, heads: readonly Head[], wishFor: (head: Head) => Omit<Wish, 'further'>): Promise<ReadonlySet<string>> {
  const decisions = await Promise.all(heads.map((head) => changesFor(desk, head, wishFor(head))));
  return saveTogether(desk.table, decisions.flatMap((decided) => ('ok' in decided ? [] : [decided.changes])));
}

async function changesFor(desk: Desk, head: Head, wish: Omit<Wish, 'further'>): Promise<Refusal | { readonly accepted: Accepted; readonly changes: Changes }> {
  const { asked, holds } = await askedFor(desk, head.snapshot, wish);
  const decision = decideFor(head.snapshot, wish.command, asked, wish.represented);
  if (!decision.ok) return decision;
  const refusal = await wish.unless?.(head);
  if (refusal) return refusal;
  const change: Change = { ...changeOf(head.id, wish, decision, asked), before: head, holds };
  const others = await askedBy(desk, decision);
  return 'ok' in others ? others : { accepted: decision, changes: [change, ...(await openedBy(desk, decision, wish.actor)), ...others] };
}

/** A new case: its lifecycle, what opens it (with its id), and who opens it. */
export interface Opening<L extends LifecycleName> {
  readonly lifecycle: L;
  readonly input: Beginnings[L];
  readonly actor: Actor;
  readonly request?: RequestMark | undefined;
  /** The execution that opens the case for itself. */
  readonly leg?: Change['leg'];
  /** Writes that must happen with the opening, or not at all. */
  readonly further?: readonly TransactWriteItem[];
}

/** Begins a case. Answers a refusal as data; throws `Conflict` when there is a case of that id already. */
export async function open<L extends LifecycleName>(desk: Desk, opening: Opening<L>): Promise<Done | Refusal> {
  const now = new Date(desk.now).toISOString();
  const asked: Asked = { actor: opening.actor, now, policy: packOn(desk.policy, dayOf(now)) };
  const decision = begin(opening.lifecycle, opening.input, asked);
  if (!decision.ok) return decision;
  const [outcome] = await saveDecision(desk.table, [{ ...changeOf(opening.input.id, opening, decision, asked), leg: opening.leg }], opening.further);
  return { ok: true, accepted: decision, ...outcome };
}

const systemTries = 10;

/** A command of the workflow itself, tried again on the newest head when people act at the same moment; `still` stops it when the case is no longer where it was. */
export async function actAsSystem(desk: Desk, id: string, still: (head: Head) => boolean, wish: Omit<Wish, 'actor'>): Promise<Done | Refusal | 'movedOn'> {
  for (let attempt = 1; ; attempt += 1) {
    const head = await loadCase(desk.table, id);
    if (!head) throw new Error(`there is no case ${id}`);
    if (!still(head)) return 'movedOn';
    try {
      return await act(desk, head, { ...wish, actor: systemActor });
    } catch (error) {
      if (!(error instanceof Conflict) || attempt === systemTries) throw error;
    }
  }
}

async function askedFor(desk: Desk, snapshot: Snapshot, { actor, command }: Wish): Promise<{ readonly asked: Asked; readonly holds: Change['holds'] }> {
  const { facts, holds } = await loadFacts(desk.table, snapshot, command);
  const now = new Date(desk.now).toISOString();
  return { asked: { actor, now, policy: packOf(snapshot, desk.policy, now), ...(facts ? { facts } : {}) }, holds };
}

function changeOf(id: string, wish: Pick<Wish, 'actor' | 'request' | 'via'>, accepted: Accepted, asked: Asked): Change {
  return {
    id,
    accepted,
    actor: wish.actor,
    now: asked.now,
    request: wish.request,
    via: wish.via,
    owner: ownerOf(accepted.snapshot),
  };
}

/** What other cases decide in the same transaction; the refusal of the first that refuses, and then nothing happens. */
async function askedBy(desk: Desk, decision: Accepted): Promise<Change[] | Refusal> {
  const asking = decision.effects.filter((effect): effect is Extract<Effect, { type: 'askCase' }> => effect.type === 'askCase');
  const changes: Change[] = [];
  for (const { id, command, args } of asking) {
    const head = await loadCase(desk.table, id);
    if (!head) return { ok: false, problem: 'wrong-state', detail: '所需的专项资金尚未建立，请退回后由经办人重新提出' };
    const wish = { actor: systemActor, command: { type: command, args } };
    const { asked, holds } = await askedFor(desk, head.snapshot, wish);
    const answer = decide(head.snapshot, wish.command, asked);
    if (!answer.ok) return { ...answer, detail: `${lifecycleLabels[head.lifecycle]}：${answer.detail}` };
    changes.push({ ...changeOf(id, wish, answer, asked), before: head, holds });
  }
  return changes;
}

// A case that an effect opens has an id derived from this case: when it is there already, this decision was carried out before.
async function openedBy(desk: Desk, decision: Accepted, actor: Actor): Promise<Change[]> {
  const openings = decision.effects.filter((effect): effect is Extract<Effect, { type: 'openCase' }> => effect.type === 'openCase');
  const changes: Change[] = [];
  for (const { lifecycle, id, input } of openings) {
    if (await loadCase(desk.table, id)) continue;
    const asked: Asked = { actor: systemActor, now: new Date(desk.now).toISOString(), policy: String(decision.snapshot.context['policy']) };
    const begun = begin(lifecycle, input as unknown as Beginnings[LifecycleName], asked);
    if (!begun.ok) throw new Error(`${id} could not be opened: ${begun.detail}`);
    changes.push({ ...changeOf(id, { actor: systemActor }, begun, asked), begunBy: actor.person });
  }
  return changes;
}
