/** An error that a caller of the wire protocol gets: `type` is AWS's error name. */
export class WireError extends Error {
  readonly type: string;
  readonly reason: string | undefined;
  constructor(type: string, message: string, reason?: string) {
    super(message);
    this.name = type;
    this.type = type;
    this.reason = reason;
  }
}

/** Where a failed evaluation happened, for the EvaluationFailed event; `location` is absent when no field is to blame. */
export interface EvaluationPlace {
  readonly location?: string;
}

/** The failure of a state: AWS's error name and cause. Either may be absent, as in a Fail state without them. */
export interface Failure {
  readonly error?: string;
  readonly cause?: string;
  readonly evaluation?: EvaluationPlace;
  /** A second name that Retry and Catch may use: a missed heartbeat is a States.Timeout as well. */
  readonly alias?: string;
}

/** Thrown inside a step when the state fails; caught by the step loop. */
export class StateFailure extends Error {
  readonly failure: Failure;
  constructor(failure: Failure) {
    super(`${failure.error ?? ''}: ${failure.cause ?? ''}`);
    this.failure = failure;
  }
}

/** The error names that the interpreter itself produces. */
export const errorNames = {
  all: 'States.ALL',
  taskFailed: 'States.TaskFailed',
  timeout: 'States.Timeout',
  heartbeatTimeout: 'States.HeartbeatTimeout',
  query: 'States.QueryEvaluationError',
  dataLimit: 'States.DataLimitExceeded',
  runtime: 'States.Runtime',
  noChoice: 'States.NoChoiceMatched',
  threshold: 'States.ExceedToleratedFailureThreshold',
  itemReader: 'States.ItemReaderFailed',
  resultWriter: 'States.ResultWriterFailed',
  permissions: 'States.Permissions',
} as const;
