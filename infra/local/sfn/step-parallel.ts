import { innerPlace, type State } from './definition.ts';
import { evaluate } from './evaluate.ts';
import { complete } from './flow.ts';
import { type Doing, type Frame, newFrame } from './frames.ts';
import { type Run, checkSize, emit, scopeOf, stateOf } from './run.ts';
import { arrayOf } from './values.ts';

/** Starts every branch of a Parallel with the state's input or its Arguments. */
export async function beginParallel(run: Run, frame: Frame, state: State): Promise<void> {
  const input = state.Arguments === undefined ? frame.input : await evaluate(scopeOf(run, frame), 'Arguments', state.Arguments);
  checkSize(frame.state, input);
  const started = emit(run, 'ParallelStateStarted', undefined, frame.previous);
  frame.previous = started;
  const branches = state.Branches ?? [];
  frame.doing = { kind: 'parallel', results: branches.map(() => null) };
  for (const [slot, branch] of branches.entries()) {
    const id = run.doc.nextFrame++;
    const place = innerPlace(frame.place, frame.state, slot);
    run.doc.frames.set(id, newFrame({ id, parent: frame.id, slot, place, state: branch.StartAt, input, previous: started }));
    run.ready.push(id);
  }
}

/** Leaves a Parallel when its last branch has ended. */
export async function advanceParallel(run: Run, frame: Frame, doing: Extract<Doing, { kind: 'parallel' }>): Promise<void> {
  const values: unknown[] = [];
  for (const result of doing.results) {
    if (!result) return;
    values.push(result.value);
  }
  const result = arrayOf(values);
  const { Assign: assign, Output: output, Next: next } = stateOf(run, frame);
  emit(run, 'ParallelStateSucceeded', undefined, frame.previous);
  await complete(run, frame, { states: { result }, assign, output, fallback: result, next });
}
