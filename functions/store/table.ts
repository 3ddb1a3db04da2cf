import { DynamoDBClient, type ConsumedCapacity, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import { smallCalls, withoutTrimmings } from '../cloud/request-handler.ts';

/** The records' table: a client, the table's name, and, where somebody counts, what each call consumed. */
export interface Table {
  readonly client: DynamoDBClient;
  readonly name: string;
  /** Called with the capacity of each call; asking for it costs bytes, so it is left out unless somebody counts. */
  readonly meter?: ((used: ConsumedCapacity) => void) | undefined;
}

/** A DynamoDB client whose transactions carry no request token: the SDK adds one to each, our own conditions make writes repeatable, and stores slow down as tokens pile up. */
export function dynamoClient(config: DynamoDBClientConfig = {}): DynamoDBClient {
  const client = withoutTrimmings(new DynamoDBClient({ ...smallCalls(), ...config }));
  client.middlewareStack.add(
    (next) => (args) => {
      if (isRequest(args.request)) dropToken(args.request);
      return next(args);
    },
    { step: 'build', name: 'withoutRequestToken' },
  );
  return client;
}

interface Request {
  body: unknown;
  readonly headers: Record<string, string>;
}

const tokenKey = ',"ClientRequestToken":"';
const uuidLength = 36;

function isRequest(request: unknown): request is Request {
  return typeof request === 'object' && request !== null && 'body' in request && 'headers' in request;
}

// The serializer writes the token as the last member, so only the very end of the body is looked at: data cannot be mistaken for it.
function dropToken(request: Request): void {
  if (!(request.body instanceof Uint8Array)) return;
  const body = Buffer.from(request.body.buffer, request.body.byteOffset, request.body.byteLength);
  const start = body.length - uuidLength - tokenKey.length - 2;
  if (start < 0 || body.toString('latin1', start, start + tokenKey.length) !== tokenKey) return;
  const kept = Buffer.concat([body.subarray(0, start), Buffer.from('}')]);
  request.body = new Uint8Array(kept);
  request.headers['content-length'] = String(kept.length);
}

/** The request member that asks for consumed capacity where the table counts it. */
export function counted(table: Table): { ReturnConsumedCapacity?: 'TOTAL' } {
  return table.meter ? { ReturnConsumedCapacity: 'TOTAL' } : {};
}

/** Hands the capacity of an answer to the meter, where there is one. */
export function meter(table: Table, used: ConsumedCapacity | readonly ConsumedCapacity[] | undefined): void {
  if (!table.meter || !used) return;
  for (const one of Array.isArray(used) ? (used as readonly ConsumedCapacity[]) : [used as ConsumedCapacity]) table.meter(one);
}
