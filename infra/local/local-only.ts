import type { IncomingMessage } from 'node:http';

const ownHost = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/;
const ownOrigin = /^https?:\/\/(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/;

/**
 * Whether a request comes from this machine and was meant for it: a foreign Host (DNS rebinding) or Origin (another site's
 * page) is not. `also` is one more origin to take: a form reached by a redirect says `null`.
 */
export function isLocal(request: IncomingMessage, also?: string): boolean {
  const { host = '', origin } = request.headers;
  return ownHost.test(host) && (origin === undefined || origin === also || ownOrigin.test(origin));
}
