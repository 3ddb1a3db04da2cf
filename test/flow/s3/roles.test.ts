import { CopyObjectCommand, CreateBucketCommand, DeleteObjectCommand, DeleteObjectsCommand, GetObjectCommand, HeadObjectCommand, ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { authorizeBy } from '../../../infra/local/iam/authorize.ts';
import { rolesOf } from '../../../infra/local/iam/roles.ts';
import { errorOf, startS3 } from './_local-s3.ts';
import type { LocalS3 } from './_local-s3.ts';
import { send } from './_raw.ts';

const Bucket = 'role-bucket';
const files = `arn:aws:s3:::${Bucket}`;
const account = { partition: 'aws', accountId: '000000000000' };
const roleArn = 'arn:aws:iam::000000000000:role/attachments';
const statement = (Action: string | string[], Resource: string, Condition?: object) => ({ Effect: 'Allow', Action, Resource, ...(Condition ? { Condition } : {}) });
const properties = {
  AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [] },
  Policies: [
    {
      PolicyName: 'p',
      PolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          statement(['s3:PutObject', 's3:GetObject', 's3:DeleteObject'], `${files}/attachments/*`),
          statement('s3:GetObject', `${files}/public/*`),
          statement('s3:ListBucket', files, { StringLike: { 's3:prefix': 'attachments/*' } }),
        ],
      },
    },
  ],
};
const authorize = authorizeBy(rolesOf([{ logicalId: 'R', type: 'AWS::IAM::Role', physicalName: 'attachments', properties }], account), 'arn:aws:iam::000000000000:root');
let local: LocalS3;
let root: S3Client;
let role: S3Client;

beforeAll(async () => {
  local = await startS3({ authorize });
  root = local.client();
  role = local.client(local.credentials.keyFor(roleArn));
  await root.send(new CreateBucketCommand({ Bucket }));
  for (const Key of ['attachments/a', 'public/list', 'letters/final']) await root.send(new PutObjectCommand({ Bucket, Key, Body: Key }));
});
afterAll(() => local.stop());

test('a function reaches what its role gives', async () => {
  await role.send(new PutObjectCommand({ Bucket, Key: 'attachments/b', Body: 'x' }));
  await role.send(new GetObjectCommand({ Bucket, Key: 'public/list' }));
  const { Contents } = await role.send(new ListObjectsV2Command({ Bucket, Prefix: 'attachments/' }));
  expect(Contents?.map((one) => one.Key)).toEqual(['attachments/a', 'attachments/b']);
});

test('and nothing beyond it, in the words of AWS', async () => {
  const refused = await errorOf(role.send(new PutObjectCommand({ Bucket, Key: 'letters/forged', Body: 'x' })));
  expect(refused).toMatchObject({ name: 'AccessDenied', status: 403, message: `User: ${roleArn} is not authorized to perform: s3:PutObject on resource: ${files}/letters/forged because no identity-based policy allows the action` });
  for (const command of [
    new GetObjectCommand({ Bucket, Key: 'letters/final' }),
    new GetObjectCommand({ Bucket, Key: 'attachments/a', VersionId: 'null' }),
    new ListObjectsV2Command({ Bucket }),
    new PutObjectCommand({ Bucket, Key: 'attachments/tagged', Body: 'x', Tagging: 'a=b' }),
    new CopyObjectCommand({ Bucket, Key: 'attachments/stolen', CopySource: `${Bucket}/letters/final` }),
    new DeleteObjectCommand({ Bucket, Key: 'public/list' }),
    new CreateBucketCommand({ Bucket: 'own-bucket' }),
  ]) expect(await errorOf(role.send(command as GetObjectCommand))).toMatchObject({ name: 'AccessDenied' });
});

test('deleting many keys is judged key by key', async () => {
  await root.send(new PutObjectCommand({ Bucket, Key: 'attachments/c', Body: 'x' }));
  const outcome = await role.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects: [{ Key: 'attachments/c' }, { Key: 'letters/final' }] } }));
  expect([outcome.Deleted?.map((one) => one.Key), outcome.Errors?.map((one) => [one.Key, one.Code])]).toEqual([['attachments/c'], [['letters/final', 'AccessDenied']]]);
  await root.send(new HeadObjectCommand({ Bucket, Key: 'letters/final' }));
});

test('a missing key is 403 to those who may not list, as it is on AWS', async () => {
  expect(await errorOf(role.send(new GetObjectCommand({ Bucket, Key: 'public/missing' })))).toMatchObject({ name: 'AccessDenied', status: 403 });
  expect(await errorOf(root.send(new GetObjectCommand({ Bucket, Key: 'public/missing' })))).toMatchObject({ name: 'NoSuchKey', status: 404 });
});

test('a link is worth what its signer may do', async () => {
  const link = async (Key: string) => (await getSignedUrl(role, new GetObjectCommand({ Bucket, Key }), { expiresIn: 60 })).slice(local.url.length);
  expect(await send(local.url, { method: 'GET', path: await link('attachments/a') })).toMatchObject({ status: 200, body: 'attachments/a' });
  expect(await send(local.url, { method: 'GET', path: await link('letters/final') })).toMatchObject({ status: 403, code: 'AccessDenied' });
});
