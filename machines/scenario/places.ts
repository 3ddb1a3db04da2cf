import { attachmentPartNames } from '../../shared/contracts/attachments.ts';
import { hasPlace } from '../../shared/contracts/places.ts';
import type { FundingClass } from './context.ts';
import { formOf } from './form.ts';

/** Whether a pointer names something that a filing of this class has: a member, a section or a list's item of its form, or `/attachments/<part>`. */
export function isPlace(pointer: string, funding: FundingClass): boolean {
  return attachmentPartNames.some((part) => pointer === `/attachments/${part}`) || hasPlace(formOf(funding), pointer);
}

/** Whether a change at a pointer stays inside one of these places. Lists are compared as a whole, so whoever may change an item may change its list. */
export function isWithin(pointer: string, places: readonly string[]): boolean {
  return places.map((place) => place.replace(/\/\d+(\/.*)?$/, '')).some((place) => pointer === place || pointer.startsWith(`${place}/`));
}
