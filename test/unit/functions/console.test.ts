import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routeOf } from '../../../functions/http/routes.ts';
import type { HttpRequest } from '../../../functions/http/shell.ts';
import { site } from '../../../functions/site.ts';

const signIn = { issuer: 'http://127.0.0.1:9/oidc', client: 'console', files: 'http://127.0.0.1:10/bucket' };
const get = (rawPath: string) => ({ rawPath, headers: {}, requestContext: { http: { method: 'GET' } } }) as unknown as HttpRequest;

let assets = '';
beforeAll(() => {
  assets = mkdtempSync(join(tmpdir(), 'guijing-assets-'));
  mkdirSync(join(assets, 'console/assets'), { recursive: true });
  writeFileSync(join(assets, 'console/index.html'), '<!doctype html><head><!--setup--></head><script type="module" src="/console/assets/index-abc.js"></script>');
  writeFileSync(join(assets, 'console/assets/index-abc.js'), 'export {};');
});
afterAll(() => rmSync(assets, { recursive: true }));

describe('the console at its address', () => {
  it.each(['/console', '/console/scenarios', '/console/scenarios/s-1/act', '/console/signed-in'])('%s answers the one page, which is never kept', async (path) => {
    const answer = await site(assets, signIn, get(path));
    expect(answer.body).toContain('src="/console/assets/index-abc.js"');
    expect(answer.body).toContain('"issuer":"http://127.0.0.1:9/oidc"');
    expect(answer.headers?.['cache-control']).toBe('no-store');
  });

  it('may talk to the API, to the issuer and to the bucket, and runs no script but its own files', async () => {
    const policy = String((await site(assets, signIn, get('/console'))).headers?.['content-security-policy']);
    expect(policy).toContain("connect-src 'self' http://127.0.0.1:9 http://127.0.0.1:10;");
    expect(policy).toContain("script-src 'self' 'nonce-");
    expect(policy).toContain("img-src 'self' http://127.0.0.1:10 data:; frame-src 'self' http://127.0.0.1:10;");
  });

  it.each([['gzip', true], ['br, GZIP;q=0.5', true], ['br;q=1, gzip;q=0', false], ['gzip;q=0.000, br', false], ['x-gzip', false], ['identity', false], ['', false]])('sends a file to who accepts "%s" packed: %s', async (accepted, packed) => {
    const answer = await site(assets, signIn, { ...get('/console/assets/index-abc.js'), headers: { 'accept-encoding': accepted } } as HttpRequest);
    expect(answer.headers?.['content-encoding'] === 'gzip').toBe(packed);
  });

  it('keeps its hashed files for a year, and has no others', async () => {
    expect((await site(assets, signIn, get('/console/assets/index-abc.js'))).headers?.['cache-control']).toBe('public, max-age=31536000, immutable');
    await expect(site(assets, signIn, get('/console/assets/none.js'))).rejects.toThrow('没有这个文件');
    await expect(site(assets, signIn, get('/console/assets/..%2Findex.html'))).rejects.toThrow('没有这个文件');
  });
});

describe('a path that ends in the rest', () => {
  const routes = { file: 'GET /a/files/{file}', rest: 'GET /a/{rest+}' } as const;

  it('takes one segment or many', () => {
    expect(routeOf(routes, get('/a/b'))).toEqual({ name: 'rest', parts: { rest: 'b' } });
    expect(routeOf(routes, get('/a/b/c/d'))).toEqual({ name: 'rest', parts: { rest: 'b/c/d' } });
  });

  it('leaves the fixed way to the route before it, and nothing to nobody', () => {
    expect(routeOf(routes, get('/a/files/x'))).toEqual({ name: 'file', parts: { file: 'x' } });
    expect(() => routeOf(routes, get('/a'))).toThrow('没有这个地址');
  });
});
