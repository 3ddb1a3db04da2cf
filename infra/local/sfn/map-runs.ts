import { randomUUID } from 'node:crypto';
import { type ArnHome, executionArn } from './arns.ts';
import type { Database } from './database.ts';
import { StateFailure } from './errors.ts';
import { evaluate } from './evaluate.ts';
import { type ExecutionRow, executionById, insertExecution } from './executions.ts';
import { type Batching, batchesOf, type ChildInput } from './item-batcher.ts';
import { type ReaderPlan, readItems } from './item-reader.ts';
import type { Engine, MapRuns } from './parts.ts';
import type { Surroundings } from './ports.ts';
import { type Counts, countsOf, isOverThreshold, type MapRunRow, type Tally, tallyNames } from './map-run-rows.ts';
import { type ChildResult, rowsOf, type WriterPlan, writeResults } from './result-writer.ts';
import type { MapRunWish } from './run.ts';
import { describeChild } from './status.ts';
import type { MapRunOutcome } from './step-map.ts';
import { type JsonObject, maxPayloadBytes, parseJson, withText } from './values.ts';

interface Plan {
  readonly input: unknown;
  readonly enteredAt: number;
  readonly enteredId: number;
  readonly vars: Readonly<Record<string, unknown>>;
  readonly batching: Batching | null;
  readonly reader: ReaderPlan | null;
  readonly writer: WriterPlan | null;
}

// AWS allows 10,000 children at a time; one machine is served better by fewer.
const maxChildren = 1_000;

