import type { JsonObject } from './values.ts';

// The order is stored: append only.
const types = [
  'ExecutionStarted', 'ExecutionSucceeded', 'ExecutionFailed', 'ExecutionAborted', 'ExecutionTimedOut', 'ExecutionRedriven',
  'TaskStateEntered', 'TaskStateExited', 'TaskStateAborted', 'TaskScheduled', 'TaskStarted', 'TaskSubmitted', 'TaskSucceeded',
  'TaskFailed', 'TaskTimedOut', 'TaskStartFailed', 'TaskSubmitFailed',
  'LambdaFunctionScheduled', 'LambdaFunctionStarted', 'LambdaFunctionSucceeded', 'LambdaFunctionFailed', 'LambdaFunctionTimedOut',
  'PassStateEntered', 'PassStateExited', 'ChoiceStateEntered', 'ChoiceStateExited', 'SucceedStateEntered', 'SucceedStateExited',
  'FailStateEntered', 'WaitStateEntered', 'WaitStateExited', 'WaitStateAborted',
  'ParallelStateEntered', 'ParallelStateStarted', 'ParallelStateSucceeded', 'ParallelStateFailed', 'ParallelStateAborted', 'ParallelStateExited',
  'MapStateEntered', 'MapStateStarted', 'MapStateSucceeded', 'MapStateFailed', 'MapStateAborted', 'MapStateExited',
  'MapIterationStarted', 'MapIterationSucceeded', 'MapIterationFailed', 'MapIterationAborted',
  'MapRunStarted', 'MapRunSucceeded', 'MapRunFailed', 'MapRunAborted', 'MapRunRedriven',
  'EvaluationFailed', 'LambdaFunctionScheduleFailed', 'LambdaFunctionStartFailed',
] as const;

/** The name of a history event, as AWS has it. */
export type EventType = (typeof types)[number];

/** AWS ends an execution when this event would be written: it is the ExecutionFailed itself. */
export const maxEvents = 25_000;

const codes = new Map<string, number>(types.map((type, code) => [type, code]));

/** An event as it is stored: `at` in ms, `details` as on the wire but without the `…Details: {truncated}` members. */
export interface HistoryEvent {
  readonly id: number;
  readonly previous: number;
  readonly at: number;
  readonly type: EventType;
  readonly details: JsonObject | undefined;
}

/** The small number that stands for an event type in the database. */
export const codeOf = (type: EventType): number => codes.get(type) ?? -1;

/** The event type of a stored number. */
export function typeOf(code: number): EventType {
  const type = types[code];
  if (!type) throw new Error(`unknown history event code ${code}`);
  return type;
}

/** A stored event in the shape of GetExecutionHistory; without execution data its inputs and outputs are left out. */
export function toWire(event: HistoryEvent, withData: boolean): JsonObject {
  const base = { timestamp: event.at / 1000, type: event.type, id: event.id, previousEventId: event.previous };
  const key = detailsKey(event.type);
  if (!key || !event.details) return base;
  return { ...base, [key]: dataDetails(event.details, withData) };
}

const withoutDetails = new Set<EventType>([
  'ParallelStateStarted', 'ParallelStateSucceeded', 'ParallelStateFailed', 'MapStateSucceeded', 'MapStateFailed',
  'TaskStateAborted', 'WaitStateAborted', 'ParallelStateAborted', 'MapStateAborted', 'LambdaFunctionStarted',
  'MapRunSucceeded', 'MapRunAborted',
]);

function detailsKey(type: EventType): string | undefined {
  if (withoutDetails.has(type)) return undefined;
  if (type.endsWith('StateEntered')) return 'stateEnteredEventDetails';
  if (type.endsWith('StateExited')) return 'stateExitedEventDetails';
  return `${type.charAt(0).toLowerCase()}${type.slice(1)}EventDetails`;
}

const data = ['input', 'output', 'assignedVariables'] as const;

function dataDetails(details: JsonObject, withData: boolean): JsonObject {
  const shown: Record<string, unknown> = { ...details };
  if (!withData) {
    for (const name of [...data, 'parameters', 'cause', 'error']) delete shown[name];
    return shown;
  }
  for (const name of data) if (name in details) shown[`${name}Details`] = { truncated: false };
  return shown;
}
