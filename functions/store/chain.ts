import type { Actor } from '../../shared/actor.ts';
import { chainedText, verifyChain, type Digests, type Verification } from '../../shared/evidence.ts';
import type { EventBody, Json } from '../../machines/decision.ts';
import type { Leaf, Route } from '../../shared/step.ts';
import { digestsOf } from './digest.ts';

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

/** The digests of an event: over its canonical JSON together with both digests of the event before it. */
export function chain(event: EventRecord, previous: Digests): Digests {
  return digestsOf(chainedText(event, previous));
}

/** Proves with the server's digests that events are complete from 1 on and unchanged. */
export function verifyCase(events: readonly ChainedEvent[]): Verification {
  return verifyChain(events, digestsOf);
}
