import type { core } from 'zod/mini';
import { parse } from '../../shared/contracts/parse.ts';
import { pointerTo } from '../../shared/pointers.ts';
import { Problem } from './problem.ts';
import type { HttpRequest } from './shell.ts';

/** The largest body that any command needs: the longest form (annex 2, about 11,000 字) is under 64 KB in UTF-8; the limit leaves room for escapes. */
export const maxBodyBytes = 256 * 1024;

/** A header by its lower-case name; HTTP API hands names over in lower case, other callers may not. */
export function header(request: HttpRequest, name: string): string | undefined {
  const headers: unknown = request.headers;
  if (typeof headers !== 'object' || headers === null) return undefined;
  const found = Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1];
  return typeof found === 'string' ? found : undefined;
}

/** The JSON body of a request: refuses other content types, bodies over the limit, bytes that are not UTF-8, texts that are not JSON, and what UTF-8 cannot hold. */
export function jsonBody(request: HttpRequest): unknown {
  const type = header(request, 'content-type') ?? '';
  if (!/^application\/(?:[\w.+-]+\+)?json\s*(;|$)/i.test(type)) throw new Problem('unsupported-type', '请求内容必须是 JSON，请将 Content-Type 设为 application/json');
  const bytes = bodyBytes(request, maxBodyBytes, `请求内容过大：最多 ${maxBodyBytes / 1024} KB，附件请走上传接口`);
  const value = parsedJson(bytes);
  if (isDeeper(value, maxDepth)) throw new Problem('invalid-input', `请求内容嵌套过深：最多 ${maxDepth} 层，请检查后重新提交`, { errors: [{ pointer: '', detail: '嵌套过深' }] });
  const broken = illFormedAt(value);
  if (broken !== undefined) throw new Problem('invalid-input', '文字含有无效字符，请删除后重新填写', { errors: [{ pointer: broken, detail: '文字含有无效字符，请删除后重新填写' }] });
  return value;
}

/** Where a text has half a surrogate pair, which JSON can write and UTF-8, hashes and records cannot. */
function illFormedAt(value: unknown, at = ''): string | undefined {
  if (typeof value === 'string') return value.isWellFormed() ? undefined : at;
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [name, inner] of Object.entries(value)) {
    const found = name.isWellFormed() ? illFormedAt(inner, at + pointerTo(name)) : at;
    if (found !== undefined) return found;
  }
  return undefined;
}

/** How deep a body may be nested: forms need 6 levels; whatever walks a value later (schemas, hashes) does so by recursion. */
const maxDepth = 50;

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((inner) => isDeeper(inner, levels - 1));
}

function parsedJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch (error) {
    const detail = error instanceof TypeError ? '请求内容不是有效的 UTF-8 文本' : '请求内容不是有效的 JSON';
    throw new Problem('invalid-input', `${detail}，请检查后重新提交`, { errors: [{ pointer: '', detail }] });
  }
}

/** Data that met its schema, or the problem that names every wrong or unknown member by JSON pointer. */
export function checked<S extends core.$ZodType>(schema: S, data: unknown): core.output<S> {
  const result = parse(schema, data);
  if (result.ok) return result.value;
  throw new Problem('invalid-input', `填写内容有 ${result.errors.length} 处问题，请按提示修改后重新提交`, { errors: result.errors.map(({ pointer, detail }) => ({ pointer, detail })) });
}

/** The Idempotency-Key of a write: 8 to 128 visible ASCII characters; its absence is refused. */
export function idempotencyKey(request: HttpRequest): string {
  const key = header(request, 'idempotency-key');
  if (key === undefined) throw new Problem('invalid-input', '请求缺少 Idempotency-Key：请为每次办理生成一个唯一编号（重试时使用同一编号）', { errors: [{ pointer: '', detail: '缺少请求头 Idempotency-Key' }] });
  if (!/^[\x21-\x7e]{8,128}$/.test(key)) throw new Problem('invalid-input', 'Idempotency-Key 格式不正确：应为 8 到 128 个可见字符，不含空格', { errors: [{ pointer: '', detail: '请求头 Idempotency-Key 格式不正确' }] });
  return key;
}

/** The version that an If-Match names (`"7"` or `7`); its absence is refused (428), a form that cannot be a version of ours is stale. */
export function expectedVersion(request: HttpRequest): number {
  const value = header(request, 'if-match');
  if (value === undefined) throw new Problem('version-required', '请求缺少 If-Match：请先读取记录，并带上其版本号（ETag）');
  const digits = /^\s*(?:W\/)?"?(\d{1,10})"?\s*$/.exec(value)?.[1];
  if (digits === undefined) throw new Problem('invalid-input', 'If-Match 格式不正确：应为读取记录时得到的 ETag，例如 "7"', { errors: [{ pointer: '', detail: '请求头 If-Match 格式不正确' }] });
  return Number(digits);
}

/** Who the token says is asking: the subject that the JWT authorizer checked; without one the request is not signed in. */
export function subjectOf(request: HttpRequest): string {
  const context = request.requestContext as { authorizer?: { jwt?: { claims?: { sub?: unknown } } } } | undefined;
  const subject = context?.authorizer?.jwt?.claims?.sub;
  if (typeof subject !== 'string' || subject === '') throw new Problem('not-signed-in', '请先登录');
  // OpenID Connect Core 1.0 section 2: at most 255 characters; a longer one is nobody's, and no key of the table holds it.
  if (subject.length > 255) throw notRegistered();
  return subject;
}

/** For whom the records know nothing, or who was suspended. */
export function notRegistered(): Problem {
  return new Problem('not-allowed', '您的账号尚未在本系统登记，或已停用，请联系本单位管理员；管理员已离岗的，请联系所在设区市数据主管部门');
}

/** The bytes of a request's body, of at most `most`; a larger one is refused with `sentence`, before anything is decoded (base64 grows by a third). */
export function bodyBytes(request: HttpRequest, most: number, sentence: string): Uint8Array {
  const body: unknown = request.body;
  if (typeof body !== 'string') return new Uint8Array();
  if (body.length > most * 2) throw new Problem('too-large', sentence);
  const bytes = request.isBase64Encoded ? Buffer.from(body, 'base64') : Buffer.from(body, 'utf8');
  if (bytes.length > most) throw new Problem('too-large', sentence);
  return bytes;
}
