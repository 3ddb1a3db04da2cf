import { randomBytes } from 'node:crypto';
import type { HttpAnswer } from '../http/shell.ts';

/** An HTML page with one inline script and style, allowed by a nonce; it may talk to the API, to the issuer and (where given) to the bucket of files, to nobody else. */
export function htmlAnswer(page: (nonce: string) => string, issuer: string | undefined, files?: string): HttpAnswer {
  const nonce = randomBytes(16).toString('base64');
  const talksTo = ["'self'", ...[issuer, files].flatMap((address) => (address === undefined ? [] : [new URL(address).origin]))].join(' ');
  const policy = `default-src 'none'; script-src 'self' 'nonce-${nonce}'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src ${talksTo}; base-uri 'none'; frame-ancestors 'none'; form-action 'none'`;
  return {
    statusCode: 200,
    headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store', 'content-security-policy': policy, 'referrer-policy': 'no-referrer', 'x-content-type-options': 'nosniff' },
    body: page(nonce),
  };
}

/** JSON inside a script element: nothing in it can end the element. */
export function scriptJson(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c');
}
