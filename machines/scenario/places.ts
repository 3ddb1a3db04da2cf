import type * as z from 'zod/mini';
import { attachmentPartNames } from '../../shared/contracts/attachments.ts';
import type { FundingClass } from './context.ts';
import { formOf } from './form.ts';

/** Whether a pointer names something that a filing of this class has: a member, a section or a list's item of its form, or `/attachments/<part>`. */
export function isPlace(pointer: string, funding: FundingClass): boolean {
  const [, first = '', ...rest] = pointer.split('/');
  if (first !== 'attachments') return leads(formOf(funding), [first, ...rest]);
  return rest.length === 1 && attachmentPartNames.some((part) => part === rest[0]);
}

/** Whether a change at a pointer stays inside one of these places. Lists are compared as a whole, so whoever may change an item may change its list. */
export function isWithin(pointer: string, places: readonly string[]): boolean {
  return places.map((place) => place.replace(/\/\d+(\/.*)?$/, '')).some((place) => pointer === place || pointer.startsWith(`${place}/`));
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
