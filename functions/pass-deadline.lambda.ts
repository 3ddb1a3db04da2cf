import { steps } from './cloud/executions.ts';
import { deskNow } from './cloud/records.ts';
import { aboutLeaf, taskShell } from './cloud/task-shell.ts';
import { passDeadline } from './steps/pass-deadline.ts';
import type { LeafCall } from './steps/step.ts';

/** Step Functions: a wait is over. */
export const handler = taskShell('pass-deadline', aboutLeaf, (call: LeafCall) => passDeadline({ ...deskNow(), steps }, call));
