import * as z from 'zod';
import { describe, expect, it } from 'vitest';
import { openApiDocument } from '../../../functions/api/openapi.ts';
import { commandsOf } from '../../../functions/api/commands-of.ts';
import { attachmentRoutes } from '../../../functions/attachments.ts';
import { documentRoutes } from '../../../functions/documents.ts';
import { collections, type Collection } from '../../../functions/http/routes.ts';
import { readRoutes } from '../../../functions/read-cases.ts';
import { rehearsalRoutes } from '../../../functions/rehearsals.ts';
import { commands } from '../../../machines/commands.ts';
import { commandArgs } from '../../../shared/contracts/commands.ts';
import { parse } from '../../../shared/contracts/parse.ts';

const document = openApiDocument();
const paths = document.paths ?? {};

describe('the OpenAPI document', () => {
  it('has a path for every command a person can send, and for none that only the system sends', () => {
    const documented = Object.keys(paths).filter((path) => path.includes('/commands/')).map((path) => path.split('/').at(-1) ?? '');
    const sendable = Object.entries(commands).filter(([type, row]) => !('system' in row) && type !== 'confirmAttachment').map(([type]) => type);
    expect([...new Set(documented)].toSorted()).toEqual(sendable.toSorted());
  });

  it('documents every read, attachment and document route', () => {
    const routes = [...Object.values(readRoutes), ...Object.values(attachmentRoutes), ...Object.values(documentRoutes), ...Object.values(rehearsalRoutes)];
    const documented = Object.entries(paths).flatMap(([path, item]) => (['get', 'post'] as const).filter((method) => item?.[method]).map((method) => `${method.toUpperCase()} ${path}`));
    for (const route of routes) expect(documented).toContain(route);
  });

  it.each((Object.keys(collections) as Collection[]).flatMap((collection) => commandsOf(collection).map((type) => [collection, type] as const)))('gives %s %s an example that its own schema accepts', (collection, type) => {
    const body = paths[`/${collection}/{id}/commands/${type}`]?.post?.requestBody;
    const example = body && 'content' in body ? (body.content['application/json']?.example as unknown) : undefined;
    expect(parse(commandArgs[type], example)).toMatchObject({ ok: true });
  });

  // Defined under $defs, where a lone schema looks for what it refers to.
  const alone = (part: unknown) => JSON.parse(JSON.stringify(part).replaceAll('#/components/schemas/', '#/$defs/')) as z.core.JSONSchema.JSONSchema;
  const bodies = Object.entries(paths).flatMap(([path, item]) => {
    const body = item?.post?.requestBody;
    const media = body && 'content' in body ? body.content['application/json'] : undefined;
    return media ? [[path, media] as const] : [];
  });

  it.each(bodies)('gives POST %s an example that the document itself allows', (_path, { schema, example }) => {
    expect(z.fromJSONSchema({ ...alone(schema), $defs: alone(document.components?.schemas) as Record<string, z.core.JSONSchema.JSONSchema> }).safeParse(example)).toMatchObject({ success: true });
  });

  it('says of each day that it is one, and of each list of different things that they are', () => {
    const days: unknown[] = [];
    JSON.stringify(document, (_key, node: { pattern?: string } | null) => {
      if (node?.pattern?.startsWith('^(?:(?:')) days.push(node);
      return node;
    });
    expect(days.filter((node) => !(node as { format?: string }).format?.startsWith('date'))).toEqual([]);
    expect(days.length).toBeGreaterThan(100);
    expect(paths['/unit-accounts']?.post?.requestBody).toMatchObject({ content: { 'application/json': { schema: { properties: { roles: { uniqueItems: true } } } } } });
    expect(paths['/demands/{id}/commands/offerData']?.post?.requestBody).toMatchObject({ content: { 'application/json': { schema: { properties: { promises: { uniqueItems: true } } } } } });
  });

  it('describes the JSON of a published list as its entries, not as bytes', () => {
    const answer = paths['/published/{batch}/documents/{name}']?.get?.responses?.['200'];
    expect(answer).toMatchObject({ content: { 'application/json; charset=utf-8': { schema: { type: 'array', items: { required: expect.arrayContaining(['case', 'number']) as unknown } } }, 'application/pdf': { schema: { format: 'binary' } } } });
  });

  it('names security, problems and limits on every write', () => {
    for (const [path, item] of Object.entries(paths)) {
      if (!item?.post || path === '/annex1/check' || path === '/policy-what-if') continue; // reads a file, writes nothing
      const namesNone = !path.includes('{'); // there is no record to miss, or to be elsewhere
      // What is over may be ended again.
      const neverElsewhere = namesNone || path === '/stand-ins/{id}/revoke';
      for (const status of ['401', '403', '404', '409', '429', '500', '503']) if (!(namesNone && status === '404') && !(neverElsewhere && status === '409')) expect(Object.keys(item.post.responses ?? {})).toContain(status);
    }
    expect(document.security).toEqual([{ oidc: [] }]);
  });
});