/** Opens the map runs of a database. */
export function openMapRuns(db: Database, around: Surroundings, home: ArnHome, engine: Engine): MapRuns {
  // Counting 100,000 rows for each child that ends would make a run's time quadratic: they are counted once, then kept.
  const tallies = new Map<number, Tally>();
  const tallyOf = (id: number): Tally => {
    let tally = tallies.get(id);
    if (!tally) tallies.set(id, (tally = countsOf(db, id)));
    return tally;
  };
  const move = (id: number, from: keyof Tally, to: keyof Tally, items: number) => {
    const tally = tallyOf(id);
    tally[from] = { executions: tally[from].executions - 1, items: tally[from].items - items };
    tally[to] = { executions: tally[to].executions + 1, items: tally[to].items + items };
  };
  const get = (id: number) => db.get<MapRunRow>('SELECT * FROM map_runs WHERE id = ?', id);
  const scheduled = new Set<number>();

  const create = (execution: ExecutionRow, wish: MapRunWish): number => {
    const id = db.run(
      `INSERT INTO map_runs (arn, execution, frame, nonce, state, label, place, phase, status, plan, max_concurrency, tolerated_count, tolerated_percentage, started)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'RUNNING', ?, ?, ?, ?, ?)`,
      wish.arn, execution.id, wish.frame, wish.nonce, wish.state, wish.label, wish.place, wish.inputs ? 'running' : 'reading',
      JSON.stringify(wish.plan), wish.maxConcurrency, wish.toleratedCount, wish.toleratedPercentage, around.clock.now(),
    );
    for (const [position, input] of (wish.inputs ?? []).entries()) insertItem(id, position, input);
    return id;
  };

  const insertItem = (id: number, position: number, { input, items }: ChildInput) =>
    db.run("INSERT INTO map_items (map_run, position, items, input, status) VALUES (?, ?, ?, ?, 'PENDING')", id, position, items, input);

  const start = (id: number) => {
    const row = get(id);
    if (row?.status !== 'RUNNING') return;
    if (row.phase === 'reading') void engine.track(read(row)).catch((error: unknown) => around.onError?.(error));
    else advance(id);
  };

  const read = async (row: MapRunRow) => {
    const plan = JSON.parse(row.plan) as Plan;
    const parent = executionById(db, row.execution);
    if (!plan.reader || !parent) return;
    db.run('DELETE FROM map_items WHERE map_run = ?', row.id);
    try {
      const items = pick(row, parent, plan, readItems(around.integrations, plan.reader, parent.role_arn));
      let position = 0;
      for await (const input of batchesOf(items, plan.batching)) {
        insertItem(row.id, position++, input);
        if (position % 2_000 === 0) await db.committed();
      }
      db.run("UPDATE map_runs SET phase = 'running' WHERE id = ?", row.id);
      tallies.delete(row.id);
      advance(row.id);
    } catch (error) {
      if (!(error instanceof StateFailure)) throw error;
      const { error: name = 'States.ItemReaderFailed', cause = '' } = error.failure;
      end(row, { error: name, cause });
    }
  };

  /** The items, or what ItemSelector makes of each. */
  const pick = (row: MapRunRow, parent: ExecutionRow, plan: Plan, items: AsyncIterable<unknown>): AsyncIterable<unknown> => {
    const selector = engine.machineOf(parent.definition).graphs.get(row.place.split('/').slice(0, -2).join('/'))?.States[row.state]?.ItemSelector;
    return selector === undefined ? items : select(row, parent, plan, { items, selector });
  };

  async function* select(row: MapRunRow, parent: ExecutionRow, plan: Plan, { items, selector }: { items: AsyncIterable<unknown>; selector: unknown }): AsyncGenerator<unknown> {
    let Index = 0;
    for await (const Value of items) {
      const context = { ...parentContext(parent, row, plan), Map: { Item: { Index, Value } } };
      const states = { input: plan.input, context };
      yield await evaluate({ stateName: row.state, enteredId: plan.enteredId, now: around.clock.now(), states, variable: (name) => plan.vars[name] }, 'ItemSelector', selector);
      Index += 1;
    }
  }

  /** Starts children up to the limit, or goes over to the end; at most once a turn of the event loop. */
  const advance = (id: number) => {
    if (scheduled.has(id)) return;
    scheduled.add(id);
    void engine.track(
      new Promise<void>((resolve) =>
        setImmediate(() => {
          scheduled.delete(id);
          step(id);
          resolve();
        }),
      ),
    ).catch((error: unknown) => around.onError?.(error));
  };

  const step = (id: number) => {
    const row = get(id);
    if (row?.status !== 'RUNNING' || row.phase === 'reading' || row.phase === 'writing') return;
    const counts = tallyOf(id);
    if (row.phase === 'running' && isOverThreshold(row, counts)) {
      db.run("UPDATE map_runs SET phase = 'ending' WHERE id = ?", id);
      stopChildren(id);
      return advance(id);
    }
    if (row.phase === 'running' && counts.pending.executions > 0) return startChildren(row, counts);
    if (counts.running.executions > 0) return;
    db.run("UPDATE map_runs SET phase = 'writing' WHERE id = ?", id);
    void engine.track(write(row, counts)).catch((error: unknown) => around.onError?.(error));
  };

  const startChildren = (row: MapRunRow, counts: Counts) => {
    const room = Math.min(row.max_concurrency || maxChildren, maxChildren) - counts.running.executions;
    const parent = executionById(db, row.execution);
    if (room <= 0 || !parent) return;
    const pending = db.all<{ position: number; input: string; items: number }>(
      "SELECT position, input, items FROM map_items WHERE map_run = ? AND status = 'PENDING' ORDER BY position LIMIT ?", row.id, room,
    );
    for (const item of pending) startChild(row, parent, item);
  };

  const startChild = (row: MapRunRow, parent: ExecutionRow, { position, input, items }: { position: number; input: string; items: number }) => {
    const name = randomUUID();
    const machine = `${parent.machine_arn.split(':')[6]?.split('/')[0] ?? ''}/${row.label}`;
    const graph = engine.machineOf(parent.definition).graphs.get(row.place);
    const id = insertExecution(db, {
      arn: executionArn(home, machine, name),
      machine: parent.machine,
      machineArn: `${parent.machine_arn.split('/')[0] ?? ''}/${row.label}`,
      name,
      definition: parent.definition,
      roleArn: parent.role_arn,
      versionArn: null,
      aliasArn: null,
      revision: parent.revision,
      input,
      started: around.clock.now(),
      deadline: null,
      trace: null,
      place: row.place,
      startAt: graph?.StartAt ?? '',
      mapRun: { id: row.id, index: position, items },
    });
    db.run("UPDATE map_items SET status = 'RUNNING', execution = ? WHERE map_run = ? AND position = ?", id, row.id, position);
    move(row.id, 'pending', 'running', items);
    engine.deliver(id, { kind: 'go' });
  };

  const stopChildren = (id: number) => {
    for (const { execution } of db.all<{ execution: number }>("SELECT execution FROM map_items WHERE map_run = ? AND status = 'RUNNING'", id)) {
      engine.deliver(execution, { kind: 'stop' });
    }
  };

  /** Gathers or writes the results and tells the parent. Done again after a kill: the same keys are written over. */
  const write = async (row: MapRunRow, counts: Counts) => {
    const plan = JSON.parse(row.plan) as Plan;
    const parent = executionById(db, row.execution);
    const failure = isOverThreshold(row, counts) ? { error: 'States.ExceedToleratedFailureThreshold', cause: 'The specified tolerated failure threshold was exceeded' } : undefined;
    try {
      if (plan.writer?.bucket && parent) {
        const { result, written } = await writeResults(around.integrations, plan.writer, parent.role_arn, row.arn, childrenOf(row.id));
        db.run('UPDATE map_runs SET written = ? WHERE id = ?', written, row.id);
        return end(row, failure ?? { result });
      }
      end(row, failure ?? { result: gather(row, plan.writer) });
    } catch (error) {
      if (!(error instanceof StateFailure)) throw error;
      const { error: name = 'States.ResultWriterFailed', cause = '' } = error.failure;
      end(row, { error: name, cause });
    }
  };

  /** The results as one array; it stops growing once it is over AWS's limit, which fails the Map anyway. */
  const gather = (row: MapRunRow, writer: WriterPlan | null): unknown => {
    const plan = writer ?? { bucket: null, prefix: '', transformation: 'COMPACT' as const, outputType: 'JSON' as const };
    const rows: string[] = [];
    let size = 0;
    for (const child of childrenOf(row.id)) {
      const texts = child.status === 'SUCCEEDED' ? rowsOf(plan, child) : [JSON.stringify({ Error: child.details.Error, Cause: child.details.Cause })];
      rows.push(...texts);
      for (const text of texts) size += text.length;
      if (size > 2 * maxPayloadBytes) break;
    }
    const text = `[${rows.join(',')}]`;
    return withText(JSON.parse(text) as unknown, text);
  };

  function* childrenOf(id: number): Generator<ChildResult> {
    for (let after = -1; ; ) {
      const page = db.all<{ position: number; execution: number }>(
        'SELECT position, execution FROM map_items WHERE map_run = ? AND position > ? AND execution IS NOT NULL ORDER BY position LIMIT 500', id, after,
      );
      for (const { execution } of page) {
        const child = executionById(db, execution);
        if (child) yield { status: child.status, output: child.output, details: { ...describeChild(child, false), RedriveCount: child.redrives } };
      }
      if (page.length < 500) return;
      after = page.at(-1)?.position ?? after;
    }
  }

  /** Ends the run and tells the Map state; both are stored by the parent's turn or not at all. */
  const end = (row: MapRunRow, outcome: MapRunOutcome) => engine.deliver(row.execution, { kind: 'mapRun', frame: row.frame, mapRun: row.id, outcome });

  return {
    create,
    start,
    advance,
    childClosed: (id, position, status, items) => {
      move(id, 'running', tallyNames[status as keyof typeof tallyNames], items);
      db.run('UPDATE map_items SET status = ? WHERE map_run = ? AND position = ?', status, id, position);
      advance(id);
    },
    abort: (id) => {
      db.run("UPDATE map_runs SET status = 'ABORTED', phase = 'done', stopped = ? WHERE id = ? AND status = 'RUNNING'", around.clock.now(), id);
      stopChildren(id);
    },
    redrive: (id, now) => {
      db.run("UPDATE map_runs SET status = 'RUNNING', phase = CASE WHEN EXISTS (SELECT 1 FROM map_items WHERE map_run = ?) THEN 'running' ELSE 'reading' END, stopped = NULL, redrives = redrives + 1, redriven = ? WHERE id = ?", id, now, id);
      db.run("UPDATE map_items SET status = 'PENDING', execution = NULL WHERE map_run = ? AND status <> 'SUCCEEDED'", id);
      tallies.delete(id);
      start(id);
    },
    recover: () => {
      db.run("UPDATE map_runs SET phase = 'running' WHERE status = 'RUNNING' AND phase = 'writing'");
      for (const { id } of db.all<{ id: number }>("SELECT id FROM map_runs WHERE status = 'RUNNING'")) start(id);
    },
  };
}

function parentContext(parent: ExecutionRow, row: MapRunRow, plan: Plan): JsonObject {
  return {
    Execution: { Id: parent.arn, Input: parseJson(parent.input), StartTime: new Date(parent.started).toISOString(), Name: parent.name, RoleArn: parent.role_arn, RedriveCount: parent.redrives },
    StateMachine: { Id: parent.machine_arn, Name: parent.machine_arn.split(':')[6] ?? '' },
    State: { Name: row.state, EnteredTime: new Date(plan.enteredAt).toISOString(), RetryCount: 0 },
  };
}
