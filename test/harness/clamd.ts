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
  readonly answer?: 'verdicts' | 'nothing' | 'hangUp' | 'nonsense';
}

/** Starts such a server on a free port of this machine. */
export async function startClamd({ limit = 100 * 1024 * 1024, answer = 'verdicts' }: Behaviour = {}): Promise<ClamdServer> {
  const scanned: number[] = [];
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
    if (answer === 'hangUp') return void socket.destroy();
    let held = Buffer.alloc(0);
    let stream: Buffer[] | undefined;
    const reply = (text: string): void => {
      if (answer !== 'nothing') socket.end(answer === 'nonsense' ? 'what?\0' : `${text}\0`);
    };
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
  const port = await listen(server, 0);
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
