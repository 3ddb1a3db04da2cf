import * as z from 'zod/mini';
import { later } from '../later.ts';
import { contact, unitRef } from './system-fields.ts';
import { line } from './text.ts';

/** What a unit files again and again. Forms take a copy of it when they begin: a later change of the profile reaches no filing that runs. */
export const unitProfile = later(() => z.strictObject({
  contact: z.optional(contact),
  projectLead: z.optional(line),
  address: z.optional(line),
  legalRepresentative: z.optional(line),
  cooperatingUnits: z.optional(z.array(unitRef).check(z.maxLength(20))),
}));

/** A unit's profile. */
export type UnitProfile = z.infer<typeof unitProfile>;
