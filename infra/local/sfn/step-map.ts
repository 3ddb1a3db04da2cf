import { randomUUID } from 'node:crypto';
import { mapRunArn } from './arns.ts';
import { innerPlace, isDistributed, type State } from './definition.ts';
import { errorNames, StateFailure } from './errors.ts';
import { evaluate, evaluateAs, evaluateInteger, queryFailure } from './evaluate.ts';
import { abandonInside, complete, fail } from './flow.ts';
import { type Frame, type MapDoing, newFrame } from './frames.ts';
import { batchesOf, readBatching } from './item-batcher.ts';
import { planReader } from './item-reader.ts';
import { planWriter } from './result-writer.ts';
import { type Run, checkSize, emit, graphOf, scopeOf, stateOf } from './run.ts';
import { arrayOf, textOf } from './values.ts';

/** Starts a Map: iterations inside the execution, or a map run of child executions. */
export async function beginMap(run: Run, frame: Frame, state: State): Promise<void> {
  if (isDistributed(state)) return beginMapRun(run, frame, state);
  const items = await itemsOf(run, frame, state);
  const limit = await concurrencyOf(run, frame, state);
  const started = emit(run, 'MapStateStarted', { length: items.length }, frame.previous);
  frame.previous = started;
  const doing: MapDoing = { kind: 'map', items, limit, next: 0, results: items.map(() => null) };
  frame.doing = doing;
  await advanceMap(run, frame, doing);
}

// AWS runs at most 40 inline iterations at a time.
const maxInline = 40;

async function concurrencyOf(run: Run, frame: Frame, state: State): Promise<number> {
  const asked = (await evaluateInteger(scopeOf(run, frame), 'MaxConcurrency', state.MaxConcurrency, 0)) ?? 0;
  return asked === 0 ? maxInline : Math.min(asked, maxInline);
}

async function itemsOf(run: Run, frame: Frame, state: State): Promise<readonly unknown[]> {
  const scope = scopeOf(run, frame);
  if (state.Items !== undefined) return (await evaluateAs(scope, 'Items', state.Items, 'array')) as readonly unknown[];
  if (Array.isArray(frame.input)) return frame.input;
  throw queryFailure(scope, `Map state input must be an array but was: ${textOf(frame.input)}`);
}

/** Starts the iterations that may run now, or leaves the Map after the last one. */
export async function advanceMap(run: Run, frame: Frame, doing: MapDoing): Promise<void> {
  const state = stateOf(run, frame);
  try {
    while (doing.next < doing.items.length && openIterations(run, frame) < doing.limit) await startIteration(run, frame, state, doing);
  } catch (error) {
    if (error instanceof StateFailure) abandonInside(run, frame);
    throw error;
  }
  const values: unknown[] = [];
  for (const result of doing.results) {
    if (!result) return;
    values.push(result.value);
  }
  const result = arrayOf(values);
  frame.previous = doing.succeededId ?? frame.previous;
  emit(run, 'MapStateSucceeded', undefined, frame.previous);
  await complete(run, frame, { states: { result }, assign: state.Assign, output: state.Output, fallback: result, next: state.Next });
}

function openIterations(run: Run, frame: Frame): number {
  let open = 0;
  for (const other of run.doc.frames.values()) if (other.parent === frame.id) open++;
  return open;
}

async function startIteration(run: Run, frame: Frame, state: State, doing: MapDoing): Promise<void> {
  const slot = doing.next++;
  const item = { index: slot, value: doing.items[slot] };
  const input = await selected(run, frame, state, item);
  const started = emit(run, 'MapIterationStarted', { name: frame.state, index: slot }, frame.previous);
  const place = innerPlace(frame.place, frame.state, '*');
  const graph = graphOf(run, { ...frame, place });
  const id = run.doc.nextFrame++;
  run.doc.frames.set(id, newFrame({ id, parent: frame.id, slot, place, state: graph.StartAt, input, previous: started, item }));
  run.ready.push(id);
}

/** One iteration's input: the item, or what ItemSelector makes of it. */
async function selected(run: Run, frame: Frame, state: State, item: { index: number; value: unknown }): Promise<unknown> {
  if (state.ItemSelector === undefined) return item.value;
  const scope = scopeOf(run, frame, {}, { Map: { Item: { Index: item.index, Value: item.value } } });
  return evaluate(scope, 'ItemSelector', state.ItemSelector);
}

