import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';

// Below this many bytes deflating saves less than it costs in CPU; above it a snapshot shrinks to about half,
// and each kilobyte of an item costs two write units in a transaction.
const worthDeflating = 400;

/** Plain JSON as one attribute: text when short, raw deflate when that saves write units. */
export function pack(value: unknown): AttributeValue {
  return packText(JSON.stringify(value));
}

/** A JSON text as one attribute, kept to the byte. */
export function packText(json: string): AttributeValue {
  return json.length < worthDeflating ? { S: json } : { B: deflateRawSync(json) };
}

/** The JSON text inside a packed attribute; a stream record carries bytes as base64 text. Throws when the attribute is missing. */
export function unpackText(attribute: AttributeValue | undefined): string {
  if (attribute?.S !== undefined) return attribute.S;
  if (attribute?.B !== undefined) return inflateRawSync(bytes(attribute.B)).toString('utf8');
  throw new Error('a packed attribute is missing');
}

/** The value inside a packed attribute, as the type its writer had. */
export function unpack<T>(attribute: AttributeValue | undefined): T {
  return JSON.parse(unpackText(attribute)) as T;
}

/** Bytes of a binary attribute, whether it came from the client (bytes) or from a stream record (base64 text). */
export function bytes(value: unknown): Uint8Array {
  return typeof value === 'string' ? Buffer.from(value, 'base64') : (value as Uint8Array);
}
