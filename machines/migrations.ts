import type { LifecycleName, Snapshot } from './decision.ts';

/** One step from a version to the next: a snapshot of the one as a snapshot of the other, its `definition` included. */
export type Migration = (snapshot: Snapshot) => Snapshot;

/**
 * The steps between versions, by the definition they start from (`recovery@0.1.0`). A patch (the last number) may add commands
 * but changes neither states nor context, so it needs no step; whoever raises another number writes one for each lifecycle.
 */
export const migrations: Readonly<Record<string, Migration>> = {};

/**
 * A stored snapshot as one of the chart in force, through as many steps as there are; throws, naming both versions, when no step
 * leads there: a case must never be decided by a chart that does not know its states.
 */
export function asCurrent(snapshot: Snapshot, version: string, steps: Readonly<Record<string, Migration>> = migrations): Snapshot {
  if (isReadable(snapshot, version)) return snapshot;
  const step = Object.hasOwn(steps, snapshot.definition) ? steps[snapshot.definition] : undefined;
  if (!step) throw new Error(`a snapshot of ${snapshot.definition} cannot be read by ${snapshot.lifecycle}@${version}, and no migration leads there`);
  return asCurrent(step(snapshot), version, steps);
}

function isReadable({ lifecycle, definition }: Snapshot, version: string): boolean {
  return definition === `${lifecycle}@${version}` || withoutPatch(definition, lifecycle) === withoutPatch(`${lifecycle}@${version}`, lifecycle);
}

/** `0.1` of `recovery@0.1.7`; the whole text where it is no such version, so that it equals nothing but itself. */
function withoutPatch(definition: string, lifecycle: LifecycleName): string {
  return new RegExp(`^${lifecycle}@(\\d+\\.\\d+)\\.\\d+$`).exec(definition)?.[1] ?? definition;
}
