import { pointerTo } from '../../shared/pointers.ts';
import { header } from './door.ts';
import { Problem } from './problem.ts';
import { queries } from './queries.ts';
import type { HttpRequest } from './shell.ts';

/** Refuses a query with parameters that the route (`METHOD /path/{part}`) does not have by the API's description: a filter that is misspelt would answer everything. An address that a person opens is left alone: those who pass on links and scan codes of prints add parameters of their own. */
export function mustKnowQuery(route: string, request: HttpRequest): void {
  const values: unknown = request.queryStringParameters;
  if (typeof values !== 'object' || values === null || (header(request, 'accept') ?? '').includes('text/html')) return;
  const known: readonly string[] = Object.hasOwn(queries, route) ? queries[route as keyof typeof queries] : [];
  const unknown = Object.keys(values).filter((name) => !known.includes(name));
  if (unknown.length === 0) return;
  const allowed = known.length > 0 ? `可用的查询参数：${known.join('、')}` : '这个地址没有查询参数';
  throw new Problem('invalid-input', `没有查询参数 ${unknown.join('、')}。${allowed}`, { errors: unknown.map((name) => ({ pointer: pointerTo(name), detail: `没有这个查询参数。${allowed}` })) });
}
