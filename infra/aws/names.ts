import { Aws, Fn } from 'aws-cdk-lib';

/** What every fixed name begins with; another prefix makes a second installation in the same account possible. */
export const defaultPrefix = 'guijing';

/** The alias through which legs start; it pins each leg to the definition that was live when it started. */
export const liveAlias = 'live';

const statesArn = (resource: string): string =>
  Fn.join(':', ['arn', Aws.PARTITION, 'states', Aws.REGION, Aws.ACCOUNT_ID, resource]);

/** The fixed name of a lifecycle's state machine: `guijing-governmentInvestment`. */
export const stateMachineName = (prefix: string, lifecycle: string): string => `${prefix}-${lifecycle}`;

/**
 * The ARN of a lifecycle's state machine, made from its name: functions hold it in their environment although the
 * machine itself refers to the functions, so a reference would be a cycle.
 */
export const stateMachineArn = (prefix: string, lifecycle: string): string =>
  statesArn(`stateMachine:${stateMachineName(prefix, lifecycle)}`);

/** The ARN of the alias `live` of a lifecycle's state machine. */
export const liveArn = (prefix: string, lifecycle: string): string => `${stateMachineArn(prefix, lifecycle)}:${liveAlias}`;

/** The ARN pattern of all executions of a lifecycle's state machine. */
export const executionsArn = (prefix: string, lifecycle: string): string =>
  statesArn(`execution:${stateMachineName(prefix, lifecycle)}:*`);

/** The ARN pattern of all Map runs of a lifecycle's state machine. */
export const mapRunsArn = (prefix: string, lifecycle: string): string =>
  statesArn(`mapRun:${stateMachineName(prefix, lifecycle)}/*`);
