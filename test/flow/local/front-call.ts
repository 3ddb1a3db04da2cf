import { createHash, createHmac } from 'node:crypto';
import type { Endpoints } from '../../../infra/local/cloud/types.ts';

const services: Readonly<Record<string, string>> = { AWSEvents: 'events', AmazonSQS: 'sqs', lambda: 'lambda' };
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();

/** Calls the local AWS address with a Signature Version 4 of the root key, as `target` or at a path; answers the JSON. */
export async function frontCall(endpoints: Endpoints, target: string, input: unknown, path = '/', extra: Record<string, string> = {}): Promise<unknown> {
  const service = services[target.split('.')[0] ?? ''] ?? '';
  const at = new Date().toISOString().replaceAll(/[-:]|\.\d+/g, '');
  const { host } = new URL(endpoints.events);
  const body = JSON.stringify(input);
  const scope = `${at.slice(0, 8)}/${endpoints.region}/${service}/aws4_request`;
  // Every x-amz header must be among the signed ones.
  const signed: Record<string, string> = { host, 'x-amz-date': at, ...(path === '/' ? { 'x-amz-target': target } : {}), ...extra };
  const names = Object.keys(signed).sort();
  const canonical = ['POST', path, '', ...names.map((name) => `${name}:${signed[name]}`), '', names.join(';'), sha256(body)].join('\n');
  const key = [endpoints.region, service, 'aws4_request'].reduce(hmac, hmac(`AWS4${endpoints.secretAccessKey}`, at.slice(0, 8)));
  const signature = hmac(key, ['AWS4-HMAC-SHA256', at, scope, sha256(canonical)].join('\n')).toString('hex');
  const authorization = `AWS4-HMAC-SHA256 Credential=${endpoints.accessKeyId}/${scope}, SignedHeaders=${names.join(';')}, Signature=${signature}`;
  const headers = { ...signed, 'content-type': 'application/x-amz-json-1.0', authorization };
  const text = await (await fetch(endpoints.events + path, { method: 'POST', headers, body })).text();
  return text === '' ? {} : JSON.parse(text);
}
