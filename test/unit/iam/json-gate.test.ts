import { createHash, createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { denialOf, signerOf } from '../../../infra/local/iam/json-gate.ts';
import type { JsonRequest } from '../../../infra/local/iam/json-gate.ts';

const role = 'arn:aws:iam::000000000000:role/relay';
const now = Date.parse('2030-06-30T00:00:00Z');
const endpoint = {
  service: 'dynamodb',
  region: 'ap-southeast-1',
  keys: { secretFor: (id: string) => (id === 'AKIARELAY' ? { secret: 'secret', principal: role } : undefined) },
  clock: { now: () => now },
};
const place = { partition: 'aws', region: 'ap-southeast-1', accountId: '000000000000' };

/** Signs by hand, with nothing of the code under test. */
function signed(body: string, at = now): JsonRequest {
  const stamp = new Date(at).toISOString().replace(/[-:]|\.\d{3}/g, '');
  const scope = `${stamp.slice(0, 8)}/ap-southeast-1/dynamodb/aws4_request`;
  const digest = (text: string) => createHash('sha256').update(text).digest('hex');
  const canonical = ['POST', '/', '', 'host:127.0.0.1:1\nx-amz-date:' + stamp + '\nx-amz-target:DynamoDB_20120810.GetItem\n', 'host;x-amz-date;x-amz-target', digest(body)].join('\n');
  const key = ['ap-southeast-1', 'dynamodb', 'aws4_request'].reduce((k, part) => createHmac('sha256', k).update(part).digest(), createHmac('sha256', 'AWS4secret').update(stamp.slice(0, 8)).digest());
  const signature = createHmac('sha256', key).update(`AWS4-HMAC-SHA256\n${stamp}\n${scope}\n${digest(canonical)}`).digest('hex');
  const authorization = `AWS4-HMAC-SHA256 Credential=AKIARELAY/${scope}, SignedHeaders=host;x-amz-date;x-amz-target, Signature=${signature}`;
  return { method: 'POST', target: '/', headers: { host: '127.0.0.1:1', 'x-amz-date': stamp, 'x-amz-target': 'DynamoDB_20120810.GetItem', authorization }, body: Buffer.from(body) };
}

function errorIn(answer: { body: string; status: number }): string {
  return `${answer.status} ${String((JSON.parse(answer.body) as { __type: string }).__type).split('#')[1]}`;
}

describe('an endpoint of the JSON protocol', () => {
  test('knows who signed', () => {
    expect(signerOf(signed('{}'), endpoint)).toEqual({ principal: role });
  });

  test('takes the real clock as well as the cloud\'s', () => {
    expect(signerOf(signed('{}', Date.now()), endpoint)).toEqual({ principal: role });
    expect(signerOf(signed('{}', now - 3_600_000), endpoint)).toMatchObject({ refusal: { status: 400 } });
  });

  test.each([
    ['400 InvalidSignatureException', { ...signed('{}'), body: Buffer.from('{"TableName":"other"}') }],
    ['400 MissingAuthenticationTokenException', { ...signed('{}'), headers: { host: '127.0.0.1:1' } }],
    ['400 UnrecognizedClientException', { ...signed('{}'), headers: { ...signed('{}').headers, authorization: String(signed('{}').headers['authorization']).replace('AKIARELAY', 'AKIAOTHER') } }],
    ['400 InvalidSignatureException', { ...signed('{}'), headers: { ...signed('{}').headers, 'x-amz-target': 'DynamoDB_20120810.DeleteTable' } }],
  ])('answers %s', (expected, request) => {
    const result = signerOf(request, endpoint);
    expect('refusal' in result ? errorIn(result.refusal) : 'let in').toBe(expected);
  });

  test('refuses what the role may not, as AWS words it', () => {
    const asked = { principal: role, service: 'dynamodb' as const, operation: 'TransactWriteItems', body: { TransactItems: [{ Put: { TableName: 'records' } }, { Delete: { TableName: 'records' } }] } };
    const denial = denialOf(asked, ({ action }) => (action === 'dynamodb:DeleteItem' ? { allowed: false, reason: `not ${action}` } : { allowed: true }), place);
    expect(denial && errorIn(denial)).toBe('400 AccessDeniedException');
    expect(denial?.body).toContain('not dynamodb:DeleteItem');
    expect(denialOf(asked, () => ({ allowed: true }), place)).toBeUndefined();
  });

  test('refuses an operation whose permission nobody knows', () => {
    const denial = denialOf({ principal: role, service: 'dynamodb', operation: 'Explode', body: {} }, () => ({ allowed: true }), place);
    expect(denial && errorIn(denial)).toBe('400 UnknownOperationException');
  });
});
