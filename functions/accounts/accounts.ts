import type * as z from 'zod/mini';
import { chargeOf, refusesAccountChange, type Charge } from '../../machines/accounts.ts';
import type { Actor, Organisation } from '../../shared/actor.ts';
import { accountChangeArgs, newAccountArgs, newUnitArgs, unitRoles } from '../../shared/contracts/accounts.ts';
import { departmentOf } from '../../shared/sectors.ts';
import type * as answers from '../api/account-answers.ts';
import type { Desk } from '../cases/act.ts';
import { refused } from '../cases/refusals.ts';
import { queryValue } from '../http/cursor.ts';
import { checked, jsonBody } from '../http/door.ts';
import { badInput, Problem } from '../http/problem.ts';
import type { HttpRequest } from '../http/shell.ts';
import { orgKey, personKey } from '../store/keys.ts';
import { allOrganisations, everybodyIn } from '../store/lists.ts';
import { nameOf, readItems } from '../store/load.ts';
import { orgOf, personOf, type Person } from '../store/people.ts';
import { accountNotes, saveAccount, type AccountNote } from './store.ts';

type Accounts = z.infer<typeof answers.unitAccounts>;
type UnitRole = (typeof unitRoles)[number];

/** The accounts of the unit that a request names, the own one unless it does. Throws `Problem` for who looks after none. */
export async function unitAccounts(desk: Desk, request: HttpRequest, actor: Actor): Promise<Accounts> {
  const { unit, charge } = await inCharge(desk, actor, queryValue(request, 'org') ?? actor.org.id);
  return accountsOf(desk, unit, charge);
}

/** Registers somebody for a unit; who is there already as asked for stays so. Throws `Problem`. */
export async function registerAccount(desk: Desk, request: HttpRequest, actor: Actor): Promise<Accounts> {
  const { org = actor.org.id, person, name, roles, reason } = checked(newAccountArgs, jsonBody(request));
  const { unit, charge } = await inCharge(desk, actor, org);
  const before = await personById(desk, person);
  if (isAsAsked(before, { org: unit.id, roles })) return accountsOf(desk, unit, charge);
  // Who has left another unit may be taken on here; who works there still, or holds an office, may not be taken away.
  if (before && (before.org !== unit.id ? isActive(before) || !isOfUnits(before) : true)) throw new Problem('conflict', before.org === unit.id ? '这个账号在本单位已经登记，请在名单中更改' : '这个账号已在其他单位登记；人员调动的，请先由原单位或其主管部门停用');
  return save(desk, actor, { unit, charge, before, after: { id: person, name, roles, org: unit.id }, change: 'registered', reason });
}

/** Changes the roles of somebody, or suspends and restores them; at once. Throws `Problem`. */
export async function changeAccount(desk: Desk, request: HttpRequest, actor: Actor, person: string): Promise<Accounts> {
  const { roles, active, reason } = checked(accountChangeArgs, jsonBody(request));
  const before = /^[\w.@-]{1,80}$/.test(person) ? await personById(desk, person) : undefined;
  const found = before && isOfUnits(before) ? await unitOf(desk, before.org) : undefined;
  const charge = found && chargeOf(actor, found);
  if (!before || !found || !charge) throw new Problem('not-found', '没有这个账号，或不由您管理；请核对账号');
  const after = withState({ ...before, roles: roles ?? before.roles }, active ?? isActive(before), desk.now);
  if (isAsAsked(before, after)) return accountsOf(desk, found, charge);
  const change = isActive(before) === isActive(after) ? 'changed' : isActive(after) ? 'restored' : 'suspended';
  return save(desk, actor, { unit: found, charge, before, after, change, reason });
}

/** Registers a unit that has not been here before, with its administrator. Throws `Problem`. */
export async function registerUnit(desk: Desk, request: HttpRequest, actor: Actor): Promise<Accounts> {
  const { name, kind, uscc, division, sector, admin, reason } = checked(newUnitArgs, jsonBody(request));
  if (sector !== undefined && !departmentOf(sector)) throw badInput('/sector', '没有这个行业主管部门，请重新选择');
  const unit: Organisation = { id: `u-${uscc.toLowerCase()}`, name, kind, office: 'none', division, uscc, ...(sector === undefined ? {} : { sector }) };
  const charge = chargeOf(actor, unit);
  if (charge !== 'superior') throw new Problem('not-allowed', '新单位由所在设区市、行业主管部门或自治区数据局登记', { needs: ['aggregator', 'bureauOfficer', 'bureauLeader'] });
  const there = (await allOrganisations(desk.table)).find((each) => each.uscc === uscc);
  const before = await personById(desk, admin.person);
  // The unit came with its administrator: who finds one finds both, however short ago the same request was carried out.
  const registered = before?.org === unit.id ? await unitOf(desk, unit.id) : undefined;
  if (registered) return accountsOf(desk, registered, charge);
  if (there) throw new Problem('conflict', `这个统一社会信用代码已登记为“${there.name}”，请在该单位名下办理`);
  if (before && (isActive(before) || !isOfUnits(before))) throw new Problem('conflict', '管理员的账号已在其他单位登记；人员调动的，请先由原单位或其主管部门停用');
  return save(desk, actor, { unit, charge, before, after: { id: admin.person, name: admin.name, roles: ['applicant', 'unitAdmin'], org: unit.id }, change: 'registered', reason, isNew: true });
}

