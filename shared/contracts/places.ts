import type * as z from 'zod/mini';

/** Whether a schema has something at a JSON pointer: a member, a section, an item of a list by its number. */
export function hasPlace(schema: z.core.$ZodType, pointer: string): boolean {
  return leads(schema, pointer.split('/').slice(1));
}

function leads(schema: z.core.$ZodType, [step, ...rest]: readonly string[]): boolean {
  if (step === undefined) return true;
  const { def } = (schema as z.core.$ZodTypes)._zod;
  switch (def.type) {
    case 'object': {
      const member = Object.hasOwn(def.shape, step) ? def.shape[step] : undefined;
      return member !== undefined && leads(member, rest);
    }
    case 'array':
      return /^\d{1,3}$/.test(step) && leads(def.element, rest);
    case 'optional':
      return leads(def.innerType, [step, ...rest]);
    default:
      return false;
  }
}
