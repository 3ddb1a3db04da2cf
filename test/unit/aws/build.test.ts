import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { build, bundleLimitBytes } from '../../../infra/build.ts';

let project = '';
const write = (path: string, text: string): void => {
  mkdirSync(dirname(join(project, path)), { recursive: true });
  writeFileSync(join(project, path), text);
};
const load = (name: string): { handler: () => unknown } =>
  createRequire(import.meta.url)(join(project, 'dist/functions', name, 'index.js')) as { handler: () => unknown };

beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), 'guijing-build-'));
  write('package-lock.json', '{}');
  write('package.json', '{"type":"module"}');
  write('functions/greet.ts', "export const greeting: string = '你好';");
  write('functions/hello.lambda.ts', "import { greeting } from './greet.ts'; export const handler = () => greeting;");
  write('functions/site.lambda.ts', "export const handler = () => 'site';");
});
afterEach(() => rmSync(project, { recursive: true }));

describe('npm run build', () => {
  it('makes one CommonJS file per entry point that exports its handler', async () => {
    const { bundles, rebuilt } = await build(project);
    expect(rebuilt).toEqual(['hello', 'site']);
    expect(bundles.map(({ name }) => name)).toEqual(['hello', 'site']);
    expect(load('hello').handler()).toBe('你好');
  });

  it('makes again only what depends on a changed file', async () => {
    await build(project);
    expect((await build(project)).rebuilt).toEqual([]);
    write('functions/greet.ts', "export const greeting = 'changed';");
    expect((await build(project)).rebuilt).toEqual(['hello']);
  });

  it('makes everything again when the packages changed', async () => {
    await build(project);
    write('package-lock.json', '{"changed":true}');
    expect((await build(project)).rebuilt).toEqual(['hello', 'site']);
  });

  it('drops a function that is gone', async () => {
    await build(project);
    rmSync(join(project, 'functions/hello.lambda.ts'));
    expect((await build(project)).bundles.map(({ name }) => name)).toEqual(['site']);
    expect(existsSync(join(project, 'dist/functions/hello'))).toBe(false);
  });

  it('gives the site its pages and the generated API description, and notices a new page', async () => {
    write('functions/api/openapi.ts', "export const openApiDocument = () => ({ openapi: '3.1.0' });");
    write('docs/derived/chart.svg', '<svg/>');
    await build(project);
    const assets = join(project, 'dist/functions/site/assets');
    expect(JSON.parse(readFileSync(join(assets, 'openapi.json'), 'utf8'))).toEqual({ openapi: '3.1.0' });
    expect(existsSync(join(assets, 'swagger/swagger-ui-bundle.js'))).toBe(true);
    expect(readFileSync(join(assets, 'derived/chart.svg'), 'utf8')).toBe('<svg/>');
    write('docs/derived/second.svg', '<svg/>');
    expect((await build(project)).rebuilt).toEqual(['site']);
    write('functions/api/openapi.ts', "export const openApiDocument = () => ({ openapi: '3.1.1' });");
    expect((await build(project)).rebuilt).toEqual(['site']);
    expect(JSON.parse(readFileSync(join(assets, 'openapi.json'), 'utf8'))).toEqual({ openapi: '3.1.1' });
  });

  it('refuses a bundle over the limit by name, every time it is asked', async () => {
    write('functions/greet.ts', `export const greeting = '${'x'.repeat(bundleLimitBytes)}';`);
    await expect(build(project)).rejects.toThrow(/bundle hello is over 600 KB/);
    await expect(build(project)).rejects.toThrow(/bundle hello is over 600 KB/);
  });

  it('lets documents weigh more, with its fonts beside it, and nothing else', async () => {
    write('functions/documents.lambda.ts', `export const handler = () => '${'x'.repeat(2 * bundleLimitBytes)}';`);
    await build(project);
    expect(existsSync(join(project, 'dist/functions/documents/fonts/regular.ttf'))).toBe(true);
    expect(existsSync(join(project, 'dist/functions/site/fonts'))).toBe(false);
  });

  it('takes over from a build that was killed', async () => {
    const gone = spawnSync(process.execPath, ['--version']).pid;
    write('dist/lock-build', String(gone));
    expect((await build(project)).rebuilt).toEqual(['hello', 'site']);
  });

  it('waits for a build that is running, and then has nothing to do', async () => {
    const [first, second] = await Promise.all([build(project), build(project)]);
    expect([first.rebuilt, second.rebuilt]).toContainEqual([]);
  });

  it('says where the source does not compile', async () => {
    write('functions/greet.ts', 'export const greeting = ;');
    await expect(build(project)).rejects.toThrow(/greet\.ts:1:/);
  });
});
