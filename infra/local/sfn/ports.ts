import type { Clock } from '../clock.ts';

/** One Lambda invocation asked for by a state machine; `payload` is a JSON value, `roleArn` the state machine's role. */
export interface LambdaCall {
  readonly functionArn: string;
  readonly qualifier?: string;
  readonly payload: unknown;
  readonly roleArn: string;
}

/** What a Lambda answered: a JSON value, and `functionError` ("Handled" or "Unhandled") when the function itself failed. */
export interface LambdaAnswer {
  readonly payload: unknown;
  readonly functionError?: string;
  readonly executedVersion?: string;
}

/** One call of an AWS API by a Task, an ItemReader or a ResultWriter; `input` has the API's own member names (PascalCase). */
export interface IntegrationCall {
  readonly service: string;
  readonly action: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly roleArn: string;
  /** An object's `Body` may come as an iterable of bytes instead of a text. */
  readonly inPieces?: boolean;
}

/** Calls other services. A failed call rejects with an Error whose `name` is the service's error code; `statusCode` and `requestId` are used when present. */
export interface Integrations {
  call(call: IntegrationCall): Promise<unknown>;
}

/** The detail of the EventBridge event "Step Functions Execution Status Change". */
export interface StatusChange {
  readonly executionArn: string;
  readonly stateMachineArn: string;
  readonly name: string;
  readonly status: string;
  readonly startDate: number;
  readonly stopDate: number | null;
  readonly input: string;
  readonly output: string | null;
  readonly error: string | null;
  readonly cause: string | null;
  readonly stateMachineVersionArn: string | null;
  readonly stateMachineAliasArn: string | null;
  readonly redriveCount: number;
  readonly redriveDate: number | null;
}

/** Everything that Step Functions needs from its surroundings. */
export interface Surroundings {
  /** The database file, or ":memory:". */
  readonly file: string;
  readonly clock: Clock;
  readonly region: string;
  readonly accountId: string;
  /** `aws` when absent; `aws-cn` in China. */
  readonly partition?: string;
  readonly invokeLambda: (call: LambdaCall) => Promise<LambdaAnswer>;
  readonly integrations: Integrations;
  /** Rejects (name AccessDeniedException) when the role may not do a `states:` action that is carried out here. */
  readonly authorize?: (ask: { readonly roleArn: string; readonly action: string; readonly resource: string }) => Promise<void>;
  readonly onStatusChange?: (detail: StatusChange) => void;
  /** Called with the number of states that a turn of an execution entered: what AWS bills as transitions. */
  readonly onTransitions?: (count: number) => void;
  /** Called after a timer was added, so that a sleeping clock can look again. */
  readonly onDueChanged?: () => void;
  /** Called with errors that no caller can be told of. */
  readonly onError?: (error: unknown) => void;
}
