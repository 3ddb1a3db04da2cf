import { mustKnowQuery } from './known-query.ts';
import { Problem } from './problem.ts';
import type { HttpRequest } from './shell.ts';

/** The kinds of cases as paths name them. */
export const collections = { scenarios: ['governmentInvestment', 'socialInvestment'], batches: ['publication'], recoveries: ['recovery'], lists: ['scenarioList'], funds: ['fund'], demands: ['dataDemand'] } as const;

/** A kind of case as a path names it. */
export type Collection = keyof typeof collections;

/** A path that was recognised: which route, with the decoded parts of the path. */
export interface Route<N extends string> {
  readonly name: N;
  readonly parts: Readonly<Record<string, string>>;
}

/** A table of routes: name to `METHOD /path/{part}`; a part spans no slash, but `{part+}` at the end spans the rest. */
export type Routes<N extends string> = Readonly<Record<N, string>>;

/** The route of a request to the API: an unknown path is `not-found`, a known path with another method `method-not-allowed`, a query parameter that the route does not have `invalid-input`. */
export function routeOf<N extends string>(routes: Routes<N>, request: HttpRequest): Route<N> {
  const route = pageOf(routes, request);
  mustKnowQuery(routes[route.name], request);
  return route;
}

/** The route of a request for a page or a file of the site: as `routeOf`, but the query is the page's own (the console's filters, the issuer's answer after signing in). */
export function pageOf<N extends string>(routes: Routes<N>, request: HttpRequest): Route<N> {
  const method = String((request.requestContext as { http?: { method?: unknown } } | undefined)?.http?.method ?? '').toUpperCase();
  const path = String(request.rawPath ?? '');
  let knownPath = false;
  for (const [name, pattern] of Object.entries(routes) as [N, string][]) {
    const [wanted = '', template = ''] = pattern.split(' ');
    const parts = match(template, path);
    if (!parts) continue;
    if (wanted === method) return { name, parts };
    knownPath = true;
  }
  throw knownPath ? new Problem('method-not-allowed', '此地址不支持该操作，请查看接口说明 /docs') : new Problem('not-found', '没有这个地址，请查看接口说明 /docs');
}

function match(template: string, path: string): Record<string, string> | undefined {
  const wanted = template.split('/');
  const given = path.split('/');
  const rest = /^\{(\w+)\+\}$/.exec(wanted.at(-1) ?? '')?.[1];
  if (rest !== undefined && given.length > wanted.length) given.splice(wanted.length - 1, Infinity, given.slice(wanted.length - 1).join('/'));
  if (wanted.length !== given.length) return undefined;
  const parts: Record<string, string> = {};
  for (const [index, piece] of wanted.entries()) {
    const value = decode(given[index] ?? '');
    if (piece.startsWith('{')) parts[piece.replaceAll(/[{}+]/g, '')] = value;
    else if (piece !== value) return undefined;
  }
  return parts;
}

function decode(piece: string): string {
  try {
    return decodeURIComponent(piece);
  } catch {
    return piece; // a broken escape is no id of ours; it will not be found
  }
}

/** An id from a path; what cannot be an id of ours is not found (and never reaches a key). */
export function idFrom(parts: Readonly<Record<string, string>>, name: string): string {
  const id = parts[name] ?? '';
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$/.test(id)) throw new Problem('not-found', '没有找到这条记录，请核对编号');
  return id;
}
