import * as z from 'zod/mini';
import { later } from '../later.ts';
import { organisationKinds } from '../actor.ts';
import { divisionName } from '../divisions.ts';
import { id, line, person, several, text, uscc } from './text.ts';

/** The roles that people of a unit have in its name; everything else is an office, which no unit gives away. */
export const unitRoles = ['applicant', 'unitAdmin'] as const;

const name = line;
const roles = () => several(z.enum(unitRoles), unitRoles.length);
const reason = later(() => text(500));
const noDivision = '请选择广西的设区市或县（市、区）';

/** Somebody who is to work for a unit: `org` names it where it is not the own one. */
export const newAccountArgs = later(() => z.strictObject({ org: z.optional(id), person, name, roles: roles(), reason }));

/** What is to change about somebody who works for a unit: the roles, or whether they may still sign in. */
export const accountChangeArgs = later(() => z.strictObject({ roles: z.optional(roles()), active: z.optional(z.boolean()), reason }).check(
  z.refine((change) => change.roles !== undefined || change.active !== undefined, { error: '请说明要更改什么：角色，或停用、恢复', path: ['roles'] }),
));

/** A unit that has not been here before, with the person who looks after its accounts. */
export const newUnitArgs = later(() => z.strictObject({
  name: line,
  kind: z.enum(organisationKinds),
  uscc,
  division: z.string().check(z.regex(/^45\d{4}$/, { error: noDivision, abort: true }), z.refine((code) => divisionName(code) !== undefined, { error: noDivision })),
  sector: z.optional(id),
  admin: z.strictObject({ person, name }),
  reason,
}));
