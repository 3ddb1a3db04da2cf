import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from '../clock.ts';
import type { StreamReader, StreamRecord } from '../dynamodb/stream.ts';
import { checkPattern, matches } from '../events/pattern.ts';
import type { EventSourceModel } from '../template/model.ts';
import type { Functions } from './functions.ts';

/** A stream being read on behalf of a function. */
export interface EventSource {
  /** Something may have been written: look now. */
  nudge(): void;
  /** Reads until nothing is left; resolves then. Rejects when the stream cannot be read. */
  drain(): Promise<void>;
  busy(): boolean;
  stop(): Promise<void>;
}

/** What an event source needs from the cloud. */
export interface EventSourceHost {
  readonly clock: Clock;
  readonly functions: Functions;
  position(key: string): string | undefined;
  setPosition(key: string, position: string): void;
  /** Where given-up batches go (`DestinationConfig.OnFailure`). */
  giveUp(arn: string, report: string): void;
}

/** Without a nudge the stream is looked at this often, in ms: somebody may write past the cloud's own door. */
const idlePollMs = 250;
const longestBackOffMs = 5000;
/** Looks at the stream are at least this far apart, in ms: under load one look finds what many invocations wrote, and its records go out together. */
const lookApartMs = 15;
/** And this many times as far as the last one took: on a busy machine looks take longer, and what they find waits together instead. */
const lookShare = 12;
/** But no further than AWS has them, which looks four times a second, and that far while invocations wait for a thread: whoever waits for an answer goes first. */
const busyApartMs = 250;
/** More than a batch is read at once, because most records may be filtered away; but a page is in memory as text and as objects together, and long pages outlive the young generation: in pages of 1,000 they were most of what the cloud's heap grew by. */
const readLimit = 200;
/** A function works on the records of a batch side by side; below this many a further invocation costs more than it saves. */
const recordsWorthALane = 8;
/** A page of at most this many records counts as the last one until the next nudge. */
const shortPage = 50;

/** Under which name the position of a mapping is kept. */
export const streamKey = (id: string): string => `stream ${id}`;

/** Starts reading; continues after the last batch that was taken, so that records survive any crash (at least once). */
export async function openEventSource(model: EventSourceModel, stream: StreamReader, host: EventSourceHost): Promise<EventSource> {
  const key = streamKey(model.id);
  // A batching window gathers what comes in it: the next look waits that long. A drain does not wait.
  const leastApartMs = Math.max(lookApartMs, model.windowSeconds * 1000);
  let apartMs = leastApartMs;
  for (const pattern of model.filters) checkPattern(pattern, `event source ${model.id}`);
  stream.from(await startOf(model, stream, host, key));
  const abort = new AbortController();
  let running: Promise<void> | undefined;
  let again = false;
  let toTheEnd = false;
  let timer: NodeJS.Timeout | undefined;
  let lookedAt = -Infinity;
  const drainsOn = () => again && toTheEnd;
  const read = async (): Promise<void> => {
    do {
      again = false;
      lookedAt = performance.now();
      const first = await stream.next(readLimit);
      apartMs = Math.max(leastApartMs, Math.min(busyApartMs, lookShare * (performance.now() - lookedAt)));
      for (let records = first; records.length > 0; records = await stream.next(readLimit)) {
        await handRecords(model, records, host, { key, signal: abort.signal });
        if (abort.signal.aborted) return;
        // A short page is the end nearly always, and each further look makes the engine search; only a drain must know.
        if (records.length <= shortPage && !toTheEnd) break;
      }
    } while (drainsOn());
  };
  const run = (drains = false): Promise<void> => {
    clearTimeout(timer);
    again = true;
    toTheEnd ||= drains;
    running ??= read().finally(() => {
      running = undefined;
      toTheEnd = false;
      lookIn(again ? nextApartMs() : Math.max(idlePollMs, apartMs));
    });
    return running;
  };
  const look = () => {
    // After an error (the engine is being started again) the stored position is where reading goes on.
    void run().catch(() => stream.from(host.position(key) ?? 'TRIM_HORIZON'));
  };
  const lookIn = (ms: number) => {
    clearTimeout(timer);
    if (!abort.signal.aborted) timer = setTimeout(look, ms).unref();
  };
  const nextApartMs = () => (host.functions.waiting() > 0 ? Math.max(apartMs, busyApartMs) : apartMs);
  const nudge = () => {
    if (running) again = true;
    else lookIn(Math.max(0, lookedAt + nextApartMs() - performance.now()));
  };
  if (model.enabled) look();
  return {
    nudge: () => {
      if (model.enabled) nudge();
    },
    drain: async () => {
      if (model.enabled) await run(true);
    },
    busy: () => running !== undefined,
    stop: async () => {
      abort.abort();
      clearTimeout(timer);
      await running?.catch(() => undefined);
    },
  };
}

async function startOf(model: EventSourceModel, stream: StreamReader, host: EventSourceHost, key: string): Promise<string> {
  const stored = host.position(key);
  if (stored !== undefined) return stored;
  if (model.startingPosition !== 'LATEST') return 'TRIM_HORIZON';
  const newest = await stream.newest();
  if (newest !== '0') host.setPosition(key, newest);
  return newest === '0' ? 'TRIM_HORIZON' : newest;
}

interface Passage {
  readonly key: string;
  readonly signal: AbortSignal;
}

