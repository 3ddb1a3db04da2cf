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
