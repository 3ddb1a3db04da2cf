import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import type { Verdict } from './verdict.ts';

/** Where a clamd listens, and how long a scan may take, in milliseconds. */
export interface Clamd {
  readonly host: string;
  readonly port: number;
  readonly patience: number;
}

// clamd reads a chunk whole: small ones keep its memory and ours flat.
const mostChunk = 64 * 1024;
// `stream: <signature> FOUND` with room to spare: who says more is no clamd.
const mostReply = 4096;

/**
 * Has a clamd scan bytes as they come (command INSTREAM of clamd(8): each chunk after its length as four bytes, an empty chunk at
 * the end). Never throws for what the other side does: a clamd that is away, too slow or refuses is a verdict of its own.
 */
export async function scanByClamd({ host, port, patience }: Clamd, pieces: AsyncIterable<Uint8Array>): Promise<Verdict> {
  const socket = connect({ host, port });
  const deadline = setTimeout(() => socket.destroy(new Error('no answer in time')), patience);
  const reply = replyOn(socket);
  try {
    await once(socket, 'connect');
    // clamd answers at once, and closes, where a file is too large for it: then nobody reads what is still to be sent.
    await Promise.race([send(socket, pieces), reply.whole]);
    return verdictIn(await reply.whole);
  } catch (error) {
    // What was said before the line broke counts: who sends on while clamd closes is cut off in the middle.
    return reply.soFar().endsWith('\0') ? verdictIn(reply.soFar()) : { status: 'failed', reason: error instanceof Error ? error.message : 'clamd failed' };
  } finally {
    clearTimeout(deadline);
    socket.destroy();
    reply.whole.catch(() => undefined);
  }
}

/** What a clamd answered: `stream: OK`, `stream: <signature> FOUND`, or an error in words; that a file is over its limit will be no different next time. */
export function verdictIn(reply: string): Verdict {
  const said = reply.replace(/[\0\n]+$/, '');
  if (said === 'stream: OK') return { status: 'clean' };
  const signature = /^stream: (.+) FOUND$/.exec(said)?.[1];
  if (signature !== undefined) return { status: 'infected', signature: signature.slice(0, 200) };
  if (/^INSTREAM size limit exceeded\b/.test(said)) return { status: 'failed', reason: said, lasting: true };
  return { status: 'failed', reason: said === '' ? 'clamd closed without an answer' : said.slice(0, 200) };
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
  // What clamd has said meanwhile is heard before the next chunk, which may break the line.
  await setImmediate();
}

// The callback comes when the bytes have left, so that a slow clamd slows the reading too.
function write(socket: Socket, bytes: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => socket.write(bytes, (error) => (error ? reject(error) : resolve())));
}

/** What is said on a socket: whole once the closing NUL is there, or the other side has closed; in however many pieces. */
function replyOn(socket: Socket): { readonly whole: Promise<string>; soFar(): string } {
  const pieces: Buffer[] = [];
  const soFar = (): string => Buffer.concat(pieces).toString('utf8');
  const whole = new Promise<string>((resolve, reject) => {
    socket.on('data', (piece: Buffer) => {
      pieces.push(piece);
      if (piece.includes(0)) resolve(soFar());
      else if (pieces.reduce((sum, { length }) => sum + length, 0) > mostReply) socket.destroy(new Error('an answer without an end'));
    });
    socket.once('end', () => resolve(soFar())).once('error', reject).once('close', () => resolve(soFar()));
  });
  return { whole, soFar };
}
