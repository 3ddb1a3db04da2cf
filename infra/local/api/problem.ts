import { problems, type ProblemType } from '../../../shared/problems.ts';

/** What the gateway itself answers, before or instead of a function: status, headers, body. */
export interface GatewayAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[]>>;
  readonly body: Buffer | string;
}

/** A problem document of the gateway (RFC 9457), in the words of the API's own table. */
export function problem(type: ProblemType, detail: string, requestId: string, headers: Readonly<Record<string, string>> = {}): GatewayAnswer {
  const { status, title, retry } = problems[type];
  const body = JSON.stringify({ type: `/problems/${type}`, title, status, detail, instance: requestId, retry });
  return { status, headers: { 'content-type': 'application/problem+json; charset=utf-8', 'apigw-requestid': requestId, ...headers }, body };
}
