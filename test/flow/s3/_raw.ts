import { createHash, createHmac } from 'node:crypto';
import { request } from 'node:http';
import type { AccessKey } from '../../../infra/local/iam/credentials.ts';
import { region } from './_local-s3.ts';

/** A request as an attacker writes it: every header by hand. `host` overrides the Host header, not the address. */
export interface Raw {
  readonly method: string;
  readonly path: string;
  readonly headers?: Record<string, string>;
  readonly body?: string | Buffer;
}

export interface RawAnswer {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly body: string;
  /** The `<Code>` of an error document. */
  readonly code: string | undefined;
}

/** Sends a request as it stands. */
export function send(url: string, { method, path, headers = {}, body }: Raw): Promise<RawAnswer> {
  const { hostname, port, host } = new URL(url);
  const length: Record<string, string> = body === undefined || headers['content-length'] !== undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
  return new Promise((resolve, reject) => {
    const outgoing = request({ hostname, port, method, path, headers: { host, ...length, ...headers }, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text, code: /<Error><Code>(\w+)<\/Code>/.exec(text)?.[1] });
      });
      response.on('error', reject);
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

const sha = (data: string | Buffer) => createHash('sha256').update(data).digest('hex');
const mac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();

/** Signs a request in its header, with nothing of the code under test. `signing` says which of its headers are left out of the signature, and when it was signed. */
export function sign(url: string, raw: Raw, key: AccessKey, signing: { readonly at?: number; readonly leaveOut?: readonly string[]; readonly payload?: string } = {}): Raw {
  const stamp = new Date(signing.at ?? Date.now()).toISOString().replace(/[-:]|\.\d{3}/g, '');
  const payload = signing.payload ?? sha(raw.body ?? '');
  const headers: Record<string, string> = { host: new URL(url).host, 'x-amz-date': stamp, 'x-amz-content-sha256': payload, ...raw.headers };
  const signed = Object.keys(headers).filter((name) => !signing.leaveOut?.includes(name)).sort();
  const [path = '', query = ''] = raw.path.split('?');
  const canonicalQuery = query.split('&').filter((part) => part !== '').map((part) => (part.includes('=') ? part : `${part}=`)).sort().join('&');
  const canonical = [raw.method, path, canonicalQuery, signed.map((name) => `${name}:${headers[name]}\n`).join(''), signed.join(';'), payload].join('\n');
  const scope = `${stamp.slice(0, 8)}/${region}/s3/aws4_request`;
  const derived = [region, 's3', 'aws4_request'].reduce((k, part) => mac(k, part), mac(`AWS4${key.secretAccessKey}`, stamp.slice(0, 8)));
  const signature = mac(derived, `AWS4-HMAC-SHA256\n${stamp}\n${scope}\n${sha(canonical)}`).toString('hex');
  return { ...raw, headers: { ...headers, authorization: `AWS4-HMAC-SHA256 Credential=${key.accessKeyId}/${scope}, SignedHeaders=${signed.join(';')}, Signature=${signature}` } };
}

/** Makes the fields of a form whose policy has these conditions, signed as a browser's upload needs it. */
export function signForm(key: AccessKey, conditions: readonly unknown[], at: number, seconds = 300): Record<string, string> {
  const stamp = new Date(at).toISOString().replace(/[-:]|\.\d{3}/g, '');
  const credential = `${key.accessKeyId}/${stamp.slice(0, 8)}/${region}/s3/aws4_request`;
  const own = { 'x-amz-algorithm': 'AWS4-HMAC-SHA256', 'x-amz-credential': credential, 'x-amz-date': stamp };
  const policy = Buffer.from(JSON.stringify({ expiration: new Date(at + seconds * 1000).toISOString(), conditions: [...conditions, own] })).toString('base64');
  const derived = [region, 's3', 'aws4_request'].reduce((k, part) => mac(k, part), mac(`AWS4${key.secretAccessKey}`, stamp.slice(0, 8)));
  return { ...own, policy, 'x-amz-signature': mac(derived, policy).toString('hex') };
}
