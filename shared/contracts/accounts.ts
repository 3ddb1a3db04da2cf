import * as z from 'zod/mini';
import { later } from '../later.ts';
import { organisationKinds } from '../actor.ts';
import { divisionName } from '../divisions.ts';
import { isUscc } from '../uscc.ts';
import { id, line, several, text } from './text.ts';

/** The roles that people of a unit have in its name; everything else is an office, which no unit gives away. */
export const unitRoles = ['applicant', 'unitAdmin'] as const;

/** Who somebody is to the identity provider: the subject of their token. */
const account = later(() => z.string().check(z.regex(/^[A-Za-z0-9][A-Za-z0-9._@-]{0,79}$/, { error: '账号由字母、数字和 . _ @ - 组成，最多80个字符' })));
const name = line;
const roles = later(() => several(z.enum(unitRoles), unitRoles.length));
const reason = later(() => text(500));

/** Somebody who is to work for a unit: `org` names it where it is not the own one. */
export const newAccountArgs = later(() => z.strictObject({ org: z.optional(id), person: account, name, roles, reason }));

/** What is to change about somebody who works for a unit: the roles, or whether they may still sign in. */
export const accountChangeArgs = later(() => z.strictObject({ roles: z.optional(roles), active: z.optional(z.boolean()), reason }).check(
  z.refine((change) => change.roles !== undefined || change.active !== undefined, { error: '请说明要更改什么：角色，或停用、恢复', path: ['roles'] }),
));

/** A unit that has not been here before, with the person who looks after its accounts. */
export const newUnitArgs = later(() => z.strictObject({
  name: line,
  kind: z.enum(organisationKinds),
  uscc: z.string().check(z.refine(isUscc, { error: '统一社会信用代码不正确：应为18位，且校验位相符' })),
  division: z.string().check(z.refine((code) => /^45\d{4}$/.test(code) && divisionName(code) !== undefined, { error: '请选择广西的设区市或县（市、区）' })),
  sector: z.optional(id),
  admin: z.strictObject({ person: account, name }),
  reason,
}));
