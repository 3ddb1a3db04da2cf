import { describe, expect, test } from 'vitest';
import { verifySignature } from '../../../infra/local/iam/sigv4.ts';
import type { Endpoint, ReceivedRequest } from '../../../infra/local/iam/sigv4.ts';

// The examples that AWS publishes: S3 API Reference, "Signature calculations for the Authorization header" and "Authenticating
// requests: using query parameters"; IAM User Guide, "Create a signed AWS API request".
const at = Date.parse('2013-05-24T00:00:00Z');
const empty = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
const keyId = 'AKIAIOSFODNN7EXAMPLE';
const secrets = new Map([
  [keyId, { secret: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', principal: 'arn:aws:iam::000000000000:role/example' }],
  ['AKIDEXAMPLE', { secret: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY', principal: 'arn:aws:iam::000000000000:root' }],
]);
const endpoint = (more: Partial<Endpoint> = {}): Endpoint => ({ service: 's3', region: 'us-east-1', keys: { secretFor: (id) => secrets.get(id) }, clock: { now: () => at }, ...more });

function example(method: string, target: string, headers: Record<string, string>, signed: string, signature: string): ReceivedRequest {
  const authorization = `AWS4-HMAC-SHA256 Credential=${keyId}/20130524/us-east-1/s3/aws4_request,SignedHeaders=${signed},Signature=${signature}`;
  return { method, target, headers: { host: 'examplebucket.s3.amazonaws.com', 'x-amz-date': '20130524T000000Z', 'x-amz-content-sha256': empty, ...headers, authorization } };
}

const getObject = example('GET', '/test.txt', { range: 'bytes=0-9' }, 'host;range;x-amz-content-sha256;x-amz-date', 'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41');
const putObject = example(
  'PUT',
  '/test%24file.text',
  { date: 'Fri, 24 May 2013 00:00:00 GMT', 'x-amz-storage-class': 'REDUCED_REDUNDANCY', 'x-amz-content-sha256': '44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072' },
  'date;host;x-amz-content-sha256;x-amz-date;x-amz-storage-class',
  '98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd',
);
const plain = 'host;x-amz-content-sha256;x-amz-date';
const published: readonly (readonly [string, ReceivedRequest])[] = [
  ['a GET of a range', getObject],
  ['a PUT whose key has a dollar sign', putObject],
  ['a GET of a subresource', example('GET', '/?lifecycle', {}, plain, 'fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543')],
  ['a list with a query', example('GET', '/?max-keys=2&prefix=J', {}, plain, '34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7')],
  ['a list whose query comes in another order', example('GET', '/?prefix=J&max-keys=2', {}, plain, '34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7')],
];

const presigned: ReceivedRequest = {
  method: 'GET',
  target: `/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=${keyId}%2F20130524%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404`,
  headers: { host: 'examplebucket.s3.amazonaws.com' },
};

function problemOf(request: ReceivedRequest, where: Endpoint = endpoint()): string {
  const result = verifySignature(request, where);
  return result.ok ? 'none' : result.problem;
}

describe('a signature', () => {
  test.each(published)('counts for the published example: %s', (_name, request) => {
    expect(verifySignature(request, endpoint())).toMatchObject({ ok: true, by: 'header', principal: 'arn:aws:iam::000000000000:role/example' });
  });

  test('counts for the published presigned URL, with an unsigned payload', () => {
    expect(verifySignature(presigned, endpoint())).toMatchObject({ ok: true, by: 'query', payloadHash: 'UNSIGNED-PAYLOAD' });
  });

  test('counts for the published example of another service, whose path and query are normalised its way', () => {
    const headers = {
      host: 'iam.amazonaws.com',
      'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
      'x-amz-date': '20150830T123600Z',
      authorization: 'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request, SignedHeaders=content-type;host;x-amz-date, Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7',
    };
    const where = endpoint({ service: 'iam', clock: { now: () => Date.parse('2015-08-30T12:36:00Z') } });
    expect(verifySignature({ method: 'GET', target: '/?Action=ListUsers&Version=2010-05-08', headers, bodySha256: empty }, where)).toMatchObject({ ok: true });
  });

  test.each([
    ['another method', { ...getObject, method: 'DELETE' }],
    ['another path', { ...getObject, target: '/test2.txt' }],
    ['a query added', { ...getObject, target: '/test.txt?versionId=1' }],
    ['another range', { ...getObject, headers: { ...getObject.headers, range: 'bytes=0-99' } }],
    ['another host', { ...getObject, headers: { ...getObject.headers, host: 'other.s3.amazonaws.com' } }],
    ['another payload', { ...putObject, headers: { ...putObject.headers, 'x-amz-content-sha256': empty } }],
    ['a longer life in the query', { ...presigned, target: presigned.target.replace('86400', '86401') }],
    ['another body than was hashed', { ...getObject, bodySha256: empty.replace('e', 'f') }],
  ])('does not count with %s', (_name, request) => {
    expect(problemOf(request)).toBe('mismatch');
  });

  test('does not count when a header that matters was added without being signed', () => {
    expect(problemOf({ ...getObject, headers: { ...getObject.headers, 'x-amz-copy-source': '/other/secret' } })).toBe('unsignedHeaders');
    expect(problemOf({ ...presigned, headers: { ...presigned.headers, 'x-amz-acl': 'public-read' } })).toBe('unsignedHeaders');
  });

  test('does not count when the host is not signed', () => {
    const loose = String(getObject.headers['authorization']).replace('SignedHeaders=host;', 'SignedHeaders=');
    expect(problemOf({ ...getObject, headers: { ...getObject.headers, authorization: loose } })).toBe('unsignedHeaders');
  });

  test.each([
    ['missing', { ...getObject, headers: { host: 'x' } }],
    ['unsupported', { ...getObject, headers: { host: 'x', authorization: 'AWS AKIA:abc' } }],
    ['unsupported', { method: 'GET', target: '/a?AWSAccessKeyId=x&Signature=y&Expires=1', headers: { host: 'x' } }],
    ['malformed', { ...getObject, headers: { host: 'x', authorization: 'AWS4-HMAC-SHA256 nonsense' } }],
    ['malformed', { ...presigned, target: presigned.target.replace('86400', '604801') }],
    ['malformed', { ...presigned, target: presigned.target.replace('86400', '-1') }],
    ['malformed', { ...presigned, target: `${presigned.target}&X-Amz-Expires=1` }],
    ['malformed', { ...presigned, headers: { ...presigned.headers, authorization: String(getObject.headers['authorization']) } }],
    ['unknownKey', { ...presigned, target: presigned.target.replace(keyId, 'AKIANOBODY') }],
    ['invalidToken', { ...getObject, headers: { ...getObject.headers, 'x-amz-security-token': 'abc' } }],
    ['invalidUri', { ...getObject, target: '/%E0%A4%A' }],
  ] as const)('is %s when it should be', (problem, request) => {
    expect(problemOf(request)).toBe(problem);
  });

  test('counts for its own service and region only', () => {
    expect(problemOf(getObject, endpoint({ service: 'dynamodb' }))).toBe('wrongScope');
    expect(problemOf(getObject, endpoint({ region: 'cn-northwest-1' }))).toBe('wrongScope');
  });

  test('counts up to fifteen minutes off the clock, and not longer', () => {
    const minute = 60_000;
    for (const offset of [-15, 15]) expect(problemOf(getObject, endpoint({ clock: { now: () => at + offset * minute } }))).toBe('none');
    for (const offset of [-16, 16]) expect(problemOf(getObject, endpoint({ clock: { now: () => at + offset * minute } }))).toBe('skewed');
  });

  test('of a link ends with its life, and does not begin before it', () => {
    const hour = 3_600_000;
    expect(problemOf(presigned, endpoint({ clock: { now: () => at + 24 * hour } }))).toBe('none');
    expect(problemOf(presigned, endpoint({ clock: { now: () => at + 24 * hour + 1000 } }))).toBe('expired');
    expect(problemOf(presigned, endpoint({ clock: { now: () => at - hour } }))).toBe('expired');
  });
});
