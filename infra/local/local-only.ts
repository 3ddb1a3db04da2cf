import type { IncomingMessage } from 'node:http';

const ownHost = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/;
const ownOrigin = /^https?:\/\/(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/;

/** Whether a request comes from this machine and was meant for it: a foreign Host (DNS rebinding) or Origin (another site's page) is not. */
export function isLocal(request: IncomingMessage): boolean {
  const { host = '', origin } = request.headers;
  // A form that leads here by a redirect has the origin `null`; it still had to name us as the host.
  return ownHost.test(host) && (origin === undefined || origin === 'null' || ownOrigin.test(origin));
}
