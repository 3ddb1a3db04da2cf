import type { DynamoDBStreamEvent } from 'aws-lambda';
import { steps } from './cloud/executions.ts';
import { deskNow } from './cloud/records.ts';
import { taskShell } from './cloud/task-shell.ts';
import { relay } from './steps/relay.ts';

/** DynamoDB stream: new events. */
export const handler = taskShell('relay', ({ Records }: DynamoDBStreamEvent) => ({ records: Records.length }), (stream: DynamoDBStreamEvent) => relay({ ...deskNow(), steps }, stream));
