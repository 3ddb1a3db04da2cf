import { isObject, type JsonObject } from './values.ts';

/** One state of a definition, checked when it was created; its fields are read by the step that runs it. */
export interface State {
  readonly Type: 'Task' | 'Pass' | 'Choice' | 'Wait' | 'Succeed' | 'Fail' | 'Parallel' | 'Map';
  readonly Next?: string;
  readonly End?: boolean;
  readonly Resource?: string;
  readonly Arguments?: unknown;
  readonly Assign?: JsonObject;
  readonly Output?: unknown;
  readonly Retry?: readonly Retrier[];
  readonly Catch?: readonly Catcher[];
  readonly TimeoutSeconds?: unknown;
  readonly HeartbeatSeconds?: unknown;
  readonly Seconds?: unknown;
  readonly Timestamp?: unknown;
  readonly Error?: unknown;
  readonly Cause?: unknown;
  readonly Choices?: readonly Rule[];
  readonly Default?: string;
  readonly Branches?: readonly Graph[];
  readonly Items?: unknown;
  readonly ItemProcessor?: Graph & { readonly ProcessorConfig?: { readonly Mode?: string; readonly ExecutionType?: string } };
  readonly ItemSelector?: unknown;
  readonly MaxConcurrency?: unknown;
  readonly ToleratedFailureCount?: unknown;
  readonly ToleratedFailurePercentage?: unknown;
  readonly ItemReader?: { readonly Resource: string; readonly Arguments?: unknown; readonly ReaderConfig?: JsonObject };
  readonly ItemBatcher?: JsonObject;
  readonly ResultWriter?: { readonly Resource?: string; readonly Arguments?: unknown; readonly WriterConfig?: JsonObject };
  readonly Label?: string;
}

/** One entry of Retry. */
export interface Retrier {
  readonly ErrorEquals: readonly string[];
  readonly IntervalSeconds?: number;
  readonly MaxAttempts?: number;
  readonly BackoffRate?: number;
  readonly MaxDelaySeconds?: number;
  readonly JitterStrategy?: 'FULL' | 'NONE';
}

/** One entry of Catch. */
export interface Catcher {
  readonly ErrorEquals: readonly string[];
  readonly Next: string;
  readonly Assign?: JsonObject;
  readonly Output?: unknown;
}

/** One rule of a Choice. */
export interface Rule {
  readonly Condition: unknown;
  readonly Next: string;
  readonly Assign?: JsonObject;
  readonly Output?: unknown;
}

/** A flow of states: the whole machine, a branch, or an item processor. */
export interface Graph {
  readonly StartAt: string;
  readonly States: Readonly<Record<string, State>>;
}

/** A definition ready to run: its flows by place (`''` for the machine's own), and the machine's TimeoutSeconds. */
export interface Machine {
  readonly graphs: ReadonlyMap<string, Graph>;
  readonly timeoutSeconds: number | undefined;
}

/** The place of a flow inside a state: `Fork/0` for a branch, `Each/*` for an item processor. */
export const innerPlace = (place: string, state: string, slot: number | '*') => `${place}/${encodeURIComponent(state)}/${slot}`;

/** Reads a definition that was validated. */
export function readDefinition(text: string): Machine {
  const root = JSON.parse(text) as Graph & { TimeoutSeconds?: number };
  const graphs = new Map<string, Graph>();
  collect('', root, graphs);
  return { graphs, timeoutSeconds: root.TimeoutSeconds };
}

function collect(place: string, graph: Graph, into: Map<string, Graph>): void {
  into.set(place, graph);
  for (const [name, state] of Object.entries(graph.States)) {
    for (const [slot, branch] of (state.Branches ?? []).entries()) collect(innerPlace(place, name, slot), branch, into);
    if (state.ItemProcessor) collect(innerPlace(place, name, '*'), state.ItemProcessor, into);
  }
}

/** Whether a Map runs its items as child executions. */
export const isDistributed = (state: State) => isObject(state.ItemProcessor?.ProcessorConfig) && state.ItemProcessor.ProcessorConfig.Mode === 'DISTRIBUTED';
