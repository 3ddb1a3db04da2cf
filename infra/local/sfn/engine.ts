import type { ArnHome } from './arns.ts';
import { type OwnApi, callResource } from './calls.ts';
import type { Database } from './database.ts';
import { type Loaded, openDefinitions, openDocuments } from './documents.ts';
import { WireError } from './errors.ts';
import { type ExecutionRow, docOf, executionByArn, executionById, factsOf, storeClosing, storeTurn } from './executions.ts';
import type { TaskDoing } from './frames.ts';
import { concludeMapRun } from './map-run-rows.ts';
import type { Engine, MapRuns } from './parts.ts';
import type { Surroundings } from './ports.ts';
import { type Closing, type Run, closeFailed } from './run.ts';
import { childAnswer, statusChange } from './status.ts';
import type { Tokens } from './tokens.ts';
import { type Ack, type Message, takeTurn, tokenIsOver } from './turn.ts';

/** What the engine is made of; map runs and the own API are opened after it and need it themselves. */
export interface EngineParts {
  readonly db: Database;
  readonly around: Surroundings;
  readonly home: ArnHome;
  readonly tokens: Tokens;
  readonly mapRuns: () => MapRuns;
  readonly own: OwnApi;
}

// Calls under way at once; the rest wait their turn.
const maxCalls = 256;
// A turn may hold the event loop this long, in ms.
const maxHold = 8;

