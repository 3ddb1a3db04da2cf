import { createHash, createHmac, type KeyObject } from 'node:crypto';

/** Header names in lower case, values as Node gives them. */
export type ReceivedHeaders = Readonly<Record<string, string | readonly string[] | undefined>>;

/** A name and a value of a query, decoded. */
export type QueryPair = readonly [name: string, value: string];

/** A path or query that is not percent-encoded UTF-8; the caller answers 400. */
export class InvalidUri extends Error {
  override readonly name = 'InvalidURI';
}

/** Splits a request target into its raw path and its decoded query pairs; throws InvalidUri. A plus sign is a space, as in forms. */
export function splitTarget(target: string): { rawPath: string; query: readonly QueryPair[] } {
  const mark = target.indexOf('?');
  if (mark < 0) return { rawPath: target, query: [] };
  const parts = target.slice(mark + 1).split('&').filter((part) => part !== '');
  return { rawPath: target.slice(0, mark), query: parts.map(pairOf) };
}

function pairOf(part: string): QueryPair {
  const equals = part.indexOf('=');
  const [name, value] = equals < 0 ? [part, ''] : [part.slice(0, equals), part.slice(equals + 1)];
  return [decode(name.replaceAll('+', ' ')), decode(value.replaceAll('+', ' '))];
}

/** Percent-decodes UTF-8; throws InvalidUri. */
export function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new InvalidUri(`"${text.slice(0, 80)}" is not percent-encoded UTF-8`);
  }
}

/** Percent-encodes all but unreserved characters, the way AWS does ("UriEncode" in the SigV4 documentation). */
export function encode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** The canonical URI: S3 encodes each segment once, every other service normalises nothing here and encodes twice. */
export function canonicalPath(rawPath: string, service: string): string {
  const once = rawPath.split('/').map((segment) => encode(decode(segment)));
  return (service === 's3' ? once : once.map(encode)).join('/') || '/';
}

/** The canonical query: encoded, sorted by name then value, without the signature itself. */
export function canonicalQuery(query: readonly QueryPair[]): string {
  return query
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => [encode(name), encode(value)] as const)
    .sort((a, b) => (a[0] === b[0] ? order(a[1], b[1]) : order(a[0], b[0])))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

function order(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** A header's value as one string; undefined when it was not sent. */
export function headerValue(headers: ReceivedHeaders, name: string): string | undefined {
  const value = headers[name];
  return typeof value === 'string' || value === undefined ? value : value.join(',');
}

/** The canonical headers block, each line ended; a signed header that was not sent counts as empty. */
export function canonicalHeaders(headers: ReceivedHeaders, signed: readonly string[]): string {
  return signed.map((name) => `${name}:${(headerValue(headers, name) ?? '').trim().replace(/ +/g, ' ')}\n`).join('');
}

/** SHA-256 as lower-case hex. Header bytes arrive as latin1, so that is how a request's text becomes bytes again. */
export function sha256Hex(data: string | Uint8Array, encoding: 'latin1' | 'utf8' = 'latin1'): string {
  return createHash('sha256').update(typeof data === 'string' ? Buffer.from(data, encoding) : data).digest('hex');
}

/** HMAC-SHA256. */
export function hmac(key: string | Uint8Array | KeyObject, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}
