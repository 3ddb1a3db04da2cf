import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { Problem } from '../http/problem.ts';
import { header } from '../http/door.ts';
import type { HttpAnswer, HttpRequest } from '../http/shell.ts';

const contentTypes: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.md': 'text/markdown; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml; charset=utf-8',
  '': 'text/plain; charset=utf-8',
};

const caching = { minutes: 'public, max-age=300', forever: 'public, max-age=31536000, immutable' } as const;

// Files do not change while a function's environment lives: each is read and packed once.
const packed = new Map<string, Promise<Packed>>();

interface Packed {
  readonly type: string;
  readonly plain: Buffer;
  readonly gzipped: Buffer | undefined;
}

/** Serves one file of a folder of the bundle's assets; a name that is not in the folder is not found, so no path leads out of it. A name that carries its content's hash may be kept `forever`. */
export async function assetAnswer(folder: string, name: string, request: HttpRequest, kept: keyof typeof caching = 'minutes'): Promise<HttpAnswer> {
  if (!namesIn(folder).includes(name)) throw new Problem('not-found', '没有这个文件，请从首页进入');
  const path = join(folder, name);
  const file = packed.get(path) ?? pack(path);
  packed.set(path, file);
  return fileAnswer(await file, request, kept);
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

async function pack(path: string): Promise<Packed> {
  // Loading zlib takes longer than loading all the rest of this function, which answers much that needs no packing.
  const { gzipSync } = await import('node:zlib');
  const plain = readFileSync(path);
  const type = contentTypes[extname(path)] ?? 'application/octet-stream';
  return { type, plain, gzipped: type.startsWith('image/png') ? undefined : gzipSync(plain) };
}

// `q=0` means never (RFC 9110, 12.4.2).
const takesGzip = /(?:^|,)\s*gzip\s*(?!;\s*q=0(?:\.0*)?\s*(?:,|$))(?:[;,]|$)/i;

function fileAnswer({ type, plain, gzipped }: Packed, request: HttpRequest, kept: keyof typeof caching): HttpAnswer {
  const zip = gzipped !== undefined && takesGzip.test(header(request, 'accept-encoding') ?? '');
  return {
    statusCode: 200,
    headers: { 'content-type': type, 'cache-control': caching[kept], 'x-content-type-options': 'nosniff', vary: 'accept-encoding', ...(zip ? { 'content-encoding': 'gzip' } : {}) },
    body: (zip ? gzipped : plain).toString('base64'),
    isBase64Encoded: true,
  };
}
