import type { HttpAnswer } from '../http/shell.ts';

/** A file as the API answers it, to be saved under its title; private unless `cache` says otherwise. */
export function fileAnswer({ name, type, title, bytes, cache = 'no-store' }: { readonly name: string; readonly type: string; readonly title: string; readonly bytes: Uint8Array; readonly cache?: string }): HttpAnswer {
  const file = encodeURIComponent(`${title}${name.slice(name.lastIndexOf('.'))}`).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
  return {
    statusCode: 200,
    // RFC 6266: old programs read the plain name, all others the Chinese one.
    headers: { 'content-type': type, 'content-disposition': `attachment; filename="${name}"; filename*=UTF-8''${file}`, 'cache-control': cache, 'x-content-type-options': 'nosniff' },
    body: Buffer.from(bytes).toString('base64'),
    isBase64Encoded: true,
  };
}
