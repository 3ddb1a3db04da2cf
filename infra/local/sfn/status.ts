import type { ExecutionRow } from './executions.ts';
import type { StatusChange } from './ports.ts';
import type { Answer } from './step-task.ts';
import { type JsonObject, parseJson, textOf } from './values.ts';

/** The detail of the status-change event of an execution. */
export function statusChange(row: ExecutionRow): StatusChange {
  return {
    executionArn: row.arn,
    stateMachineArn: row.machine_arn,
    name: row.name,
    status: row.status,
    startDate: row.started,
    stopDate: row.stopped,
    input: row.input,
    output: row.output,
    error: row.error,
    cause: row.cause,
    stateMachineVersionArn: row.version_arn,
    stateMachineAliasArn: row.alias_arn,
    redriveCount: row.redrives,
    redriveDate: row.redriven,
  };
}

/** How a closed execution appears in results: as DescribeExecution has it, in PascalCase. `isParsed`: its input and output as JSON values (`.sync:2`). */
export function describeChild(row: ExecutionRow, isParsed: boolean): JsonObject {
  const shown = (text: string) => (isParsed ? parseJson(text) : text);
  return {
    ...(row.cause === null ? {} : { Cause: row.cause }),
    ...(row.error === null ? {} : { Error: row.error }),
    ExecutionArn: row.arn,
    Input: shown(row.input),
    InputDetails: { Included: true },
    Name: row.name,
    ...(row.output === null ? {} : { Output: shown(row.output), OutputDetails: { Included: true } }),
    StartDate: row.started,
    StateMachineArn: row.machine_arn,
    Status: row.status,
    StopDate: row.stopped,
  };
}

/** What a `.sync` task gets when its child has ended; recorded on AWS: a child that did not succeed fails the task with States.TaskFailed. */
export function childAnswer(row: ExecutionRow, isParsed: boolean): Answer {
  if (row.status === 'SUCCEEDED') return { output: describeChild(row, isParsed) };
  return { failure: { error: 'States.TaskFailed', cause: textOf(describeChild(row, false)) } };
}