interface Saving {
  readonly unit: Organisation;
  readonly charge: Charge;
  readonly before: Person | undefined;
  readonly after: Person;
  readonly change: AccountNote['change'];
  readonly reason: string;
  readonly isNew?: true;
}

async function save(desk: Desk, actor: Actor, { unit, charge, before, after, change, reason, isNew }: Saving): Promise<Accounts> {
  const accounts = isNew ? [] : (await everybodyIn(desk.table, unit.id)).map((each) => ({ person: each.id, roles: each.roles, active: isActive(each) }));
  const refusal = refusesAccountChange(actor, charge, accounts, { person: after.id, roles: after.roles, active: isActive(after) });
  if (refusal) throw refused(refusal);
  const note: AccountNote = { at: new Date(desk.now).toISOString(), by: actor.name, byOrg: actor.org.name, person: after.id, name: after.name, change, roles: unitRolesOf(after), reason };
  const by = charge === 'ownUnit' ? await stillInCharge(desk, actor) : undefined;
  const isSaved = await saveAccount(desk.table, { org: unit.id, before, after, note, by, ...(isNew ? { unit } : {}) });
  // The same request, sent twice, arrived twice: what was asked for is so.
  if (!isSaved && !isAsAsked(await personById(desk, after.id), after)) throw new Problem('conflict', '这个账号或单位刚刚被他人更改，请刷新后再办理');
  // Indexes are a moment behind the table: what was just written is answered as it is.
  const answer = await accountsOf(desk, unit, charge);
  return { ...answer, items: [...answer.items.filter(({ person }) => person !== after.id), rowOf(after)].toSorted((a, b) => (a.person < b.person ? -1 : 1)) };
}

/** The administrator who asks, as they are now: a colleague may have suspended them since the request came in. */
async function stillInCharge(desk: Desk, { person }: Actor): Promise<Person> {
  const now = await personById(desk, person);
  if (!now || !isActive(now) || !now.roles.includes('unitAdmin')) throw notInCharge();
  return now;
}

async function accountsOf({ table }: Desk, unit: Organisation, charge: Charge): Promise<Accounts> {
  const [people, log] = await Promise.all([everybodyIn(table, unit.id), accountNotes(table, unit.id)]);
  const { id, name, kind, division, sector, uscc } = unit;
  return { unit: { id, name, kind, division, ...(sector === undefined ? {} : { sector }), ...(uscc === undefined ? {} : { uscc }) }, charge, items: people.filter(isOfUnits).map(rowOf), log };
}

async function inCharge(desk: Desk, actor: Actor, org: string): Promise<{ readonly unit: Organisation; readonly charge: Charge }> {
  const unit = await unitOf(desk, org);
  const charge = unit && chargeOf(actor, unit);
  if (!unit || !charge) throw notInCharge();
  return { unit, charge };
}

function notInCharge(): Problem {
  return new Problem('not-allowed', '单位账号由本单位管理员管理；管理员离岗的，由所在设区市、行业主管部门或自治区数据局指定新的管理员', { needs: ['unitAdmin', 'aggregator', 'bureauOfficer', 'bureauLeader'] });
}

async function unitOf({ table }: Desk, org: string): Promise<Organisation | undefined> {
  if (!/^[\w.-]{1,80}$/.test(org)) return undefined;
  const item = (await readItems(table, [orgKey(org)])).get(nameOf(orgKey(org)));
  return item && orgOf(item);
}

async function personById({ table }: Desk, person: string): Promise<Person | undefined> {
  const item = (await readItems(table, [personKey(person)])).get(nameOf(personKey(person)));
  return item && personOf(item);
}

function withState({ suspendedAt: _before, ...person }: Person, active: boolean, now: number): Person {
  return active ? person : { ...person, suspendedAt: new Date(now).toISOString() };
}

const isActive = ({ suspendedAt }: Person): boolean => suspendedAt === undefined;
const isUnitRole = (role: string): role is UnitRole => (unitRoles as readonly string[]).includes(role);
const unitRolesOf = ({ roles }: Person): UnitRole[] => roles.filter(isUnitRole);
const isOfUnits = ({ roles }: Person): boolean => roles.every(isUnitRole);
const rowOf = (person: Person): Accounts['items'][number] => ({ person: person.id, name: person.name, roles: unitRolesOf(person), active: isActive(person) });
const isAsAsked = (there: Person | undefined, asked: Pick<Person, 'org' | 'roles' | 'suspendedAt'>): boolean => there?.org === asked.org && sameRoles(there.roles, asked.roles) && (there.suspendedAt === undefined) === (asked.suspendedAt === undefined);
const sameRoles = (some: readonly string[], others: readonly string[]): boolean => some.length === others.length && some.every((role) => others.includes(role));
