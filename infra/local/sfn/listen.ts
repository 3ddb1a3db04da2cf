import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { StepFunctions, WireAnswer } from './open.ts';

/** Step Functions at a URL. */
export interface Listening {
  readonly url: string;
  stop(): Promise<void>;
}

// The largest request is a definition of 1 MB inside JSON quotes.
const maxBodyBytes = 8 * 1024 * 1024;

/** Serves the wire protocol on 127.0.0.1; port 0 takes any free one. */
export async function listen(stepFunctions: StepFunctions, port = 0): Promise<Listening> {
  const server = createServer((request, response) => {
    answer(stepFunctions, request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(stepFunctions: StepFunctions, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await readBody(request);
  const target = request.headers['x-amz-target'];
  if (body === undefined) return send(response, { status: 413, errorType: 'RequestEntityTooLarge', body: JSON.stringify({ __type: 'RequestEntityTooLarge', message: `The request is over ${maxBodyBytes} bytes` }) });
  send(response, await stepFunctions.handle(typeof target === 'string' ? target : '', body));
}

async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= maxBodyBytes) chunks.push(chunk);
  }
  return size > maxBodyBytes ? undefined : Buffer.concat(chunks).toString('utf8');
}

function send(response: ServerResponse, { status, body, errorType }: WireAnswer): void {
  response.writeHead(status, {
    'Content-Type': 'application/x-amz-json-1.0',
    'x-amzn-RequestId': randomUUID(),
    ...(errorType === undefined ? {} : { 'x-amzn-errortype': errorType }),
  });
  response.end(body);
}
