import type { ZodOpenApiOperationObject } from 'zod-openapi';
import type * as z from 'zod/mini';
import type { ProblemType } from '../../shared/problems.ts';
import { jsonResponse, problemResponses, signedIn } from './responses.ts';

/** What a body can be wrong in. */
export const bodyProblems: readonly ProblemType[] = ['too-large', 'unsupported-type'];

/** A read for people who are signed in. */
export function read(summary: string, tag: string, schema: z.core.$ZodType, requestParams: ZodOpenApiOperationObject['requestParams'], versioned = false): ZodOpenApiOperationObject {
  return { summary, tags: [tag], ...(requestParams ? { requestParams } : {}), responses: { 200: jsonResponse(summary, schema, versioned), ...problemResponses([...signedIn, 'not-found']) } };
}

/** A JSON body that a schema checks. */
export function body(schema: z.core.$ZodType): NonNullable<ZodOpenApiOperationObject['requestBody']> {
  return { required: true, content: { 'application/json': { schema } } };
}
