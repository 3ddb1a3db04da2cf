import { canonical } from '../../shared/canonical.ts';
import type { Actor } from '../../shared/actor.ts';
import type { EventBody, Json } from '../../machines/decision.ts';
import type { Leaf, Route } from '../../shared/step.ts';
import { digestsOf, type Digests } from './digest.ts';

/** An event as it is hashed and stored: what happened, who did it (roles and organisation as the records had them then), when (UTC ISO instant), and where it led. `via` is the leaf whose own execution gets the answer directly. */
export interface EventRecord extends EventBody {
  readonly case: string;
  readonly n: number;
  readonly at: string;
  readonly definition: string;
  readonly actor: Actor;
  readonly leaves: readonly Leaf[];
  readonly routes: Readonly<Record<Leaf, Route>>;
  readonly entered: Readonly<Record<Leaf, string>>;
  readonly facts?: { readonly [name: string]: Json };
  readonly via?: Leaf;
}

/** An event with the digests that chain it to the one before. */
export interface ChainedEvent {
  readonly event: EventRecord;
  readonly digests: Digests;
}

/** What the first event of a case is chained to. */
export const noDigests: Digests = { sha256: '', sm3: '' };

/** The digests of an event: over its canonical JSON together with both digests of the event before it. */
export function chain(event: EventRecord, previous: Digests): Digests {
  return digestsOf(chainedText(event, previous));
}

/** The exact text that is hashed, for verifiers outside. */
export function chainedText(event: EventRecord, previous: Digests): string {
  return canonical({ event, previous } as unknown as Json);
}

/** What a verification found: whole, or the number of the first event that does not fit and why. */
export type Verification = { readonly ok: true; readonly events: number } | { readonly ok: false; readonly n: number; readonly reason: 'gap' | 'sha256' | 'sm3' };

/** Proves that events are complete from 1 on and unchanged: numbers without a gap, each digest fitting its text and its predecessor. */
export function verifyCase(events: readonly ChainedEvent[]): Verification {
  let previous = noDigests;
  for (const [index, { event, digests }] of events.entries()) {
    if (event.n !== index + 1) return { ok: false, n: index + 1, reason: 'gap' };
    const expected = chain(event, previous);
    if (expected.sha256 !== digests.sha256) return { ok: false, n: event.n, reason: 'sha256' };
    if (expected.sm3 !== digests.sm3) return { ok: false, n: event.n, reason: 'sm3' };
    previous = digests;
  }
  return { ok: true, events: events.length };
}
