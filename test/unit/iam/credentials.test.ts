import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openCredentials } from '../../../infra/local/iam/credentials.ts';

const account = { accountId: '000000000000', partition: 'aws-cn' };
const role = 'arn:aws-cn:iam::000000000000:role/relay';
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'guijing-keys-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('a principal keeps its key over a restart, known before anybody asks for it', () => {
  const before = openCredentials(folder, account).keyFor(role);
  const after = openCredentials(folder, account);
  expect(after.secretFor(before.accessKeyId)).toEqual({ secret: before.secretAccessKey, principal: role });
  expect(after.keyFor(role)).toEqual(before);
});

test('keys differ between principals and between folders', () => {
  const other = mkdtempSync(join(tmpdir(), 'guijing-keys-'));
  try {
    const here = openCredentials(folder, account);
    const secrets = [here.root, here.keyFor(role), here.keyFor(`${role}2`), openCredentials(other, account).root, openCredentials(other, account).keyFor(role)].map((key) => key.secretAccessKey);
    expect(new Set(secrets).size).toBe(secrets.length);
  } finally {
    rmSync(other, { recursive: true });
  }
});

test('people use the key guijing, which is the root of the account', () => {
  const credentials = openCredentials(folder, account);
  expect(credentials.root.accessKeyId).toBe('guijing');
  expect(credentials.secretFor('guijing')?.principal).toBe('arn:aws-cn:iam::000000000000:root');
  expect(credentials.keyFor(credentials.rootPrincipal)).toEqual(credentials.root);
});

test('the file is for its owner only, and an unknown id has no secret', () => {
  const credentials = openCredentials(folder, account);
  expect(statSync(join(folder, 'credentials.json')).mode & 0o777).toBe(0o600);
  expect(credentials.secretFor('AKIASOMEBODY')).toBeUndefined();
  expect(credentials.secretFor('__proto__')).toBeUndefined();
});

test('no secret stands in the file in plain beside the seed', () => {
  const credentials = openCredentials(folder, account);
  const text = readFileSync(join(folder, 'credentials.json'), 'utf8');
  expect(text).not.toContain(credentials.keyFor(role).secretAccessKey);
});

test('a damaged file is an error that says what to do, not a new set of keys', () => {
  writeFileSync(join(folder, 'credentials.json'), '{"seed":"00","principals":[]}');
  expect(() => openCredentials(folder, account)).toThrow(/damaged.*Delete it/);
  writeFileSync(join(folder, 'credentials.json'), 'not json');
  expect(() => openCredentials(folder, account)).toThrow(/cannot be read/);
});
