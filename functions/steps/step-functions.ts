import {
  DescribeExecutionCommand, ExecutionAlreadyExists, ExecutionDoesNotExist, InvalidToken, SendTaskFailureCommand, SendTaskSuccessCommand,
  StartExecutionCommand, TaskDoesNotExist, TaskTimedOut, type SFNClient,
} from '@aws-sdk/client-sfn';
import type { LifecycleName } from '../../machines/decision.ts';
import { stepErrors, type LegInput } from '../../shared/step.ts';
import type { Reply } from './step.ts';

/** How an execution stands; `unknown` when Step Functions has none of that name (never started, or forgotten 90 days after its end). */
export type ExecutionStatus = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED' | 'PENDING_REDRIVE' | 'unknown';

/** The part of Step Functions that the shell needs. */
export interface Steps {
  /** Starts a leg under the name `<case>-<leg>`; a second start of the same leg changes nothing. */
  start(lifecycle: LifecycleName, input: LegInput): Promise<void>;
  /** Answers a token; false when Step Functions no longer wants it (used, timed out, or its execution is over). */
  answer(token: string, reply: Reply): Promise<boolean>;
  /** How a leg's execution stands, by name or, when given, by its ARN. */
  status(lifecycle: LifecycleName, id: string, leg: number, execution?: string): Promise<ExecutionStatus>;
}

/** Step Functions on AWS; `machines` has the ARN of each lifecycle's alias `live`. */
export function stepFunctions(client: SFNClient, machines: Readonly<Record<string, string>>): Steps {
  return {
    start: (lifecycle, input) => startLeg(client, aliasOf(machines, lifecycle), input),
    answer: (token, reply) => answerToken(client, token, reply),
    status: (lifecycle, id, leg, execution) => statusOf(client, execution ?? executionArn(aliasOf(machines, lifecycle), id, leg)),
  };
}

/** The ARN of an execution by the alias it was started through: the state machine's name, then `<case>-<leg>`. */
export function executionArn(alias: string, id: string, leg: number): string {
  const [arn, partition, service, region, account, , machine] = alias.split(':');
  return [arn, partition, service, region, account, 'execution', machine, `${id}-${leg}`].join(':');
}

function aliasOf(machines: Readonly<Record<string, string>>, lifecycle: LifecycleName): string {
  const alias = machines[lifecycle];
  if (alias === undefined) throw new Error(`STATE_MACHINES has no alias for ${lifecycle}`);
  return alias;
}

async function startLeg(client: SFNClient, alias: string, input: LegInput): Promise<void> {
  try {
    await client.send(new StartExecutionCommand({ stateMachineArn: alias, name: `${input.case}-${input.leg}`, input: JSON.stringify(input) }));
  } catch (error) {
    // The waits inside differ with the moment, so the same start may look like another one: what counts is that the leg runs.
    if (!(error instanceof ExecutionAlreadyExists)) throw error;
  }
}

async function answerToken(client: SFNClient, token: string, { step, abandoned }: Reply): Promise<boolean> {
  const output = JSON.stringify(step);
  const command = abandoned ? new SendTaskFailureCommand({ taskToken: token, error: stepErrors.left, cause: output }) : undefined;
  try {
    await (command ? client.send(command) : client.send(new SendTaskSuccessCommand({ taskToken: token, output })));
    return true;
  } catch (error) {
    if (error instanceof TaskTimedOut || error instanceof TaskDoesNotExist || error instanceof InvalidToken) return false;
    throw error;
  }
}

async function statusOf(client: SFNClient, executionArn: string): Promise<ExecutionStatus> {
  try {
    return (await client.send(new DescribeExecutionCommand({ executionArn }))).status ?? 'unknown';
  } catch (error) {
    if (error instanceof ExecutionDoesNotExist) return 'unknown';
    throw error;
  }
}
