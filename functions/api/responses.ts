import type { ZodOpenApiResponseObject, ZodOpenApiResponsesObject } from 'zod-openapi';
import * as z from 'zod/mini';
import { problems, type ProblemType } from '../../shared/problems.ts';
import { problem } from './answers.ts';

const types = Object.keys(problems) as ProblemType[];

/** What every route may answer, whoever asks: a query parameter that it does not have, limits and failures. */
const always: readonly ProblemType[] = ['invalid-input', 'too-many', 'unexpected', 'unavailable'];

/** Problems of routes that ask who you are. */
export const signedIn: readonly ProblemType[] = ['not-signed-in', 'not-allowed'];

/** The problem responses of an operation: one per status, with the types that share it. */
export function problemResponses(possible: readonly ProblemType[]): ZodOpenApiResponsesObject {
  const wanted = types.filter((type) => always.includes(type) || possible.includes(type));
  const byStatus = Map.groupBy(wanted, (type) => String(problems[type].status) as `4${string}`);
  return Object.fromEntries([...byStatus].map(([status, some]) => [status, problemResponse(some)]));
}

function problemResponse(some: readonly ProblemType[]): ZodOpenApiResponseObject {
  const first = some[0] as ProblemType;
  const { title, status, retry } = problems[first];
  const example = { type: `/problems/${first}`, title, status, detail: '（说明原因与办法的一句话）', instance: 'request-id', retry };
  return { description: some.map((type) => `${problems[type].title}（\`${type}\`）`).join('；'), content: { 'application/problem+json': { schema: problem, example } } };
}

/** A JSON response with its schema; `versioned` ones carry the version as ETag. */
export function jsonResponse(description: string, schema: z.core.$ZodType, versioned = false): ZodOpenApiResponseObject {
  const headers = versioned ? { headers: z.object({ ETag: z.string() }) } : {};
  return { description, ...headers, content: { 'application/json': { schema } } };
}

/** A response that is a file of one of these media types. */
export function fileResponse(description: string, mediaTypes: Iterable<string>): ZodOpenApiResponseObject {
  return { description, content: Object.fromEntries([...mediaTypes].map((type) => [type, { schema: { type: 'string', format: 'binary' } }])) };
}