async function beginMapRun(run: Run, frame: Frame, state: State): Promise<void> {
  const items = state.ItemReader ? undefined : await itemsOf(run, frame, state);
  const scope = scopeOf(run, frame);
  const tolerance = await toleranceOf(run, frame, state);
  const maxConcurrency = (await evaluateInteger(scope, 'MaxConcurrency', state.MaxConcurrency, 0)) ?? 0;
  const batching = await readBatching(scope, state);
  const plan = {
    input: frame.input,
    enteredAt: frame.enteredAt,
    enteredId: frame.enteredId,
    retryCount: frame.retryCount,
    vars: visibleVariables(run, frame),
    batching,
    reader: state.ItemReader ? await planReader(scope, state.ItemReader) : null,
    writer: state.ResultWriter ? await planWriter(scope, state.ResultWriter) : null,
  };
  const inputs = items && (await childInputs(run, frame, state, items, batching));
  const label = state.Label ?? randomUUID();
  const nonce = randomUUID();
  const arn = mapRunArn(run.home, machineName(run), label, nonce);
  const started = emit(run, 'MapStateStarted', { length: items?.length ?? 0 }, frame.previous);
  const startedId = emit(run, 'MapRunStarted', { mapRunArn: arn }, started);
  frame.previous = startedId;
  frame.doing = { kind: 'mapRun', mapRun: 0, arn, startedId };
  const place = innerPlace(frame.place, frame.state, '*');
  run.mapRuns.push({ frame: frame.id, nonce, state: frame.state, label, place, arn, maxConcurrency, ...tolerance, plan, inputs });
}

async function childInputs(run: Run, frame: Frame, state: State, items: readonly unknown[], batching: Awaited<ReturnType<typeof readBatching>>) {
  const picked = async function* () {
    for (const [index, value] of items.entries()) yield await selected(run, frame, state, { index, value });
  };
  return Array.fromAsync(batchesOf(picked(), batching));
}

const machineName = (run: Run) => run.facts.machineArn.split(':')[6]?.split('/')[0] ?? '';

/** All variables that a frame sees: an item's selector is evaluated later, when the frame may be gone. */
function visibleVariables(run: Run, frame: Frame): Record<string, unknown> {
  const parent = frame.parent === null ? undefined : run.doc.frames.get(frame.parent);
  return { ...(parent ? visibleVariables(run, parent) : {}), ...frame.vars };
}

async function toleranceOf(run: Run, frame: Frame, state: State): Promise<{ toleratedCount: number; toleratedPercentage: number }> {
  const scope = scopeOf(run, frame);
  const toleratedCount = (await evaluateInteger(scope, 'ToleratedFailureCount', state.ToleratedFailureCount, 0)) ?? 0;
  const field = 'ToleratedFailurePercentage';
  const toleratedPercentage = state[field] === undefined ? 0 : ((await evaluateAs(scope, field, state[field], 'number')) as number);
  if (toleratedPercentage >= 0 && toleratedPercentage <= 100) return { toleratedCount, toleratedPercentage };
  throw queryFailure(scope, `The field '${field}' must be from 0 to 100 but was: ${toleratedPercentage}`, field);
}

/** How a map run ended, for the Map state that waits for it. */
export type MapRunOutcome = { readonly result: unknown } | { readonly error: string; readonly cause: string };

/** The map run has ended: leaves the Map, or fails it. */
export async function endMapRun(run: Run, frame: Frame, outcome: MapRunOutcome): Promise<void> {
  const started = frame.doing.kind === 'mapRun' ? frame.doing.startedId : frame.previous;
  if ('error' in outcome) {
    frame.previous = emit(run, 'MapRunFailed', outcome, started);
    return fail(run, frame, outcome);
  }
  try {
    const succeeded = emit(run, 'MapRunSucceeded', undefined, started);
    checkSize(frame.state, outcome.result);
    emit(run, 'MapStateSucceeded', undefined, succeeded);
    const { Assign: assign, Output: output, Next: next } = stateOf(run, frame);
    await complete(run, frame, { states: { result: outcome.result }, assign, output, fallback: outcome.result, next });
  } catch (error) {
    if (!(error instanceof StateFailure)) throw error;
    await fail(run, frame, error.failure);
  }
}

/** A map run that a redrive took up again has nothing to do here: its end comes as a message. */
export async function resumeMapRun(run: Run, frame: Frame): Promise<void> {
  if (frame.doing.kind !== 'mapRun') throw new Error(`${errorNames.runtime}: ${run.facts.arn} has no map run in frame ${frame.id}`);
}
