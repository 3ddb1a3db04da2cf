import type { Actor } from '../../shared/actor.ts';
import { loadAsking } from '../store/load.ts';
import type { Head } from '../store/case.ts';
import type { Table } from '../store/table.ts';
import { maySee } from '../cases/see.ts';
import { subjectOf } from './door.ts';
import { Problem } from './problem.ts';
import { collections, idFrom, type Collection } from './routes.ts';
import type { HttpRequest } from './shell.ts';

/** Who asks, by the token's subject and the records; somebody the records do not know may do nothing. */
export async function whoAsks(table: Table, request: HttpRequest): Promise<Actor> {
  return known((await loadAsking(table, subjectOf(request))).actor);
}

/** Who asks, and the case the path names, in one read. A case that the reader may not see is not found, like one that does not exist; `unless` may say that this request may see it all the same. */
export async function whoAsksAbout(table: Table, request: HttpRequest, parts: Readonly<Record<string, string>>, collection: Collection, unless?: (about: About) => Promise<boolean>): Promise<About> {
  const asking = await loadAsking(table, subjectOf(request), idFrom(parts, 'id'));
  const actor = known(asking.actor);
  const { head } = asking;
  const fits = head !== undefined && (collections[collection] as readonly string[]).includes(head.lifecycle);
  if (!fits || !(maySee(head.snapshot, actor) || (await unless?.({ actor, head })))) throw new Problem('not-found', '没有找到这条记录，或您无权查看；请核对编号');
  return { actor, head };
}

/** Who asks about which case. */
export interface About {
  readonly actor: Actor;
  readonly head: Head;
}

function known(actor: Actor | undefined): Actor {
  if (!actor) throw new Problem('not-allowed', '您的账号尚未在本系统登记，请联系本单位管理员');
  return actor;
}
