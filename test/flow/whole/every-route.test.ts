import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildAndPromote, fileGovernment, publishHalfYear, select } from '../../demo/chapters.ts';
import { governmentFormFixture } from '../../fixtures/forms.ts';
import { createHeaders, startWholeCloud, type WholeCloud } from './whole-cloud.ts';

interface Parameter {
  readonly in: string;
  readonly name: string;
  readonly schema: { readonly enum?: readonly unknown[]; readonly type?: string; readonly format?: string; readonly pattern?: string; readonly minimum?: number };
}

interface Operation {
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly example?: unknown }>> };
}

interface Route extends Operation {
  readonly method: string;
  readonly path: string;
}

const people = ['li-ning', 'liang-shan', 'wei-lan', 'lu-fang', 'pan-hong', 'long-fei', 'expert-chen', null];

let cloud: WholeCloud;
let routes: Route[];
/** What stands in the place of a path's parameter, by what stands before it. */
const known: Record<string, string> = { 'rows/{row}': 'r1', 'revisions/{revision}': '1', 'verify/{code}': 's-00000000000000000000-1-0000000000000000' };

beforeAll(async () => {
  cloud = await startWholeCloud();
  const path = await fileGovernment(cloud.story);
  await select(cloud.story, path, true);
  const batch = await publishHalfYear(cloud.story);
  await buildAndPromote(cloud.story, path);
  known['scenarios/{id}'] = known['library/{id}'] = path.split('/')[2] ?? '';
  known['batches/{id}'] = batch.id;
  known['published/{batch}'] = String(batch.context['half'] ?? batch.context['batch']);
  const document = JSON.parse((await cloud.send({ path: '/openapi.json' })).text) as { paths: Record<string, Record<string, Operation>> };
  routes = Object.entries(document.paths).flatMap(([at, methods]) => Object.entries(methods).map(([method, operation]) => ({ ...operation, method: method.toUpperCase(), path: at })));
}, 300_000);
afterAll(() => cloud.remove());

// A path with what is known in the place of its parameters, or with a word of their schema.
function pathOf({ path, parameters = [] }: Route): string {
  return path.replaceAll(/([\w-]+)\/\{(\w+)\}/g, (_, before: string, name: string) => {
    const word = parameters.find((each) => each.in === 'path' && each.name === name)?.schema.enum?.[0];
    return `${before}/${known[`${before}/{${name}}`] ?? String(word ?? 'example-1')}`;
  });
}

// Each query value once, alone: the first word it may be, else something of its type.
function queriesOf({ parameters = [] }: Route): string[] {
  const values = parameters.filter((each) => each.in === 'query').map(({ name, schema }) => `${name}=${encodeURIComponent(String(schema.enum?.[0] ?? sampleOf(schema)))}`);
  return ['', ...values.map((value) => `?${value}`)];
}

function sampleOf({ type, format, pattern = '', minimum = 1 }: Parameter['schema']): string | number {
  if (type === 'integer') return minimum;
  if (format === 'date') return '0020-02-29';
  if (pattern.includes('-H')) return known['published/{batch}'] ?? '2025-H1';
  if (pattern.startsWith('^20')) return '2027';
  return pattern.includes('45') ? '450100' : '数据';
}

interface Failure {
  readonly who: string | null;
  readonly route: string;
  readonly answer: string;
}

// How often somebody was answered with what they asked for: a test that only meets refusals proves nothing.
let served = 0;

async function ask(route: Route, query: string, who: string | null): Promise<Failure[]> {
  const [type, content] = Object.entries(route.requestBody?.content ?? {})[0] ?? [];
  const body = type === undefined ? undefined : type === 'application/json' ? JSON.stringify(content?.example ?? {}) : Buffer.from('PK');
  const headers: Record<string, string> = route.method === 'GET' ? {} : { ...createHeaders(), 'if-match': '"1"', ...(type === undefined ? {} : { 'content-type': type }) };
  const { status, text } = await cloud.send({ method: route.method, path: pathOf(route) + query, as: who, headers, ...(body === undefined ? {} : { body }) });
  if (status < 300) served += 1;
  return status >= 500 ? [{ who, route: `${route.method} ${pathOf(route)}${query}`, answer: `${status} ${text.slice(0, 200)}` }] : [];
}

// Rights that a function lacks show here and on AWS alone: tests of functions call them without a role.
describe('every route of the whole cloud, roles enforced', () => {
  it('answers everybody who reads, with each query value, and nobody with an error of its own', async () => {
    const failures: Failure[] = [];
    for (const route of routes.filter(({ method }) => method === 'GET')) for (const who of people) for (const query of who === 'li-ning' ? queriesOf(route) : ['']) failures.push(...(await ask(route, query, who)));
    expect(failures).toEqual([]);
    expect(served).toBeGreaterThan(routes.length);
  }, 300_000);

  it('answers everybody who writes as its own example says', async () => {
    await cloud.story.open('wei-lan', 'governmentInvestment', governmentFormFixture({ name: '示例' }));
    const failures: Failure[] = [];
    for (const route of routes.filter(({ method }) => method !== 'GET')) for (const who of people) failures.push(...(await ask(route, '', who)));
    expect(failures).toEqual([]);
  }, 300_000);
});
