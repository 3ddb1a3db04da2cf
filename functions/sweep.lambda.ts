import { steps } from './cloud/executions.ts';
import { deskNow } from './cloud/records.ts';
import { taskShell } from './cloud/task-shell.ts';
import { sweep } from './steps/sweep.ts';

/** EventBridge: every five minutes. */
export const handler = taskShell('sweep', () => ({}), async () => {
  const result = await sweep({ ...deskNow(), steps });
  console.log(JSON.stringify({ sweep: 'done', ...result }));
  return result;
});
