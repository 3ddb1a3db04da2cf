import { describe, expect, it } from 'vitest';
import { attachments } from '../../../functions/attachments.ts';
import { boards } from '../../../functions/boards.ts';
import { personalDesk } from '../../../functions/desk.ts';
import { documents } from '../../../functions/documents.ts';
import { exportsOf } from '../../../functions/exports.ts';
import { s3Client } from '../../../functions/files/bucket.ts';
import { queries } from '../../../functions/http/queries.ts';
import type { HttpHandler } from '../../../functions/http/shell.ts';
import { importRows } from '../../../functions/import-rows.ts';
import { readCases } from '../../../functions/read-cases.ts';
import { rehearsals } from '../../../functions/rehearsals.ts';
import { sendCommand } from '../../../functions/send-command.ts';
import { site } from '../../../functions/site.ts';
import { dynamoClient } from '../../../functions/store/table.ts';
import type { FunctionName } from '../../../infra/aws/function-plans.ts';
import { routes } from '../../../infra/aws/routes.ts';
import { documentFonts } from '../../../infra/build/document-fonts.ts';
import { requestOf } from '../../harness/small-cloud.ts';

// Nobody listens there: what is refused for its query is refused before anything is read.
const nowhere = { endpoint: 'http://127.0.0.1:9', region: 'local', maxAttempts: 1, credentials: { accessKeyId: 'x', secretAccessKey: 'x' } };
const desk = { table: { client: dynamoClient(nowhere), name: 'none' }, bucket: { client: s3Client(nowhere), name: 'none' }, scanner: { kind: 'none' } as const, policy: 'gx-2025-draft', now: 0, fonts: documentFonts };
const handlers: Partial<Record<FunctionName, (request: Parameters<HttpHandler>[0]) => Promise<unknown>>> = {
  'send-command': (request) => sendCommand(desk, request),
  'read-cases': (request) => readCases(desk, request),
  'import-rows': (request) => importRows(desk, request),
  'rehearse-batch': (request) => rehearsals(desk, request),
  attachments: (request) => attachments(desk, request),
  boards: (request) => boards(desk, request),
  desk: (request) => personalDesk(desk, request),
  documents: (request) => documents(desk, request),
  exports: (request) => exportsOf(desk, request),
  site: (request) => site('/nonexistent', { issuer: undefined, client: 'console', files: undefined }, request),
};
const pages = new Set(['/', '/docs', '/docs/{file}', '/derived/{file}', '/verifier.html', '/console', '/console/{page+}', '/console/assets/{file}']);
const ask = async ({ by, method, path }: (typeof routes)[number], query: string) => handlers[by]?.(requestOf('somebody', method, path.replaceAll(/\{\w+\+?\}/g, 'x-1') + query));

describe('a query parameter that a route does not have', () => {
  it.each(routes.filter(({ path }) => !pages.has(path)).map((route) => [`${route.method} ${route.path}`, route] as const))('is named and refused by %s', async (name, route) => {
    const known = Object.entries(queries).find(([each]) => each === name)?.[1];
    const allowed = known ? `可用的查询参数：${known.join('、')}` : '这个地址没有查询参数';
    await expect(ask(route, '?citty=450100')).rejects.toMatchObject({
      name: 'invalid-input', message: `没有查询参数 citty。${allowed}`, members: { errors: [{ pointer: '/citty', detail: `没有这个查询参数。${allowed}` }] },
    });
  });

  it('is named with all others of its kind, what every object inherits among them', async () => {
    const list = routes.find(({ method, path }) => method === 'GET' && path === '/notices');
    await expect(ask(list!, '?limit=1&constructor=1&a/b=2')).rejects.toMatchObject({ members: { errors: [{ pointer: '/constructor' }, { pointer: '/a~1b' }] } });
  });

  it('is passed over where a person opens the address, scanned from a print or passed on', async () => {
    const opened = requestOf(undefined, 'GET', '/verify/x-1?from=singlemessage', undefined, { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' });
    await expect(documents(desk, opened)).rejects.not.toMatchObject({ name: 'invalid-input' });
    await expect(documents(desk, { ...opened, headers: { accept: 'application/json' } })).rejects.toMatchObject({ name: 'invalid-input' });
  });

  it.each([...pages])('is the own business of the page %s', async (path) => {
    const page = routes.find((route) => route.path === path);
    await expect(ask(page!, '?code=1&state=2').catch((error: Error) => error.name)).resolves.not.toBe('invalid-input');
  });
});

it('the table of query parameters speaks of routes that exist', () => {
  const known = new Set(routes.map(({ method, path }) => `${method} ${path}`));
  expect(Object.keys(queries).filter((route) => !known.has(route))).toEqual([]);
});