/** Opens the engine over a database. */
export function openEngine({ db, around, home, tokens, mapRuns, own }: EngineParts): Engine {
  const inboxes = new Map<number, Message[]>();
  const documents = openDocuments(db);
  const machineOf = openDefinitions(db);
  const waitingCalls: (() => void)[] = [];
  const idle: (() => void)[] = [];
  const drained: (() => void)[] = [];
  let inFlight = 0;
  let calling = 0;
  let isPumping = false;
  let isClosed = false;
  let heldSince = performance.now();

  const pause = async () => {
    if (performance.now() - heldSince < maxHold) return;
    await new Promise((resolve) => setImmediate(resolve));
    heldSince = performance.now();
  };

  const deliver = (execution: number, message: Message) => {
    if (isClosed) return;
    const inbox = inboxes.get(execution);
    if (inbox) inbox.push(message);
    else inboxes.set(execution, [message]);
    if (isPumping) return;
    isPumping = true;
    void pump();
  };

  const pump = async () => {
    await new Promise((resolve) => setImmediate(resolve));
    heldSince = performance.now();
    for (;;) {
      const next = inboxes.entries().next();
      if (next.done || isClosed) break;
      const [execution, messages] = next.value;
      inboxes.delete(execution);
      await process(execution, messages);
      await pause();
    }
    isPumping = false;
    for (const tell of drained.splice(0)) tell();
    tellIdle();
  };

  const tellIdle = () => {
    if (isPumping || inFlight > 0 || inboxes.size > 0 || idle.length === 0) return;
    void tellWhenStored();
  };

  const tellWhenStored = async () => {
    await db.committed();
    if (!isPumping && inFlight === 0 && inboxes.size === 0) for (const tell of idle.splice(0)) tell();
  };

  const track = async <T>(work: Promise<T>): Promise<T> => {
    inFlight++;
    try {
      return await work;
    } finally {
      inFlight--;
      tellIdle();
    }
  };

  const process = async (execution: number, messages: readonly Message[]) => {
    const it = documents.load(execution);
    if (!it) return refuse(execution, messages);
    const run = newRun(it);
    const acks = messages.flatMap((message) => ('ack' in message && message.ack ? [message.ack] : []));
    try {
      await takeTurn(run, messages, pause);
    } catch (error) {
      around.onError?.(error);
      closeFailed(run, { error: 'States.Runtime', cause: `Internal error: ${(error as Error).message}` }, run.doc.nextEvent - 1);
    }
    for (const message of messages) if (message.kind === 'mapRun') concludeMapRun(db, message.mapRun, message.outcome, run.now);
    const effects = store(it, run);
    // The pump goes on: turns that end in the same moment share one commit.
    void track(whenStored(acks, effects));
  };

  const whenStored = async (acks: readonly Ack[], effects: readonly (() => void)[]) => {
    try {
      await db.committed();
    } catch (error) {
      for (const ack of acks) ack.reject(error);
      return;
    }
    for (const ack of acks) ack.resolve();
    if (!isClosed) for (const effect of effects) attempt(effect);
  };

  const attempt = (effect: () => void) => {
    try {
      effect();
    } catch (error) {
      around.onError?.(error);
    }
  };

  const refuse = (execution: number, messages: readonly Message[]) => {
    db.run('DELETE FROM timers WHERE execution = ?', execution);
    for (const message of messages) {
      if (message.kind === 'token') message.ack.reject(tokenIsOver());
      else if ('ack' in message) message.ack?.resolve();
    }
  };

  const newRun = ({ row, doc }: Loaded): Run => ({
    home,
    facts: factsOf(row),
    machine: machineOf(row.definition),
    doc,
    now: around.clock.now(),
    events: [],
    ready: [],
    scheduled: [],
    calls: [],
    orphans: [],
    mapRuns: [],
    abandonedMapRuns: [],
    redrivenMapRuns: [],
    startedBy: { ...(row.alias_arn === null ? {} : { stateMachineAliasArn: row.alias_arn }), ...(row.version_arn === null ? {} : { stateMachineVersionArn: row.version_arn }) },
    makeToken: (frame, nonce) => tokens.make({ execution: row.id, frame, nonce }),
    closing: undefined,
  });

  /** Writes a turn, in one stretch without awaiting, so that it is one transaction's; answers what to do once it is on disk. */
  const store = (it: Loaded, run: Run): (() => void)[] => {
    const { row, doc } = it;
    const effects: (() => void)[] = [
      ...run.abandonedMapRuns.map((id) => () => mapRuns().abort(id)),
      ...run.orphans.map((arn) => () => stopChild(arn)),
    ];
    for (const id of run.redrivenMapRuns) mapRuns().redrive(id, run.now);
    for (const wish of run.mapRuns) {
      const frame = doc.frames.get(wish.frame);
      if (frame?.doing.kind !== 'mapRun') continue;
      const mapRun = mapRuns().create(row, wish);
      frame.doing = { ...frame.doing, mapRun };
      effects.push(() => mapRuns().start(mapRun));
    }
    around.onTransitions?.(run.events.filter(({ type }) => type.endsWith('StateEntered')).length);
    if (run.closing) return [...effects, ...storeEnd(it, run, run.closing)];
    for (const id of run.calls) {
      const doing = doc.frames.get(id)?.doing;
      if (doing?.kind === 'task') effects.push(() => call(row, id, doing));
    }
    storeTurn(db, row.id, doc, run.events, it.armed);
    if (it.armed.size > 0) effects.push(() => around.onDueChanged?.());
    if (run.events[0]?.id === 1 && row.map_run === null) effects.push(() => around.onStatusChange?.(statusChange(row)));
    return effects;
  };

  const storeEnd = ({ row, doc }: Loaded, run: Run, closing: Closing): (() => void)[] => {
    storeClosing(db, { id: row.id, doc, events: run.events, closing, now: run.now });
    documents.forget(row.id);
    if (row.map_run !== null) {
      mapRuns().childClosed(row.map_run, row.map_index ?? 0, closing.status, row.item_count ?? 1);
      return [];
    }
    const started = run.events[0]?.id === 1 ? [() => around.onStatusChange?.(statusChange(row))] : [];
    return [...started, () => tellOfEnd(executionById(db, row.id) ?? row)];
  };

  const stopChild = (arn: string) => {
    const child = executionByArn(db, arn);
    if (child?.status === 'RUNNING') deliver(child.id, { kind: 'stop', cause: 'The execution that waited for this one has ended' });
  };

  const tellOfEnd = (row: ExecutionRow) => {
    around.onStatusChange?.(statusChange(row));
    if (row.parent !== null) deliver(row.parent, childMessage(row));
  };

  const childMessage = (row: ExecutionRow): Message => {
    const frame = row.parent_frame ?? 0;
    const doing = row.parent === null ? undefined : docOf(db, row.parent)?.frames.get(frame)?.doing;
    return { kind: 'child', frame, nonce: row.parent_nonce ?? '', answer: childAnswer(row, doing?.kind === 'task' && doing.resource.endsWith('.sync:2')) };
  };

  const call = (row: ExecutionRow, frame: number, task: TaskDoing) => {
    const start = () => {
      calling++;
      void track(callAndTell(row, frame, task)).finally(() => {
        calling--;
        waitingCalls.shift()?.();
      });
    };
    if (calling < maxCalls) start();
    else waitingCalls.push(start);
  };

  const callAndTell = async (row: ExecutionRow, frame: number, task: TaskDoing) => {
    const caller = { roleArn: row.role_arn, region: home.region, arn: row.arn, startedBy: { execution: row.id, frame, nonce: task.nonce } };
    const answer = await callResource(around, own, caller, task);
    if (isClosed) return;
    deliver(row.id, { kind: 'answer', frame, nonce: task.nonce, answer });
    // A child that ended before its start was written down has told a task that did not yet wait for it.
    const childArn = 'output' in answer && task.resource.includes('.sync') ? (answer.output as { ExecutionArn?: string }).ExecutionArn : undefined;
    const child = childArn === undefined ? undefined : executionByArn(db, childArn);
    if (child && child.status !== 'RUNNING') deliver(row.id, { ...childMessage({ ...child, parent: row.id, parent_frame: frame, parent_nonce: task.nonce }) });
  };

  const wake = async (now: number) => {
    for (;;) {
      const due = db.all<{ execution: number }>('SELECT execution, MIN(due) AS first FROM timers WHERE due <= ? GROUP BY execution ORDER BY first LIMIT 1000', now);
      if (due.length === 0 || isClosed) return;
      for (const { execution } of due) deliver(execution, { kind: 'timer' });
      await new Promise<void>((resolve) => drained.push(resolve));
    }
  };

  const recover = () => {
    for (const { id } of db.all<{ id: number }>('SELECT id FROM executions WHERE busy = 1')) deliver(id, { kind: 'go' });
    const ended = db.all<{ id: number }>(
      "SELECT c.id FROM executions c JOIN executions p ON p.id = c.parent WHERE c.parent IS NOT NULL AND c.status <> 'RUNNING' AND p.status = 'RUNNING'",
    );
    for (const { id } of ended) {
      const child = executionById(db, id);
      if (child?.parent) deliver(child.parent, childMessage(child));
    }
    mapRuns().recover();
  };

  return {
    deliver,
    recover,
    wake,
    track,
    machineOf,
    settled: () =>
      new Promise((resolve) => {
        idle.push(resolve);
        tellIdle();
      }),
    reopen: (execution) => documents.forget(execution),
    close: async () => {
      isClosed = true;
      for (const messages of inboxes.values()) for (const message of messages) if ('ack' in message) message.ack?.reject(new WireError('ServiceUnavailable', 'Step Functions is closing'));
      inboxes.clear();
      waitingCalls.length = 0;
      await db.committed();
    },
  };
}
