import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { Verdict } from './verdict.ts';

/** Where a clamd listens, and how long a scan may take, in milliseconds. */
export interface Clamd {
  readonly host: string;
  readonly port: number;
  readonly patience: number;
}

// clamd reads a chunk whole: small ones keep its memory and ours flat.
const mostChunk = 64 * 1024;

/**
 * Has a clamd scan bytes as they come (command INSTREAM of clamd(8): each chunk after its length as four bytes, an empty chunk at
 * the end). Never throws for what the other side does: a clamd that is away, too slow or refuses is a verdict of its own.
 */
export async function scanByClamd({ host, port, patience }: Clamd, pieces: AsyncIterable<Uint8Array>): Promise<Verdict> {
  const socket = connect({ host, port });
  socket.setTimeout(patience, () => socket.destroy(new Error('no answer in time')));
  const deadline = setTimeout(() => socket.destroy(new Error('no answer in time')), patience);
  const reply = readAll(socket);
  try {
    await once(socket, 'connect');
    // clamd answers at once, and closes, where a file is too large for it: then nobody reads what is still to be sent.
    await Promise.race([send(socket, pieces), reply]);
    return verdictIn(await reply);
  } catch (error) {
    return { status: 'failed', reason: error instanceof Error ? error.message : 'clamd failed' };
  } finally {
    clearTimeout(deadline);
    socket.destroy();
    reply.catch(() => undefined);
  }
}

/** What a clamd answered: `stream: OK`, `stream: <signature> FOUND`, or an error in words. */
export function verdictIn(reply: string): Verdict {
  const said = reply.replace(/[\0\n]+$/, '');
  if (said === 'stream: OK') return { status: 'clean' };
  const signature = /^stream: (.+) FOUND$/.exec(said)?.[1];
  return signature === undefined ? { status: 'failed', reason: said === '' ? 'clamd closed without an answer' : said.slice(0, 200) } : { status: 'infected', signature: signature.slice(0, 200) };
}

async function send(socket: Socket, pieces: AsyncIterable<Uint8Array>): Promise<void> {
  await write(socket, Buffer.from('zINSTREAM\0'));
  for await (const piece of pieces) for (let at = 0; at < piece.length; at += mostChunk) await chunk(socket, piece.subarray(at, at + mostChunk));
  await chunk(socket, new Uint8Array());
}

async function chunk(socket: Socket, bytes: Uint8Array): Promise<void> {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  await write(socket, Buffer.concat([length, bytes]));
}

// The callback comes when the bytes have left, so that a slow clamd slows the reading too.
function write(socket: Socket, bytes: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => socket.write(bytes, (error) => (error ? reject(error) : resolve())));
}

async function readAll(socket: Socket): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of socket as AsyncIterable<Buffer>) pieces.push(piece);
  return Buffer.concat(pieces).toString('utf8');
}
