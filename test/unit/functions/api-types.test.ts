import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { openApiDocument } from '../../../functions/api/openapi.ts';
import { generated } from '../../../infra/build/api-types.ts';

it.each(Object.entries(generated))("%s says what the API's description says (npm run api:types)", (file, write) => {
  const wanted = write(openApiDocument() as unknown as Parameters<typeof write>[0]);
  expect(readFileSync(new URL(`../../../${file}`, import.meta.url), 'utf8')).toBe(wanted);
});
