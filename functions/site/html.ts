import type { HttpAnswer } from '../http/shell.ts';

/** An HTML page with one inline script and style, allowed by a nonce; it may talk to the API, to the issuer and (where given) to the bucket of files, whose pictures and documents it may show; to nobody else. */
export function htmlAnswer(page: (nonce: string) => string, issuer: string | undefined, files?: string): HttpAnswer {
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString('base64');
  const [asks, shows] = [[issuer, files], [files]].map((addresses) => ["'self'", ...addresses.flatMap((address) => (address === undefined ? [] : [new URL(address).origin]))].join(' '));
  const policy = `default-src 'none'; script-src 'self' 'nonce-${nonce}'; style-src 'self' 'unsafe-inline'; img-src ${shows} data:; frame-src ${shows}; connect-src ${asks}; base-uri 'none'; frame-ancestors 'none'; form-action 'none'`;
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
