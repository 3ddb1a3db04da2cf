import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { checkPolicy } from '../../../infra/local/s3/post-policy.ts';

const now = Date.parse('2026-06-30T08:00:00Z');
const place = { region: 'ap-southeast-1', keys: { secretFor: (id: string) => (id === 'AKIA' ? { secret: 's', principal: 'arn:aws:iam::0:role/a' } : undefined) }, clock: { now: () => now } };
const conditions: readonly unknown[] = [{ bucket: 'files' }, ['starts-with', '$key', 'attachments/X/'], { 'Content-Type': 'application/pdf' }, ['content-length-range', 1, 1000], ['starts-with', '$x-amz-meta-note', ''], { 'x-amz-credential': 'AKIA/20260630/ap-southeast-1/s3/aws4_request' }, { 'x-amz-date': '20260630T080000Z' }, { 'x-amz-algorithm': 'AWS4-HMAC-SHA256' }];

function form(changes: Record<string, string | undefined> = {}, policy: object = { expiration: '2026-06-30T08:05:00Z', conditions }): Map<string, string> {
  const encoded = Buffer.from(JSON.stringify(policy)).toString('base64');
  const key = ['20260630', 'ap-southeast-1', 's3', 'aws4_request'].reduce<Buffer>((k, part) => createHmac('sha256', k).update(part).digest(), Buffer.from('AWS4s'));
  const fields = {
    key: 'attachments/X/1',
    'content-type': 'application/pdf',
    'x-amz-meta-note': '',
    policy: encoded,
    'x-amz-algorithm': 'AWS4-HMAC-SHA256',
    'x-amz-credential': 'AKIA/20260630/ap-southeast-1/s3/aws4_request',
    'x-amz-date': '20260630T080000Z',
    'x-amz-signature': createHmac('sha256', key).update(encoded).digest('hex'),
    ...changes,
  };
  return new Map(Object.entries(fields).filter((field): field is [string, string] => field[1] !== undefined));
}

describe('a form', () => {
  test('that meets its policy may be posted, by the one who signed, within the policy\'s sizes', () => {
    expect(checkPolicy(form(), 'files', place)).toMatchObject({ limits: { least: 1, most: 1000 }, signature: { principal: 'arn:aws:iam::0:role/a' } });
  });

  test.each([
    ['AccessDenied', 'another key', { key: 'attachments/Y/1' }],
    ['AccessDenied', 'another type', { 'content-type': 'text/html' }],
    ['AccessDenied', 'no type', { 'content-type': undefined }],
    ['AccessDenied', 'a field the policy does not speak of', { 'x-amz-acl': 'public-read' }],
    ['AccessDenied', 'no policy', { policy: undefined }],
    ['SignatureDoesNotMatch', 'a policy that was not signed', { policy: Buffer.from('{"expiration":"2099-01-01T00:00:00Z","conditions":[]}').toString('base64') }],
    ['SignatureDoesNotMatch', 'no signature', { 'x-amz-signature': undefined }],
    ['InvalidAccessKeyId', 'another key id', { 'x-amz-credential': 'AKIB/20260630/ap-southeast-1/s3/aws4_request' }],
    ['AuthorizationQueryParametersError', 'another region', { 'x-amz-credential': 'AKIA/20260630/us-east-1/s3/aws4_request' }],
    ['AuthorizationQueryParametersError', 'another day', { 'x-amz-date': '20260701T080000Z' }],
    ['InvalidRequest', 'an old signature', { 'x-amz-algorithm': undefined }],
    ['InvalidToken', 'a token', { 'x-amz-security-token': 'x' }],
  ])('is refused as %s with %s', (code, _what, changes) => {
    expect(() => checkPolicy(form(changes), 'files', place)).toThrow(expect.objectContaining({ code }) as Error);
  });

  test('is refused in another bucket, and after its policy expired by the cloud\'s clock', () => {
    expect(() => checkPolicy(form(), 'others', place)).toThrow(/Policy Condition failed.*bucket/);
    expect(() => checkPolicy(form(), 'files', { ...place, clock: { now: () => now + 301_000 } })).toThrow(/expired/);
  });

  test.each([
    ['no expiration', { conditions }],
    ['a bad expiration', { expiration: 'soon', conditions }],
    ['no conditions', { expiration: '2026-06-30T08:05:00Z' }],
    ['an unknown kind of condition', { expiration: '2026-06-30T08:05:00Z', conditions: [['matches', '$key', '.*']] }],
    ['a size that is no number', { expiration: '2026-06-30T08:05:00Z', conditions: [['content-length-range', 0, 'many']] }],
    ['a condition that is nothing', { expiration: '2026-06-30T08:05:00Z', conditions: [null] }],
  ])('with %s in its policy is an InvalidPolicyDocument', (_what, policy) => {
    expect(() => checkPolicy(form({}, policy), 'files', place)).toThrow(expect.objectContaining({ code: 'InvalidPolicyDocument' }) as Error);
  });
});
