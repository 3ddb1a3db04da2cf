import type { Desk } from './cases/act.ts';
import { dataAuthorityList, demandBoard } from './cases/demand-board.ts';
import { whatIf } from './cases/what-if.ts';
import { evaluationsFor } from './evaluations/evaluations.ts';
import { figuresFor } from './figures/figures.ts';
import { subjectOf } from './http/door.ts';
import { idFrom, routeOf } from './http/routes.ts';
import { jsonAnswer, type HttpAnswer, type HttpRequest } from './http/shell.ts';
import { whoAsks } from './http/who.ts';
import { libraryCase, searchLibrary } from './library/search.ts';
import { loadCase } from './store/load.ts';

/** The routes of what is looked at across cases: who waits for whom about data, figures, evaluations, what a policy would change, the case library. */
export const boardRoutes = {
  demandBoard: 'GET /demand-board',
  dataAuthorities: 'GET /data-authorities',
  figures: 'GET /figures',
  evaluations: 'GET /evaluations',
  whatIf: 'POST /policy-what-if',
  library: 'GET /library',
  libraryOne: 'GET /library/{id}',
} as const;

// The library grows seldom, and what is void leaves it at once: a minute is short enough.
const publicCache = { 'cache-control': 'public, max-age=60' };

/** Answers what is looked at across cases; the case library is for anybody. Throws `Problem`. */
export async function boards(desk: Desk, request: HttpRequest): Promise<HttpAnswer> {
  const { name, parts } = routeOf(boardRoutes, request);
  if (name === 'library') return jsonAnswer(await searchLibrary(desk.table, request), publicCache);
  if (name === 'libraryOne') {
    const id = idFrom(parts, 'id');
    return jsonAnswer(await libraryCase(desk.table, id, await loadCase(desk.table, id)), publicCache);
  }
  subjectOf(request); // before anything is said about the content
  const actor = await whoAsks(desk.table, request);
  switch (name) {
    case 'demandBoard':
      return jsonAnswer(await demandBoard(desk, actor));
    case 'dataAuthorities':
      return jsonAnswer(await dataAuthorityList(desk, request));
    case 'figures':
      return jsonAnswer(await figuresFor(desk, actor));
    case 'evaluations':
      return jsonAnswer(await evaluationsFor(desk, request, actor));
    case 'whatIf':
      return jsonAnswer(await whatIf(desk, request, actor));
  }
}
