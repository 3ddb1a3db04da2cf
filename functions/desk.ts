import type { Desk } from './cases/act.ts';
import { workCounts, workList } from './cases/steps-taken.ts';
import { routeOf } from './http/routes.ts';
import { jsonAnswer, type HttpAnswer, type HttpRequest } from './http/shell.ts';
import { whoAsks } from './http/who.ts';

/** The routes of a person's own desk. */
export const deskRoutes = {
  desk: 'GET /desk',
  done: 'GET /done',
  mine: 'GET /mine',
} as const;

/** Answers what concerns the reader alone: their own work and what they are told. Throws `Problem`. */
export async function personalDesk(desk: Desk, request: HttpRequest): Promise<HttpAnswer> {
  const { name } = routeOf(deskRoutes, request);
  const actor = await whoAsks(desk.table, request);
  switch (name) {
    case 'desk':
      return jsonAnswer(await workCounts(desk, actor));
    case 'done':
    case 'mine':
      return jsonAnswer(await workList(desk, request, actor, name));
  }
}
