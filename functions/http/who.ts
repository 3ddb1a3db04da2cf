import type { Actor } from '../../shared/actor.ts';
import { loadAsking } from '../store/load.ts';
import type { Head } from '../store/case.ts';
import type { Table } from '../store/table.ts';
import { isSealedFor, maySee } from '../cases/see.ts';
import { notRegistered, subjectOf } from './door.ts';
import { Problem } from './problem.ts';
import { collections, idFrom, type Collection } from './routes.ts';
import type { HttpRequest } from './shell.ts';

/** Who asks, by the token's subject and the records; somebody the records do not know may do nothing. */
export async function whoAsks(table: Table, request: HttpRequest): Promise<Actor> {
  return known((await loadAsking(table, subjectOf(request))).actor);
}

/** What a request may do beyond the ordinary: `unless` says that it may reach a case that the reader sees no more, `sealed` that it is about the case's cover and not its file. */
export interface Leave {
  readonly unless?: (about: About) => Promise<boolean>;
  readonly sealed?: true;
}

/**
 * Who asks, and the case the path names, in one read. A case that the reader may not see is not found, like one that does not exist;
 * one that is sealed for them is refused until they have declared to be free of conflicts.
 */
export async function whoAsksAbout(table: Table, request: HttpRequest, parts: Readonly<Record<string, string>>, collection: Collection, leave: Leave = {}): Promise<About> {
  const asking = await loadAsking(table, subjectOf(request), idFrom(parts, 'id'));
  const actor = known(asking.actor);
  const { head } = asking;
  const fits = head !== undefined && (collections[collection] as readonly string[]).includes(head.lifecycle);
  if (!fits || !(maySee(head.snapshot, actor) || (await leave.unless?.({ actor, head })))) throw new Problem('not-found', '没有找到这条记录，或您无权查看；请核对编号');
  if (!leave.sealed && isSealedFor(head.snapshot, actor)) throw new Problem('not-allowed', '申报材料尚未对您开封：请先声明与申报单位无利害关系；有利害关系的请申请回避', { article: 'policy requirements 8 (recusal)' });
  return { actor, head };
}

/** Who asks about which case. */
export interface About {
  readonly actor: Actor;
  readonly head: Head;
}

function known(actor: Actor | undefined): Actor {
  if (!actor) throw notRegistered();
  return actor;
}