async function handRecords(model: EventSourceModel, records: readonly StreamRecord[], host: EventSourceHost, passage: Passage): Promise<void> {
  const wanted = records.filter((record) => model.filters.length === 0 || model.filters.some((pattern) => matches(pattern, record)));
  for (let from = 0; from < wanted.length && !passage.signal.aborted; from += model.batchSize * model.lanes) {
    const round = wanted.slice(from, from + model.batchSize * model.lanes);
    await Promise.all(lanesOf(round, lanesFor(round.length, model.lanes)).map((lane) => handBatch(model, lane, 0, host, passage)));
    const last = round.at(-1)?.dynamodb.SequenceNumber;
    if (last !== undefined && !passage.signal.aborted) host.setPosition(passage.key, last);
  }
  const end = records.at(-1)?.dynamodb.SequenceNumber;
  if (end !== undefined && !passage.signal.aborted) host.setPosition(passage.key, end);
}

/** A lane is an invocation: as few as carry a few records each, at most as many as the mapping allows. */
function lanesFor(records: number, most: number): number {
  return Math.min(most, Math.ceil(records / recordsWorthALane));
}

/** Records of one partition key stay in one lane, in order; lanes run side by side (`ParallelizationFactor`). */
function lanesOf(records: readonly StreamRecord[], count: number): StreamRecord[][] {
  if (count === 1) return [[...records]];
  const lanes: StreamRecord[][] = Array.from({ length: count }, () => []);
  for (const record of records) {
    const hash = createHash('md5').update(JSON.stringify(Object.entries(record.dynamodb.Keys).sort()[0])).digest();
    lanes[hash.readUInt32BE(0) % count]?.push(record);
  }
  return lanes.filter((lane) => lane.length > 0);
}

/** Hands one batch over until it is taken, split, or given up. */
async function handBatch(model: EventSourceModel, batch: readonly StreamRecord[], tried: number, host: EventSourceHost, passage: Passage): Promise<void> {
  let rest = batch;
  for (let attempt = tried; rest.length > 0 && !passage.signal.aborted; attempt += 1) {
    if (attempt > 0) await delay(Math.min(longestBackOffMs, 50 * 2 ** attempt), undefined, { signal: passage.signal }).catch(() => undefined);
    const result = await invoke(model, rest, host);
    if (result.taken === rest.length) return;
    if (result.taken > 0) attempt = -1;
    rest = rest.slice(result.taken);
    if (givenUp(model, rest, attempt + 1, host.clock.now())) return discard(model, rest, result.error, host);
    if (model.bisects && result.taken === 0 && rest.length > 1) {
      const middle = Math.ceil(rest.length / 2);
      await handBatch(model, rest.slice(0, middle), attempt + 1, host, passage);
      return handBatch(model, rest.slice(middle), attempt + 1, host, passage);
    }
  }
}

interface Taken {
  /** How many records from the front were taken. */
  readonly taken: number;
  readonly error: string;
}

async function invoke(model: EventSourceModel, records: readonly StreamRecord[], { functions }: EventSourceHost): Promise<Taken> {
  const outcome = await functions.invoke(model.functionArn, JSON.stringify({ Records: records })).catch((error: Error) => ({ payload: JSON.stringify({ errorMessage: error.message }), functionError: 'Unhandled' as const }));
  if (outcome.functionError) return { taken: 0, error: outcome.payload };
  if (!model.reportsItemFailures) return { taken: records.length, error: '' };
  const answer = JSON.parse(outcome.payload) as { batchItemFailures?: readonly { itemIdentifier?: string }[] } | null;
  const failed = new Set((answer?.batchItemFailures ?? []).map(({ itemIdentifier }) => itemIdentifier));
  if (failed.size === 0) return { taken: records.length, error: '' };
  // An unknown or empty identifier counts as a failure of the whole batch, as in Lambda.
  const first = records.findIndex(({ dynamodb }) => failed.has(dynamodb.SequenceNumber));
  return { taken: Math.max(0, first), error: outcome.payload };
}

function givenUp(model: EventSourceModel, records: readonly StreamRecord[], attempts: number, now: number): boolean {
  if (model.retries >= 0 && attempts > model.retries) return true;
  const created = Number(records[0]?.dynamodb['ApproximateCreationDateTime'] ?? Infinity) * 1000;
  // AWS keeps a stream for 24 hours, whatever the mapping says.
  const maxAge = model.maxRecordAgeSeconds < 0 ? 86_400 : model.maxRecordAgeSeconds;
  return Number.isFinite(created) && Math.min(now, Date.now()) - created > maxAge * 1000;
}

function discard(model: EventSourceModel, records: readonly StreamRecord[], error: string, host: EventSourceHost): void {
  console.error(`event source ${model.id}: ${records.length} records given up: ${error.slice(0, 500)}`);
  if (!model.onFailure) return;
  const report = {
    requestContext: { functionArn: model.functionArn, condition: 'RetryAttemptsExhausted' },
    responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
    version: '1.0',
    timestamp: new Date(host.clock.now()).toISOString(),
    DDBStreamBatchInfo: {
      startSequenceNumber: records[0]?.dynamodb.SequenceNumber,
      endSequenceNumber: records.at(-1)?.dynamodb.SequenceNumber,
      batchSize: records.length,
      streamArn: model.sourceArn,
    },
  };
  host.giveUp(model.onFailure, JSON.stringify(report));
}
