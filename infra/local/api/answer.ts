import type { Outcome } from '../lambda/environment.ts';
import { problem, type GatewayAnswer } from './problem.ts';

interface ProxyAnswer {
  readonly statusCode?: number;
  readonly headers?: Readonly<Record<string, unknown>>;
  readonly cookies?: readonly string[];
  readonly body?: unknown;
  readonly isBase64Encoded?: boolean;
}

/** Lambda's own limit for an answer, in bytes. */
const answerLimit = 6 * 1024 * 1024;
/** Headers that belong to one connection and not to the answer. */
const hopByHop = new Set(['connection', 'keep-alive', 'transfer-encoding', 'upgrade', 'content-length', 'te', 'trailer']);

/** Turns a function's result into an HTTP answer: an object with `statusCode` as it says, any other JSON as a 200 body; a failure is a problem document. */
export function answerOf(outcome: Outcome, requestId: string): GatewayAnswer {
  const broken = () => problem('unexpected', `系统内部出现错误，已记录，请稍后重试或联系管理员（编号：${requestId}）`, requestId);
  if (outcome.functionError) {
    const overdue = outcome.payload.includes('"Sandbox.Timedout"');
    return overdue ? problem('unavailable', `处理超时，请稍后重试（编号：${requestId}）`, requestId) : broken();
  }
  if (outcome.payload.length > answerLimit) return broken();
  const result = JSON.parse(outcome.payload) as ProxyAnswer | string | null;
  if (typeof result !== 'object' || result === null || result.statusCode === undefined) {
    const body = typeof result === 'string' ? result : JSON.stringify(result);
    return { status: 200, headers: { 'content-type': 'application/json', 'apigw-requestid': requestId }, body };
  }
  const status = Number(result.statusCode);
  if (!Number.isInteger(status) || status < 200 || status > 599) return broken();
  const body = result.body === undefined || result.body === null ? '' : String(result.body);
  return { status, headers: headersOf(result, requestId), body: result.isBase64Encoded ? Buffer.from(body, 'base64') : body };
}

function headersOf(result: ProxyAnswer, requestId: string): Record<string, string | string[]> {
  const headers: Record<string, string | string[]> = { 'content-type': 'text/plain; charset=utf-8', 'apigw-requestid': requestId };
  for (const [name, value] of Object.entries(result.headers ?? {})) {
    const lower = name.toLowerCase();
    // A header that HTTP cannot carry would throw later; API Gateway drops it as well.
    if (!hopByHop.has(lower) && /^[\w!#$%&'*+.^`|~-]+$/.test(lower) && /^[\t\x20-\x7e\x80-\xff]*$/.test(String(value))) headers[lower] = String(value);
  }
  if (result.cookies?.length) headers['set-cookie'] = [...result.cookies];
  return headers;
}
