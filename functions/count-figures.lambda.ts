import { deskNow } from './cloud/records.ts';
import { taskShell } from './cloud/task-shell.ts';
import { countFigures } from './figures/count.ts';

/** EventBridge: every six hours. */
export const handler = taskShell('count-figures', () => ({}), async () => {
  const result = await countFigures(deskNow());
  console.log(JSON.stringify({ figures: 'counted', ...result }));
  return result;
});
