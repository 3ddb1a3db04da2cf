import * as z from 'zod/mini';
import { describe, expect, it } from 'vitest';
import { namedFiles } from '../../../functions/cases/named-files.ts';
import { commandArgs } from '../../../shared/contracts/commands.ts';

type Schema = { readonly properties?: Record<string, Schema>; readonly items?: Schema };

/** An example value of a JSON schema that fills in the members called `attachment` and the way to them. */
function example(schema: Schema): unknown {
  if (schema.items) return [example(schema.items)];
  if (!schema.properties) return 'x';
  return Object.fromEntries(Object.entries(schema.properties).map(([name, inner]) => [name, name === 'attachment' ? 'a-1' : example(inner)]));
}

const naming = Object.entries(commandArgs).filter(([, schema]) => JSON.stringify(z.toJSONSchema(schema, { unrepresentable: 'any' })).includes('"attachment":'));

describe('the files that a command names', () => {
  it('are found in every schema that has such a member, wherever it stands', () => {
    const found = naming.map(([type, schema]) => [type, namedFiles({ type, args: example(z.toJSONSchema(schema, { unrepresentable: 'any' }) as Schema) as never }).map(({ pointer }) => pointer)]);
    expect(Object.fromEntries(found)).toEqual({
      confirmAttachment: [],
      quarantineAttachment: [],
      removeAttachment: ['/attachment'],
      recordProjectApproval: ['/attachment'],
      declareTechnologies: ['/technologies/0/attachment'],
      recordExpense: ['/attachment'],
      reportActuals: ['/actuals/0/attachment'],
      recordCommitmentCheck: ['/proofs/0/attachment'],
      recordBreach: ['/attachment'],
    });
  });

  it('are none of a form’s, whatever its members are called, unless the command says so', () => {
    expect(namedFiles({ type: 'saveForm', args: { form: { note: 'attachment' } } })).toEqual([]);
  });
});
