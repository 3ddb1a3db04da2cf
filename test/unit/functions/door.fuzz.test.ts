import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { problems } from '../../../shared/problems.ts';
import { attachments } from '../../../functions/attachments.ts';
import { documents } from '../../../functions/documents.ts';
import { s3Client } from '../../../functions/files/bucket.ts';
import { httpShell, type HttpAnswer, type HttpHandler } from '../../../functions/http/shell.ts';
import { readCases } from '../../../functions/read-cases.ts';
import { sendCommand } from '../../../functions/send-command.ts';
import { site } from '../../../functions/site.ts';
import { documentFonts } from '../../../infra/build/document-fonts.ts';
import { dynamoClient } from '../../../functions/store/table.ts';

// Nobody listens there: whatever gets past the door must come back as a problem document, too.
const nowhere = { endpoint: 'http://127.0.0.1:9', region: 'local', maxAttempts: 1, credentials: { accessKeyId: 'x', secretAccessKey: 'x' } };
const desk = { table: { client: dynamoClient(nowhere), name: 'none' }, bucket: { client: s3Client(nowhere), name: 'none' }, scanner: { kind: 'none' } as const, policy: 'gx-2025-draft', now: Date.parse('2025-03-03T00:00:00Z') };

const handlers: Readonly<Record<string, HttpHandler>> = {
  'send-command': (request) => sendCommand(desk, request),
  'read-cases': (request) => readCases(desk, request),
  attachments: (request) => attachments(desk, request),
  documents: (request) => documents({ ...desk, fonts: documentFonts }, request),
  site: (request) => site('/nonexistent', { issuer: undefined, client: 'console' }, request),
};

const statuses = new Set<number>([200, ...Object.values(problems).map(({ status }) => status)]);

function isWellFormed(answer: HttpAnswer | undefined): void {
  expect(statuses).toContain(answer?.statusCode);
  if (answer?.statusCode === 200) return;
  expect(answer?.headers?.['content-type']).toMatch(/^application\/problem\+json/);
  const body = JSON.parse(answer?.body ?? '') as Record<string, unknown>;
  expect(body).toMatchObject({ type: expect.stringMatching(/^\/problems\//) as unknown, status: answer?.statusCode, detail: expect.stringMatching(/[\u4e00-\u9fff]/) as unknown });
  expect(JSON.stringify(body)).not.toMatch(/at \w+ \(|node_modules|ECONNREFUSED/);
}

const path = fc.oneof(
  fc.constantFrom('/scenarios', '/scenarios/s-1', '/scenarios/s-1/commands/submit', '/scenarios/s-1/commands/xstate.init', '/scenarios/__proto__/commands/constructor', '/scenarios/s-1/attachments', '/scenarios/s-1/documents/annex1.xlsx', '/annex1/check', '/verify/s-1-1-0123456789abcdef', '/verify/constructor', '/scenarios/s-1/attachments/a-1/confirm', '/published/2025-H1', '/tasks', '/derived/..%2f..%2fpackage.json', '/docs/%2e%2e/index.js'),
  fc.webPath(),
  fc.string(),
);
const headers = fc.dictionary(
  fc.oneof(fc.constantFrom('content-type', 'Content-Type', 'idempotency-key', 'if-match', 'IF-MATCH', '__proto__', 'accept-encoding'), fc.string()),
  fc.oneof(fc.constantFrom('application/json', 'text/html', '"1"', '*', 'W/"0"', 'key-00000001', '"99999999999"'), fc.string()),
);
const likely = fc.record({
  rawPath: path,
  headers,
  queryStringParameters: fc.dictionary(fc.constantFrom('limit', 'cursor', 'after', 'phase', 'lifecycle'), fc.string()),
  body: fc.oneof(fc.json(), fc.string(), fc.constant('{"__proto__":{"x":1},"handler":"nanning-data"}')),
  isBase64Encoded: fc.boolean(),
  requestContext: fc.record({ requestId: fc.string(), http: fc.record({ method: fc.constantFrom('GET', 'POST', 'PUT', 'get') }), authorizer: fc.option(fc.record({ jwt: fc.record({ claims: fc.record({ sub: fc.string() }) }) }), { nil: undefined }) }, { requiredKeys: ['http'] }),
});

describe.each(Object.entries(handlers))('%s', (_name, handle) => {
  let handler: ReturnType<typeof httpShell>;
  beforeAll(() => {
    handler = httpShell(handle);
  });

  it('answers any likely request with a well-formed answer', async () => {
    await fc.assert(fc.asyncProperty(likely, async (event) => isWellFormed((await handler(event as never, {} as never)) as HttpAnswer)), { numRuns: 150 });
  });

  it('answers any event at all with a well-formed answer', async () => {
    await fc.assert(fc.asyncProperty(fc.object(), async (event) => isWellFormed((await handler(event as never, {} as never)) as HttpAnswer)), { numRuns: 100 });
  });
});

describe('the door', () => {
  const post = (more: object) => ({ rawPath: '/scenarios', requestContext: { requestId: 'r', http: { method: 'POST' }, authorizer: { jwt: { claims: { sub: 'p' } } } }, headers: { 'content-type': 'application/json', 'idempotency-key': 'key-00000001' }, isBase64Encoded: false, ...more });
  const statusOf = async (event: object): Promise<number | undefined> => ((await httpShell((request) => sendCommand(desk, request))(event as never, {} as never)) as HttpAnswer).statusCode;

  it.each([
    ['a body that is not JSON', post({ body: '{' }), 400],
    ['a body of invalid UTF-8', post({ body: Buffer.from([0x22, 0xff, 0x22]).toString('base64'), isBase64Encoded: true }), 400],
    ['another content type', post({ body: '{}', headers: { 'content-type': 'text/plain', 'idempotency-key': 'key-00000001' } }), 415],
    ['no content type', post({ body: '{}', headers: { 'idempotency-key': 'key-00000001' } }), 415],
    ['a body over the limit', post({ body: JSON.stringify({ form: 'x'.repeat(300_000) }) }), 413],
    ['a body of 50 MB', post({ body: 'x'.repeat(50 * 1024 * 1024) }), 413],
    ['no idempotency key', post({ body: '{}', headers: { 'content-type': 'application/json' } }), 400],
    ['nobody signed in', post({ body: '{}', requestContext: { http: { method: 'POST' } } }), 401],
  ])('refuses %s', async (_what, event, status) => {
    expect(await statusOf(event)).toBe(status);
  });
});
