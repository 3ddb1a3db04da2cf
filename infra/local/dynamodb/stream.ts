import { EngineError, type EngineClient } from './engine-client.ts';

/** One stream record as Lambda receives it. */
export interface StreamRecord {
  readonly eventID: string;
  readonly eventName: 'INSERT' | 'MODIFY' | 'REMOVE';
  readonly dynamodb: { readonly Keys: Readonly<Record<string, unknown>>; readonly SequenceNumber: string } & Readonly<Record<string, unknown>>;
  readonly [key: string]: unknown;
}

/** Reads one table's stream in order. */
export interface StreamReader {
  /** Up to `limit` records after the sequence number given last to `from`, moving on; empty when there are none. */
  next(limit: number): Promise<readonly StreamRecord[]>;
  /** Continues after `sequenceNumber`, from the oldest record (`TRIM_HORIZON`) or after the newest (`LATEST`). */
  from(position: string): void;
  /** The number of the newest record, `0` when there is none. */
  newest(): Promise<string>;
}

/** Opens a reader of the table's stream as the engine keeps it (one shard); `region` and `arn` are what records shall say. */
export function openStream(engine: EngineClient, table: string, place: { region: string; arn: string }): StreamReader {
  let iterator: string | undefined;
  let position = 'TRIM_HORIZON';
  const shape = (record: StreamRecord): StreamRecord => ({ ...record, awsRegion: place.region, eventSourceARN: place.arn });
  return {
    from: (start) => {
      position = start;
      iterator = undefined;
    },
    next: async (limit) => {
      iterator ??= await iteratorAt(engine, table, position);
      // An iterator that ran out is no end of the stream: what comes after the same position is asked for once more.
      const answer = (await read(engine, iterator, limit)) ?? (await read(engine, await iteratorAt(engine, table, position), limit));
      iterator = answer?.NextShardIterator;
      position = answer?.Records.at(-1)?.dynamodb.SequenceNumber ?? position;
      return (answer?.Records ?? []).map(shape);
    },
    newest: async () => {
      const { StreamDescription } = await describe(engine, table);
      return StreamDescription.Shards[0]?.SequenceNumberRange.EndingSequenceNumber ?? '0';
    },
  };
}

interface Records {
  readonly Records: readonly StreamRecord[];
  readonly NextShardIterator?: string;
}

async function read(engine: EngineClient, iterator: string, limit: number): Promise<Records | undefined> {
  try {
    return await engine.call<Records>('GetRecords', { ShardIterator: iterator, Limit: limit }, true);
  } catch (error) {
    if (error instanceof EngineError && ['ExpiredIteratorException', 'TrimmedDataAccessException'].includes(error.name)) return undefined;
    throw error;
  }
}

interface Described {
  readonly StreamDescription: { readonly StreamArn: string; readonly Shards: readonly { readonly ShardId: string; readonly SequenceNumberRange: { readonly EndingSequenceNumber?: string } }[] };
}

async function describe(engine: EngineClient, table: string): Promise<Described> {
  const { Streams } = await engine.call<{ Streams: { StreamArn: string }[] }>('ListStreams', { TableName: table }, true);
  const StreamArn = Streams[0]?.StreamArn;
  if (!StreamArn) throw new Error(`table ${table} has no stream`);
  return engine.call<Described>('DescribeStream', { StreamArn }, true);
}

async function iteratorAt(engine: EngineClient, table: string, position: string): Promise<string> {
  const { StreamDescription } = await describe(engine, table);
  const ShardId = StreamDescription.Shards[0]?.ShardId;
  const named = ['TRIM_HORIZON', 'LATEST'].includes(position);
  const start = named ? { ShardIteratorType: position } : { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: position };
  const input = { StreamArn: StreamDescription.StreamArn, ShardId, ...start };
  return (await engine.call<{ ShardIterator: string }>('GetShardIterator', input, true)).ShardIterator;
}
