import type { Actor } from '../shared/actor.ts';
import { begin, type Beginnings } from './begin.ts';
import { decide } from './decide.ts';
import type { Asked, Decision, Json, LifecycleName, Snapshot } from './decision.ts';

/** A stored event, as far as a replay reads it; `at` is the UTC instant of its decision. */
export interface RecordedEvent {
  readonly command: string;
  readonly args: { readonly [key: string]: Json };
  readonly actor: Actor;
  readonly at: string;
  readonly policy: string;
}

/** The snapshot after all events, or the index of the first event that the charts refuse, with the reason in Chinese. */
export type Replay = { readonly ok: true; readonly snapshot: Snapshot } | { readonly ok: false; readonly index: number; readonly detail: string };

/** Folds the stored events of a case through the charts again, facts taken as answered then: proves that a snapshot is what its log says. */
export function replay(lifecycle: LifecycleName, events: readonly RecordedEvent[]): Replay {
  let snapshot: Snapshot | undefined;
  for (const [index, event] of events.entries()) {
    const decision = again(lifecycle, snapshot, event);
    if (!decision.ok) return { ok: false, index, detail: decision.detail };
    snapshot = decision.snapshot;
  }
  return snapshot ? { ok: true, snapshot } : { ok: false, index: 0, detail: '没有任何事件' };
}

function again(lifecycle: LifecycleName, snapshot: Snapshot | undefined, { command, args, actor, at, policy }: RecordedEvent): Decision {
  const asked: Asked = { actor, now: at, policy, facts: { recorded: true } };
  if (snapshot) return decide(snapshot, { type: command, args }, asked);
  const { unit: _unit, ...input } = args;
  // Who files a scenario is its unit; what the workflow opens names the unit.
  return begin(lifecycle, (actor.roles.includes('system') ? args : input) as unknown as Beginnings[LifecycleName], asked);
}
