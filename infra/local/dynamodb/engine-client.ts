import { Agent, request } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';

/** An answer of the engine, as bytes. */
export interface EngineAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

/** A way to the engine of the tables: `send` forwards bytes, `call` speaks JSON. */
export interface EngineClient {
  send(target: string, body: Buffer): Promise<EngineAnswer>;
  /** Calls `<operation>` of DynamoDB (or of its streams with `streams: true`); throws EngineError when it is refused. */
  call<T>(operation: string, input: unknown, streams?: boolean): Promise<T>;
  close(): void;
}

/** A refusal of the engine; `name` is DynamoDB's error name. */
export class EngineError extends Error {
  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}

/** The engine wants a signature to be there but does not check it: whoever may ask is decided in front of it. */
const signature = 'AWS4-HMAC-SHA256 Credential=cloud/20260101/local/dynamodb/aws4_request, SignedHeaders=host, Signature=0';

/** Opens a keep-alive client to dynoxide at `port`. */
export function openEngineClient(port: number): EngineClient {
  const agent = new Agent({ keepAlive: true, maxSockets: 64, scheduling: 'lifo' });
  const send = (target: string, body: Buffer) => post(agent, port, target, body);
  return {
    send,
    call: async <T>(operation: string, input: unknown, streams = false): Promise<T> => {
      const service = streams ? 'DynamoDBStreams_20120810' : 'DynamoDB_20120810';
      const answer = await send(`${service}.${operation}`, Buffer.from(JSON.stringify(input)));
      const parsed = JSON.parse(answer.body.toString('utf8')) as T & { __type?: string; message?: string };
      if (answer.status >= 400) throw new EngineError(parsed.__type?.split('#').at(-1) ?? 'Unknown', parsed.message ?? `${operation}: ${answer.status}`);
      return parsed;
    },
    close: () => agent.destroy(),
  };
}

/** The engine never received the request, so that it may be sent again after `waitMs`. */
class Unsent extends Error {
  readonly waitMs: number;

  constructor(waitMs: number, cause: Error) {
    super('the table engine did not take the request', { cause });
    this.waitMs = waitMs;
  }
}

/** Sends again for about five seconds while the engine is being started again. */
async function post(agent: Agent, port: number, target: string, body: Buffer): Promise<EngineAnswer> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await postOnce(agent, port, target, body);
    } catch (error) {
      if (!(error instanceof Unsent) || attempt === 100) throw error;
      await delay(error.waitMs);
    }
  }
}

function postOnce(agent: Agent, port: number, target: string, body: Buffer): Promise<EngineAnswer> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': target, 'content-length': body.length, authorization: signature, 'x-amz-date': '20260101T000000Z' };
    const sent = request({ host: '127.0.0.1', port, method: 'POST', path: '/', agent, headers }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('error', reject);
      answer.on('end', () => resolve({ status: answer.statusCode ?? 500, headers: answer.headers, body: Buffer.concat(chunks) }));
    });
    sent.on('error', (error: NodeJS.ErrnoException) => {
      // Refused means never received: safe to send again while the engine comes back up. Anything else may have happened.
      const again = error.code === 'ECONNREFUSED' || (error.code === 'ECONNRESET' && sent.reusedSocket && sent.socket?.bytesRead === 0);
      reject(again ? new Unsent(error.code === 'ECONNREFUSED' ? 50 : 0, error) : error);
    });
    sent.end(body);
  });
}
