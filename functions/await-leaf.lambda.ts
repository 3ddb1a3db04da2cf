import { steps } from './cloud/executions.ts';
import { deskNow } from './cloud/records.ts';
import { aboutLeaf, taskShell } from './cloud/task-shell.ts';
import { awaitLeaf, type AwaitCall } from './steps/await-leaf.ts';

/** Step Functions: a leaf is entered; its token is kept, or answered at once. */
export const handler = taskShell('await-leaf', aboutLeaf, async (call: AwaitCall) => {
  const { table, now } = deskNow();
  await awaitLeaf({ table, steps }, call, now);
  return {};
});
