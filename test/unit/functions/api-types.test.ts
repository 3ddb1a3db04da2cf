import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { openApiDocument } from '../../../functions/api/openapi.ts';
import { apiTypes, apiTypesFile } from '../../../infra/build/api-types.ts';

it("the console's types are those of the API's description (npm run api:types)", () => {
  const wanted = apiTypes(openApiDocument() as unknown as Parameters<typeof apiTypes>[0]);
  expect(readFileSync(new URL(`../../../${apiTypesFile}`, import.meta.url), 'utf8')).toBe(wanted);
});
