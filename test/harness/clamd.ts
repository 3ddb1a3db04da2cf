import { createServer, type Server, type Socket } from 'node:net';
import { listen } from '../../infra/local/ports.ts';

/** The string that every scanner calls a virus and that harms nobody (EICAR, "Intended use"); in two pieces, so that no scanner locks this file away. */
export const eicar = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$', 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join('');

/** A server that speaks clamd's protocol over TCP as clamd(8) describes it: INSTREAM with its chunks and its limit, PING; what it calls infected is whatever holds the EICAR string. */
export interface ClamdServer {
  readonly port: number;
  /** How many bytes were streamed, file by file. */
  readonly scanned: readonly number[];
  close(): Promise<void>;
}

/** How a server behaves: the largest stream it takes, and whether it answers at all. */
export interface Behaviour {
  readonly limit?: number;
  readonly answer?: 'verdicts' | 'nothing' | 'hangUp' | 'nonsense' | 'error' | 'letterByLetter' | 'staysOpen' | 'endless';
}

/** Starts such a server on a free port of this machine, or on the one named. */
export async function startClamd({ limit = 100 * 1024 * 1024, answer = 'verdicts' }: Behaviour = {}, at = 0): Promise<ClamdServer> {
  const scanned: number[] = [];
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
    if (answer === 'hangUp') return void socket.destroy();
    let held = Buffer.alloc(0);
    let stream: Buffer[] | undefined;
    const reply = (text: string): void => say(socket, answer, text);
    socket.on('data', (bytes) => {
      held = Buffer.concat([held, bytes]);
      if (!stream) {
        const end = held.indexOf(0);
        if (end < 0) return;
        const command = held.toString('latin1', 0, end);
        held = held.subarray(end + 1);
        if (command === 'zPING') return reply('PONG');
        if (command !== 'zINSTREAM') return reply('UNKNOWN COMMAND');
        stream = [];
      }
      while (held.length >= 4) {
        const length = held.readUInt32BE(0);
        if (length === 0) {
          const whole = Buffer.concat(stream);
          scanned.push(whole.length);
          return reply(whole.includes(eicar) ? 'stream: Eicar-Test-Signature FOUND' : 'stream: OK');
        }
        if (held.length < 4 + length) return;
        stream.push(held.subarray(4, 4 + length));
        held = held.subarray(4 + length);
        if (stream.reduce((sum, one) => sum + one.length, 0) > limit) return reply('INSTREAM size limit exceeded. ERROR');
      }
    });
  });
  const port = await listen(server, at);
  return {
    port,
    scanned,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

function say(socket: Socket, answer: NonNullable<Behaviour['answer']>, text: string): void {
  switch (answer) {
    case 'nothing':
    case 'hangUp':
      return;
    case 'nonsense':
      return void socket.end('what?\0');
    case 'error':
      return void socket.end("stream: Can't allocate memory ERROR\0");
    case 'staysOpen':
      return void socket.write(`${text}\0`);
    case 'endless':
      return void socket.write('stream: '.repeat(1000));
    case 'letterByLetter':
      return void letters(socket, `${text}\0`);
    case 'verdicts':
      return void socket.end(`${text}\0`);
  }
}

// Each letter leaves in a packet of its own.
async function letters(socket: Socket, text: string): Promise<void> {
  socket.setNoDelay(true);
  for (const letter of text) await new Promise((resolve) => socket.write(letter, resolve));
  socket.end();
}
