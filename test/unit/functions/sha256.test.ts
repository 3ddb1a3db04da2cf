import { describe, expect, it } from 'vitest';
import { Sha256 } from '../../../functions/cloud/sha256.ts';

const hex = async (hash: Sha256): Promise<string> => Buffer.from(await hash.digest()).toString('hex');

describe('the hash that the SDK signs with', () => {
  it('is SHA-256 (FIPS 180-4, "abc"), whatever the data comes as', async () => {
    for (const data of ['abc', Buffer.from('abc'), new Uint8Array(Buffer.from('xabcx')).subarray(1, 4), new Uint8Array([97, 98, 99]).buffer]) {
      const hash = new Sha256();
      hash.update(data);
      expect(await hex(hash)).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
    }
  });

  it('is HMAC-SHA-256 with a secret (RFC 4231, cases 1 and 2), and keeps secrets apart', async () => {
    const first = new Sha256(Buffer.alloc(20, 0x0b));
    const second = new Sha256('Jefe');
    first.update('Hi There');
    second.update('what do ya want ');
    second.update('for nothing?');
    expect(await hex(first)).toBe('b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7');
    expect(await hex(second)).toBe('5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843');
  });

  it('begins anew after a reset, with its secret', async () => {
    const hash = new Sha256('Jefe');
    hash.update('something else');
    hash.reset();
    hash.update('what do ya want for nothing?');
    expect(await hex(hash)).toBe('5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843');
  });
});
