import { deskNow } from './cloud/records.ts';
import { taskShell } from './cloud/task-shell.ts';
import { openBatch, type OpenBatchCall } from './steps/open-batch.ts';

/** Step Functions: the schedule fired. */
export const handler = taskShell('open-batch', ({ scheduledTime }: OpenBatchCall) => ({ scheduledTime }), (call: OpenBatchCall) => openBatch(deskNow(), call));
