import { describe, expect, test } from 'vitest';
import { openRouter } from '../../../infra/local/api/router.ts';

const keys = ['GET /', 'GET /scenarios', 'GET /scenarios/{id}', 'ANY /scenarios/new', 'POST /scenarios/{id}/commands/{command}', 'GET /derived/{file+}', 'ANY /derived/{file+}', 'GET /{any+}'];
const router = (more: readonly string[] = []) => openRouter([...keys, ...more].map((key) => ({ key, integrationId: 'i', authorizerId: undefined, scopes: [] })));

describe('routes', () => {
  const table: readonly [string, string, string, Record<string, string>][] = [
    ['GET', '/', 'GET /', {}],
    ['GET', '/scenarios', 'GET /scenarios', {}],
    ['GET', '/scenarios/new', 'ANY /scenarios/new', {}],
    ['GET', '/scenarios/S%2F1', 'GET /scenarios/{id}', { id: 'S/1' }],
    ['POST', '/scenarios/S1/commands/submit', 'POST /scenarios/{id}/commands/{command}', { id: 'S1', command: 'submit' }],
    ['GET', '/derived/a/b.svg', 'GET /derived/{file+}', { file: 'a/b.svg' }],
    ['PUT', '/derived/a', 'ANY /derived/{file+}', { file: 'a' }],
    ['GET', '/somewhere/else', 'GET /{any+}', { any: 'somewhere/else' }],
  ];
  test.each(table)('%s %s goes to %s', (method, path, key, parameters) => {
    expect(router().match(method, path)).toMatchObject({ route: { key }, parameters });
  });

  test('nothing matches a method that no route has', () => {
    expect(router().match('DELETE', '/scenarios')).toBeUndefined();
    expect(router().methods('/scenarios')).toContain('GET');
  });

  test('$default takes what is left', () => {
    expect(router(['$default']).match('DELETE', '/scenarios')?.route.key).toBe('$default');
  });

  test('a path that cannot be decoded is an error of the caller', () => {
    expect(() => router().match('GET', '/scenarios/%E0%A4%A')).toThrow(URIError);
  });
});
