import { Agent, request } from 'node:http';
import { randomUUID } from 'node:crypto';
import { quantile } from './figures.ts';

/** What a stretch of load came to: finished calls, seconds, delays in ms. */
export interface Stretch {
  readonly count: number;
  readonly seconds: number;
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
}

/** Keeps `width` calls of `work` under way until `seconds` are over; each worker gets its own number, so that it can own a case. */
export async function loadFor(seconds: number, width: number, work: (worker: number) => Promise<void>): Promise<Stretch> {
  const delays: number[] = [];
  const began = performance.now();
  const until = began + seconds * 1000;
  const worker = async (number: number) => {
    while (performance.now() < until) {
      const start = performance.now();
      await work(number);
      delays.push(performance.now() - start);
    }
  };
  await Promise.all(Array.from({ length: width }, (_, number) => worker(number)));
  const took = (performance.now() - began) / 1000;
  return { count: delays.length, seconds: took, perSecond: delays.length / took, p50: quantile(delays, 0.5), p99: quantile(delays, 0.99) };
}

/** An answer of the API, as little of it as a load test needs. */
export interface Reply {
  readonly status: number;
  readonly text: string;
}

/** A client that costs the machine little, because it shares two cores with what it measures: `fetch` takes several times the CPU. */
export class LoadClient {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 128 });
  readonly #api: URL;

  constructor(api: string) {
    this.#api = new URL(api);
  }

  /** Sends a command on a version; throws unless it is accepted. Answers the case's new version. */
  async command(token: string, path: string, command: string, args: object, version: number): Promise<number> {
    const headers = { authorization: `Bearer ${token}`, 'idempotency-key': randomUUID(), 'if-match': `"${version}"` };
    const reply = await this.#post(`${path}/commands/${command}`, JSON.stringify(args), headers);
    if (reply.status !== 200) throw new Error(`${command} on ${path}: ${reply.status} ${reply.text}`);
    return version + 1;
  }

  /** Ends the connections. */
  close(): void {
    this.#agent.destroy();
  }

  #post(path: string, body: string, headers: Record<string, string>): Promise<Reply> {
    return new Promise((resolve, reject) => {
      const options = { agent: this.#agent, host: this.#api.hostname, port: this.#api.port, path, method: 'POST', headers: { ...headers, 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) } };
      const sent = request(options, (answer) => {
        let text = '';
        answer.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
        answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text }));
        answer.on('error', reject);
      });
      sent.on('error', reject).end(body);
    });
  }
}
