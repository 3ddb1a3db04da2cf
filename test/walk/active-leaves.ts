import type { HistoryEvent } from '@aws-sdk/client-sfn';
import { aloneLeaf } from '../../machines/derive/asl-parallel.ts';

/** The states an execution is in, by its history: entered and not left; leaving a Parallel leaves everything inside it. Choices and passes never stay. */
export function activeStates(history: readonly HistoryEvent[]): string[] {
  const active = new Set<string>();
  for (const { stateEnteredEventDetails: entered, stateExitedEventDetails: left } of history) {
    if (entered?.name) active.add(entered.name);
    if (left?.name) leave(active, left.name);
  }
  return [...active].sort();
}

/** The leaves an execution waits or works in: its active states without the Parallel states around them and the steps between, whether inside their Parallel or alone. */
export function activeLeaves(history: readonly HistoryEvent[]): string[] {
  const active = activeStates(history);
  return active.filter((name) => !active.some((other) => other.startsWith(`${name}.`))).map((name) => aloneLeaf(name) ?? name);
}

function leave(active: Set<string>, name: string): void {
  active.delete(name);
  for (const other of active) if (other.startsWith(`${name}.`) && !isStepOf(name, other)) active.delete(other);
}

// `draft.next` begins with `draft.`, but is entered after `draft` is left.
function isStepOf(name: string, other: string): boolean {
  return ['next', 'elapsed', 'left', 'commit', 'router', 'rollOver'].includes(other.slice(name.length + 1));
}
