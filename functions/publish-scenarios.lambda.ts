import { publishScenarios, type PublishCall } from './activities/publish-scenarios.ts';
import { deskNow } from './cloud/records.ts';
import { taskShell } from './cloud/task-shell.ts';

/** Step Functions: one batch of the Distributed Map. */
export const handler = taskShell('publish-scenarios', ({ BatchInput, Items }: PublishCall) => ({ case: BatchInput.case, items: Items.length }), (call: PublishCall) => publishScenarios(deskNow(), call));
