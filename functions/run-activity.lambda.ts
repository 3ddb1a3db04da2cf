import { archiveCase } from './activities/archive-case.ts';
import { finishPublication } from './activities/finish-publication.ts';
import { freezeBatch } from './activities/freeze-batch.ts';
import { openScenarios } from './activities/open-scenarios.ts';
import { preflight } from './activities/preflight.ts';
import { bucket } from './cloud/files.ts';
import { deskNow } from './cloud/records.ts';
import { aboutLeaf, taskShell } from './cloud/task-shell.ts';
import { runActivity, type ActivityCall } from './steps/run-activity.ts';

const activities = { preflight, freezeBatch, finishPublication, archiveCase, openScenarios };

/** Step Functions: a working leaf is entered. */
export const handler = taskShell('run-activity', aboutLeaf, (call: ActivityCall) => runActivity({ ...deskNow(), bucket }, call, activities));
