import { createServer as createHttpServer, type RequestListener, type Server as HttpServer } from 'node:http';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { readJson, writeDurably } from './data-folder.ts';

/** Remembers which port each service had, so that addresses (and issuers inside tokens) stay the same over restarts. */
export interface Ports {
  /** The port last used by a service, 0 when none. */
  last(service: string): number;
  used(service: string, port: number): void;
}

/** Opens the memory of ports of one data folder. */
export function openPorts(folder: string): Ports {
  const file = join(folder, 'ports.json');
  const known = readJson<Record<string, number>>(file) ?? {};
  return {
    last: (service) => known[service] ?? 0,
    used: (service, port) => {
      if (known[service] === port) return;
      known[service] = port;
      writeDurably(file, `${JSON.stringify(known, null, 2)}\n`);
    },
  };
}

/** Listens on 127.0.0.1 at the port the service had before, or at any free one; answers the port. */
export async function listenAgain(server: Server, service: string, ports: Ports): Promise<number> {
  const before = ports.last(service);
  const port = await listen(server, before).catch((error: NodeJS.ErrnoException) => {
    if (before === 0 || error.code !== 'EADDRINUSE') throw error;
    return listen(server, 0);
  });
  ports.used(service, port);
  return port;
}

/**
 * A server that has its address before what answers is made: until `open` it says 503. Its answers carry no Date: AWS SDKs set
 * their signing clock by it, and after the next move of the cloud's clock would sign for a time that is neither the cloud's nor ours.
 */
export function lateServer(): { readonly server: HttpServer; open(listener: RequestListener): void } {
  const starting = JSON.stringify({ __type: 'ServiceUnavailable', message: '本机云正在启动，请稍后重试 / the local cloud is starting, try again' });
  let listener: RequestListener = (_, response) => void response.writeHead(503, { 'retry-after': '1', 'content-type': 'application/json; charset=utf-8' }).end(starting);
  const server = createHttpServer({ keepAliveTimeout: 60_000 }, (request, response) => {
    response.sendDate = false;
    listener(request, response);
  });
  return { server, open: (opened) => void (listener = opened) };
}

/** Stops listening and ends every connection. */
export function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    if ('closeAllConnections' in server) (server as HttpServer).closeAllConnections();
  });
}

/** Listens on 127.0.0.1; answers the port; rejects with EADDRINUSE when it is taken. */
export function listen(server: Server, port: number, host = '127.0.0.1'): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });
}

/** A port that is free now, preferably `wanted`; for child processes that cannot choose one themselves. */
export async function freePort(wanted: number): Promise<number> {
  const probe = createServer();
  const port = await listen(probe, wanted).catch(() => {
    probe.removeAllListeners('error');
    return listen(probe, 0);
  });
  await new Promise((resolve) => probe.close(resolve));
  return port;
}
