import { canonical } from './canonical.ts';

/** Both digests that evidence carries, in lower-case hex: SHA-256, and SM3 (GB/T 32905) as art. 9 asks for commercial cryptography. */
export interface Digests {
  readonly sha256: string;
  readonly sm3: string;
}

/** Computes both digests of a text's UTF-8 bytes; the server's and the verifier's implementations differ, the digests do not. */
export type Digester = (text: string) => Digests;

/** What the first event of a case is chained to. */
export const noDigests: Digests = { sha256: '', sm3: '' };

/** The exact text that is hashed for an event: canonical JSON of the event and of both digests of the one before it. */
export function chainedText(event: unknown, previous: Digests): string {
  return canonical({ event, previous });
}

/** One link of a chain: an event whole, or only its number and digests where a reader may not see it. */
export type Link = { readonly event: { readonly n: number }; readonly digests: Digests } | { readonly n: number; readonly digests: Digests };

/** What a verification found: whole, or the number of the first event that does not fit and why. */
export type Verification = { readonly ok: true; readonly events: number } | { readonly ok: false; readonly n: number; readonly reason: 'gap' | 'sha256' | 'sm3' };

/** Proves that events are complete from 1 on and unchanged: numbers without a gap, each digest fitting its text and its predecessor. A withheld event is taken at its digests, which the next one must fit. */
export function verifyChain(links: readonly Link[], digester: Digester): Verification {
  let previous = noDigests;
  for (const [index, link] of links.entries()) {
    const n = 'event' in link ? link.event.n : link.n;
    if (n !== index + 1) return { ok: false, n: index + 1, reason: 'gap' };
    if ('event' in link) {
      const expected = digester(chainedText(link.event, previous));
      if (expected.sha256 !== link.digests.sha256) return { ok: false, n, reason: 'sha256' };
      if (expected.sm3 !== link.digests.sm3) return { ok: false, n, reason: 'sm3' };
    }
    previous = link.digests;
  }
  return { ok: true, events: links.length };
}

/**
 * The text of a sealed record: canonical JSON with the digests of all the rest as its member `seal`. Because there is only one
 * way to write it, every changed byte shows, also one between the members or in the seal itself.
 */
export function sealed(record: Readonly<Record<string, unknown>>, digester: Digester): string {
  return canonical({ ...record, seal: digester(canonical(record)) });
}

/** What is wrong with the bytes of a sealed record: no UTF-8 or no JSON object, not written in the one way, or not what was sealed; nothing when it is as it was made. */
export function brokenSeal(bytes: Uint8Array, digester: Digester): { readonly broken?: 'unreadable' | 'rewritten' | 'seal'; readonly record: Readonly<Record<string, unknown>> } {
  const text = utf8(bytes);
  const record = text === undefined ? undefined : objectIn(text);
  if (record === undefined) return { broken: 'unreadable', record: {} };
  const { seal, ...rest } = record;
  try {
    if (canonical(record) !== text) return { broken: 'rewritten', record };
    return canonical(seal ?? null) === canonical(digester(canonical(rest))) ? { record } : { broken: 'seal', record };
  } catch {
    return { broken: 'rewritten', record }; // text that has no canonical form, as a lone surrogate or a nesting without end
  }
}

function utf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function objectIn(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
