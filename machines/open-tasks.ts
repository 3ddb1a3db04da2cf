import { policyOf } from '../shared/policy.ts';
import type { Snapshot, Task } from './decision.ts';
import { lifecycles } from './lifecycles.ts';
import { asCurrent } from './migrations.ts';
import { restore } from './position.ts';
import { tasksOf } from './tasks.ts';

/** The open to-dos of a stored case, as its last decision opened them under its policy: a snapshot says them, so nobody has to keep them. */
export function openTasks(stored: Snapshot): Task[] {
  const snapshot = asCurrent(stored, lifecycles[stored.lifecycle].version);
  return snapshot.status === 'active' ? tasksOf(restore(snapshot), policyOf(String(snapshot.context['policy']))) : [];
}
