import { createSecretKey, type KeyObject } from 'node:crypto';
import { hmac } from './canonical.ts';

// A key is good for a day. Deriving it is four of the five hashes that a check takes, and bytes as a key cost more than the fifth.
const derived = new Map<string, KeyObject>();
const kept = 200;

/** The key of one day, region and service from a secret (IAM User Guide, "Create a signed AWS API request", step 4). */
export function signingKey(secret: string, date: string, region: string, service: string): KeyObject {
  const name = [secret, date, region, service].join('\n');
  const known = derived.get(name);
  if (known) return known;
  if (derived.size >= kept) derived.clear();
  const key = createSecretKey([date, region, service, 'aws4_request'].reduce<Buffer>((outer, part) => hmac(outer, part), Buffer.from(`AWS4${secret}`)));
  derived.set(name, key);
  return key;
}
