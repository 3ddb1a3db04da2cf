import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { currentDictionary, dictionaries } from './dictionary.ts';

// Below this many characters deflating saves less than it costs in CPU.
const worthDeflating = 200;

const dictionaryBytes = new Map(Object.entries(dictionaries).map(([number, text]) => [Number(number), Buffer.from(text)]));

/** Plain JSON as one attribute: text when short; else one byte that names the dictionary, then raw deflate. Each kilobyte of an item costs two write units in a transaction. */
export function pack(value: unknown): AttributeValue {
  return packText(JSON.stringify(value));
}

/** A JSON text as one attribute, kept to the byte. */
export function packText(json: string): AttributeValue {
  if (json.length < worthDeflating) return { S: json };
  return { B: Buffer.concat([Buffer.from([currentDictionary]), deflateRawSync(json, { dictionary: dictionaryOf(currentDictionary) })]) };
}

/** The JSON text inside a packed attribute; a stream record carries bytes as base64 text. Throws when the attribute is missing or was packed under a dictionary nobody knows. */
export function unpackText(attribute: AttributeValue | undefined): string {
  if (attribute?.S !== undefined) return attribute.S;
  if (attribute?.B === undefined) throw new Error('a packed attribute is missing');
  const packed = bytes(attribute.B);
  return inflateRawSync(packed.subarray(1), { dictionary: dictionaryOf(packed[0] ?? 0) }).toString('utf8');
}

/** The value inside a packed attribute, as the type its writer had. */
export function unpack<T>(attribute: AttributeValue | undefined): T {
  return JSON.parse(unpackText(attribute)) as T;
}

/** Bytes of a binary attribute, whether it came from the client (bytes) or from a stream record (base64 text). */
export function bytes(value: unknown): Uint8Array {
  return typeof value === 'string' ? Buffer.from(value, 'base64') : (value as Uint8Array);
}

function dictionaryOf(number: number): Buffer {
  const found = dictionaryBytes.get(number);
  if (!found) throw new Error(`no dictionary ${number}`);
  return found;
}
