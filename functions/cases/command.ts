import { offers } from '../../machines/offers.ts';
import type { Command } from '../../machines/decision.ts';
import { packOf } from '../../machines/pack.ts';
import type { Actor } from '../../shared/actor.ts';
import { Problem } from '../http/problem.ts';
import type { Head, StoredEvent } from '../store/case.ts';
import { loadCase, loadEvent } from '../store/load.ts';
import { Conflict } from '../store/save.ts';
import { act, type Desk, type Wish } from './act.ts';
import { wrongFiles } from './named-files.ts';
import { stepAside } from './overtaken.ts';
import { rebuilt } from './rebuild.ts';
import { refused, stale } from './refusals.ts';
import { isOutcomeOf, markOf } from './request-mark.ts';
import { caseAnswer, type CaseAnswer } from './view.ts';

/** A person's command as it came through the door: on which version, under which idempotency key. */
export interface Request {
  readonly actor: Actor;
  readonly represented?: Actor | undefined;
  readonly head: Head;
  readonly version: number;
  readonly key: string;
  readonly command: Command;
  readonly further?: Wish['further'];
}

// A collision with another transaction is over in milliseconds, one about another case (the fund) when its turn has come; who loses ten times in a row is told to try again.
const collisionsBorne = 10;

/** Decides a person's command, saves it and answers the case after it. The same request again gets the first answer again. Throws `Problem`. */
export async function carryOut(desk: Desk, request: Request): Promise<CaseAnswer> {
  const mark = markOf(request.actor.person, request.key, request.command);
  const { actor, represented, command, further } = request;
  let { head } = request;
  let lost: Conflict | undefined;
  for (let collisions = 0; collisions < collisionsBorne; collisions += 1) {
    if (head.version !== request.version) return repeated(desk, request, head);
    try {
      const done = await act(desk, head, { actor, represented, command, request: mark, unless: ({ id }) => wrongFiles(desk.table, id, command), ...(further ? { further } : {}) });
      if (done.ok) return caseAnswer(desk, done.head, actor, { tasks: done.accepted.tasks, event: done.stored });
      // What was looked at beside the head (files, another case) may be newer than it: then it may be this very request, sent twice, that stands in the way.
      const newest = await newestOf(desk, head);
      if (newest.version === head.version) throw refused(done, head.snapshot, allowedNow(desk, head, actor));
      head = newest;
    } catch (error) {
      if (!(error instanceof Conflict)) throw error;
      head = await newestOf(desk, head);
      lost = error;
      if (head.version === request.version) await stepAside(collisions + 1);
    }
  }
  // Another case of the same decision (the fund) may have moved each time; what stays in the way is no passing collision.
  if (lost?.final) throw new Problem('conflict', '与同时进行的另一项办理冲突，请刷新后重试');
  throw new Problem('unavailable', '同时办理的人较多，请稍后重试');
}

async function newestOf({ table }: Desk, head: Head): Promise<Head> {
  return (await loadCase(table, head.id)) ?? head;
}

/** The first answer once more when the event after the stated version came from this very request; else the version is stale. */
async function repeated(desk: Desk, request: Request, head: Head): Promise<CaseAnswer> {
  const stored = await outcomeOf(desk, { ...request, head });
  if (!stored) throw stale(head.version);
  return firstAnswer(desk, request.actor, head, stored);
}

/** The event that this very request led to before, if it did. */
export async function outcomeOf({ table }: Pick<Desk, 'table'>, { actor, head, version, key, command }: Request): Promise<StoredEvent | undefined> {
  const stored = version < head.version ? await loadEvent(table, head.id, version + 1) : undefined;
  return isOutcomeOf(stored, markOf(actor.person, key, command)) ? stored : undefined;
}

/** The answer to a request that was carried out before: the case as it was after its event. */
export async function firstAnswer(desk: Desk, actor: Actor, head: Head, stored: StoredEvent): Promise<CaseAnswer> {
  const then = await rebuilt(desk.table, head, stored.event.n);
  const at = { ...desk, now: Date.parse(stored.event.at) };
  return caseAnswer(at, then.head, actor, { tasks: then.tasks, event: stored });
}

function allowedNow(desk: Desk, { snapshot }: Head, actor: Actor): string[] {
  const now = new Date(desk.now).toISOString();
  const asked = { actor, now, policy: packOf(snapshot, desk.policy, now) };
  return offers(snapshot, asked).filter(({ allowed }) => allowed).map(({ command }) => command);
}
