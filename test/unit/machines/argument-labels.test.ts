import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { argumentLabels, choiceLabels } from '../../../machines/labels-of-arguments.zh.ts';
import { commandArgs } from '../../../shared/contracts/commands.ts';

interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly enum?: readonly string[];
}

const schemas = Object.entries(commandArgs).filter(([command]) => command !== 'confirmAttachment').map(([, schema]) => z.toJSONSchema(schema as z.core.$ZodType, { unrepresentable: 'any', io: 'input' }) as Schema);

function members(schema: Schema): (readonly [string, Schema])[] {
  const own = Object.entries(schema.properties ?? {});
  return [...own, ...own.flatMap(([, member]) => members(member)), ...(schema.items ? members(schema.items) : [])];
}

describe('names of arguments', () => {
  it('every argument of every command has a Chinese name', () => {
    const nameless = schemas.flatMap(members).map(([name]) => name).filter((name) => !(name in argumentLabels));
    expect([...new Set(nameless)]).toEqual([]);
  });

  it('every choice has a Chinese name', () => {
    const choices = schemas.flatMap(members).flatMap(([name, schema]) => (schema.enum && name !== 'part' ? schema.enum.filter((value) => !choiceLabels[name]?.[value]) : []));
    expect(choices).toEqual([]);
  });
});
