import { createHash } from 'node:crypto';
import type { Actor } from '../shared/actor.ts';
import type { Role } from '../shared/roles.ts';
import type { FileDesk } from './files/desk.ts';
import { idempotencyKey, subjectOf } from './http/door.ts';
import { queryValue } from './http/cursor.ts';
import { Problem } from './http/problem.ts';
import { idFrom, routeOf } from './http/routes.ts';
import { jsonAnswer, type HttpAnswer, type HttpRequest } from './http/shell.ts';
import { whoAsks } from './http/who.ts';
import { stretchOfFile } from './published/entries.ts';
import { badCursor } from './published/pages.ts';
import { keepRehearsal, latestRehearsals, rehearsalKeys, rehearsalOf } from './rehearsal/records.ts';
import { rehearse } from './rehearsal/rehearse.ts';

/** The routes of rehearsals. */
export const rehearsalRoutes = {
  rehearse: 'POST /rehearsals',
  list: 'GET /rehearsals',
  one: 'GET /rehearsals/{id}',
  part: 'GET /rehearsals/{id}/{part}',
} as const;

const rehearsers: readonly Role[] = ['bureauOfficer', 'bureauLeader'];
const readers: readonly Role[] = [...rehearsers, 'supervisor'];

/** Answers a request about rehearsals: makes one, lists them, reads one and the pages of its two lists. For the Bureau; supervision reads. Throws `Problem`. */
export async function rehearsals(desk: FileDesk, request: HttpRequest): Promise<HttpAnswer> {
  const { name, parts } = routeOf(rehearsalRoutes, request);
  subjectOf(request);
  const key = name === 'rehearse' ? idempotencyKey(request) : '';
  const actor = await whoAsks(desk.table, request);
  mustBe(actor, name === 'rehearse' ? rehearsers : readers);
  switch (name) {
    case 'rehearse':
      return made(desk, actor, key);
    case 'list':
      return jsonAnswer({ items: await latestRehearsals(desk.table) });
    case 'one':
      return jsonAnswer(await found(desk, parts));
    case 'part':
      return jsonAnswer(await page(desk, request, parts));
  }
}

async function made(desk: FileDesk, actor: Actor, key: string): Promise<HttpAnswer> {
  const id = `r-${createHash('sha256').update(JSON.stringify([actor.person, key])).digest('hex').slice(0, 20)}`;
  const before = await latestRehearsals(desk.table);
  const repeated = before.find((one) => one.id === id);
  if (repeated) return jsonAnswer(repeated, {}, 201);
  const rehearsal = await rehearse(desk, { id, by: { person: actor.person, name: actor.name } }, before[0]);
  // The same request, sent twice, arrived twice: the first one counts.
  const kept = (await keepRehearsal(desk.table, rehearsal)) ? rehearsal : ((await rehearsalOf(desk.table, id)) ?? rehearsal);
  return jsonAnswer(kept, { location: `/rehearsals/${id}` }, 201);
}

async function found(desk: FileDesk, parts: Readonly<Record<string, string>>) {
  const rehearsal = await rehearsalOf(desk.table, idFrom(parts, 'id'));
  if (!rehearsal) throw new Problem('not-found', '没有这次预演，请从预演列表中选择');
  return rehearsal;
}

// About 300 entries, far below what a function may answer.
const windowBytes = 128 * 1024;

async function page(desk: FileDesk, request: HttpRequest, parts: Readonly<Record<string, string>>): Promise<Record<string, unknown>> {
  const { id } = await found(desk, parts);
  const part = (['list', 'blocked'] as const).find((one) => one === parts['part']);
  if (!part) throw new Problem('not-found', '预演只有两部分：list（将列入清单的）和 blocked（尚不能列入的）');
  const cursor = queryValue(request, 'cursor');
  const from = cursor === undefined ? 0 : Number(/^\d{1,12}$/.exec(Buffer.from(cursor, 'base64url').toString('latin1'))?.[0] ?? Number.NaN);
  if (Number.isNaN(from)) throw badCursor();
  const stretch = await stretchOfFile<Record<string, unknown>>(desk.bucket, rehearsalKeys[part](id), from, windowBytes).catch((error: unknown) => {
    throw error instanceof SyntaxError ? badCursor() : error;
  });
  if (!stretch) throw badCursor();
  return { items: stretch.items.map(({ entry }) => entry), ...(stretch.next === undefined ? {} : { next: Buffer.from(String(stretch.next)).toString('base64url') }) };
}

function mustBe(actor: Actor, roles: readonly Role[]): void {
  if (!actor.roles.some((role) => roles.includes(role))) throw new Problem('not-allowed', '清单预演由自治区数据局办理，监督人员可以查看', { needs: [...roles] });
}
