import type { IncomingMessage } from 'node:http';
import { s3Needs } from '../iam/s3-needs.ts';
import type { KeyStore, Verified } from '../iam/sigv4.ts';
import { aboutOf, asHeaderText, lockOf, tagsOf } from './about.ts';
import { bucketOf } from './asked.ts';
import type { Answer, Asked, Parts } from './asked.ts';
import { S3Error } from './errors.ts';
import { readForm } from './form.ts';
import { checkKey, checksumHeaders, saveVersion, written } from './objects.ts';
import { checkPolicy } from './post-policy.ts';
import { receiveFile } from './receive.ts';
import type { Version } from './records.ts';
import { element, xmlDocument } from './xml.ts';

/** A form posted to a bucket, before anybody knows who signed it. */
export interface Posted {
  readonly request: IncomingMessage;
  readonly bucket: string;
  readonly keys: KeyStore;
  /** Gives the check of the signer's permissions. */
  demandFor(signature: Verified): Asked['demand'];
}

/** PostObject: an upload from a browser's form, allowed by a signed policy; what the policy does not speak of is refused. */
export async function postObject(parts: Parts, posted: Posted): Promise<Answer> {
  const form = await readForm(posted.request);
  const { signature, limits } = checkPolicy(form.fields, posted.bucket, { region: parts.region, keys: posted.keys, clock: parts.clock });
  const key = (form.fields.get('key') ?? '').replaceAll('${filename}', form.fileName);
  if (key === '') throw new S3Error('InvalidArgument', "Bucket POST must contain a field named 'key'. If it is specified, please check the order of the fields.", { extra: { ArgumentName: 'key' } });
  checkKey(key);
  if (form.fields.has('tagging')) throw new S3Error('NotImplemented', 'The form field "tagging" is not implemented');
  const asked = askedBy(posted, form.fields, key, signature);
  asked.demand(s3Needs({ operation: 'PostObject', bucket: posted.bucket, key, partition: parts.partition, query: asked.query, has: (name) => asked.header(name) !== undefined }));
  const bucket = bucketOf(parts, posted.bucket);
  const about = aboutOf(asked);
  const lock = lockOf(parts, asked, bucket);

  const { draft, size, md5, checksum } = await receiveFile(parts, asked, form.file, limits);
  await draft.keep();
  const version = await saveVersion(parts, () => undefined, {
    bucket: posted.bucket,
    key,
    size,
    etag: md5,
    modifiedAt: parts.clock.now(),
    about,
    segments: [{ blob: draft.id, size }],
    checksum,
    tags: tagsOf(undefined),
    ...lock,
  });
  return answer(form.fields, version, { ...written(parts, version), ...checksumHeaders(checksum) });
}

/** The fields of a form stand for the headers of a PUT. */
function askedBy(posted: Posted, fields: ReadonlyMap<string, string>, key: string, signature: Verified): Asked {
  const names = new Map([...fields.keys()].map((name) => [name === 'acl' ? 'x-amz-acl' : name, name]));
  return {
    request: posted.request,
    method: 'POST',
    bucket: posted.bucket,
    key,
    query: new Map(),
    signature,
    header: (name) => {
      const value = fields.get(names.get(name) ?? name);
      return value === undefined ? undefined : asHeaderText(value);
    },
    headerNames: () => [...names.keys()],
    demand: posted.demandFor(signature),
  };
}

function answer(fields: ReadonlyMap<string, string>, version: Version, headers: Record<string, string>): Answer {
  const location = `/${version.bucket}/${encodeURI(version.key)}`;
  const redirect = redirectOf(fields.get('success_action_redirect') ?? fields.get('redirect'), version);
  if (redirect !== undefined) return { status: 303, headers: { ...headers, location: redirect } };
  const status = fields.get('success_action_status');
  if (status === '201') {
    const body = xmlDocument('PostResponse', [element('Location', location), element('Bucket', version.bucket), element('Key', version.key), element('ETag', `"${version.etag}"`)]);
    return { status: 201, headers: { ...headers, location, 'content-type': 'application/xml' }, body };
  }
  return { status: status === '200' ? 200 : 204, headers: { ...headers, location } };
}

function redirectOf(target: string | undefined, version: Version): string | undefined {
  if (target === undefined || !URL.canParse(target)) return undefined;
  const url = new URL(target);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return undefined;
  for (const [name, value] of [['bucket', version.bucket], ['key', version.key], ['etag', `"${version.etag}"`]] as const) url.searchParams.append(name, value);
  return url.href;
}
