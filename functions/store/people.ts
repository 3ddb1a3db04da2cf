import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { Actor, Office, Organisation, OrganisationKind } from '../../shared/actor.ts';
import type { Expertise } from '../../shared/expert.ts';
import type { Role } from '../../shared/roles.ts';
import { orgKey, personKey, text, type Item } from './keys.ts';

/** A person as the records hold them: the roles count, whatever a token claims. */
export interface Person {
  readonly id: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly org: string;
  /** Since when they may not act (UTC ISO instant); absent while they may. */
  readonly suspendedAt?: string;
  /** How often their account was changed; absent before the first time. */
  readonly changes?: number;
  /** What the expert pool knows of them; absent where nothing was entered. */
  readonly expertise?: Expertise;
}

/** The partition of byQueue in which experts stand by id: who assigns reviews chooses from them. */
export const expertQueue = 'experts';

/** The partition of byOwner in which the people of an organisation stand by id: who is told what lies on its desks, who may stand in. */
export const peoplePartition = (org: string): string => `people#${org}`;

/** A person as their item. */
export function personItem(person: Person): Item {
  const listed: Item = person.roles.includes('expert') ? { queue: { S: expertQueue }, queueKey: { S: person.id } } : {};
  return { ...personKey(person.id), ...listed, owner: { S: peoplePartition(person.org) }, ownerKey: { S: person.id }, name: { S: person.name }, roles: { L: person.roles.map((role) => ({ S: role })) }, org: { S: person.org }, ...(person.suspendedAt === undefined ? {} : { suspendedAt: { S: person.suspendedAt } }), ...(person.changes === undefined ? {} : { changes: { N: String(person.changes) } }), ...(person.expertise ? { expertise: { S: JSON.stringify(person.expertise) } } : {}) };
}

/** The person inside their item. */
export function personOf(item: Item): Person {
  return { id: idIn(item), name: text(item, 'name'), roles: (item['roles']?.L ?? []).map(roleIn), org: text(item, 'org'), ...(item['suspendedAt']?.S === undefined ? {} : { suspendedAt: item['suspendedAt'].S }), ...(item['changes']?.N === undefined ? {} : { changes: Number(item['changes'].N) }), ...(item['expertise']?.S === undefined ? {} : { expertise: JSON.parse(item['expertise'].S) as Expertise }) };
}

/** The partition of byQueue in which organisations stand, by office and id: who fills in a form chooses from them. */
export const organisationQueue = 'organisations';

/** An organisation as its item. */
export function orgItem(org: Organisation): Item {
  const optional: [string, string | undefined][] = [['sector', org.sector], ['uscc', org.uscc]];
  return {
    ...orgKey(org.id),
    queue: { S: organisationQueue },
    queueKey: { S: `${org.office}#${org.id}` },
    name: { S: org.name },
    kind: { S: org.kind },
    office: { S: org.office },
    division: { S: org.division },
    ...Object.fromEntries(optional.flatMap(([name, value]) => (value === undefined ? [] : [[name, { S: value }]]))),
  };
}

/** The organisation inside its item. */
export function orgOf(item: Item): Organisation {
  return {
    id: idIn(item),
    name: text(item, 'name'),
    kind: text(item, 'kind') as OrganisationKind,
    office: text(item, 'office') as Office,
    division: text(item, 'division'),
    ...(item['sector']?.S === undefined ? {} : { sector: item['sector'].S }),
    ...(item['uscc']?.S === undefined ? {} : { uscc: item['uscc'].S }),
  };
}

/** A person and their organisation as the core sees who acts. */
export function actorOf(person: Person, org: Organisation): Actor {
  return { person: person.id, name: person.name, roles: person.roles, org };
}

/** The workflow itself: timers, schedules, activities. */
export const systemActor: Actor = {
  person: 'system',
  name: '系统',
  roles: ['system'],
  org: { id: 'system', name: '桂景系统', kind: 'government', office: 'none', division: '450000' },
};

function idIn(item: Item): string {
  const pk = text(item, 'pk');
  return pk.slice(pk.indexOf('#') + 1);
}

function roleIn(value: AttributeValue): Role {
  return (value.S ?? '') as Role;
}
