import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import type { UnitProfile } from '../../shared/contracts/profile.ts';
import { count, key, sk, text, type Item } from './keys.ts';
import { pack, unpack } from './pack.ts';
import { follows, putIf } from './put.ts';
import { counted, meter, type Table } from './table.ts';

/** A unit's profile as it was last saved: its version, when (UTC ISO instant), by whom. */
export interface SavedProfile {
  readonly version: number;
  readonly at: string;
  readonly person: string;
  readonly name: string;
  readonly profile: UnitProfile;
}

const profileKey = (org: string) => key(`ORG#${org}`, sk.filing);

/** The profile of a unit, strongly consistent; `undefined` when it has saved none. */
export async function loadProfile(table: Table, org: string): Promise<SavedProfile | undefined> {
  const answer = await table.client.send(new GetItemCommand({ TableName: table.name, Key: profileKey(org), ConsistentRead: true, ...counted(table) }));
  meter(table, answer.ConsumedCapacity);
  const { Item: item } = answer;
  return item && { version: count(item, 'v'), at: text(item, 'at'), person: text(item, 'person'), name: text(item, 'name'), profile: unpack<UnitProfile>(item['profile']) };
}

/** Saves a profile as its next version if it is still at the one before; answers whether it was saved. */
export async function keepProfile(table: Table, org: string, { version, at, person, name, profile }: SavedProfile): Promise<boolean> {
  const item: Item = { ...profileKey(org), v: { N: String(version) }, at: { S: at }, person: { S: person }, name: { S: name }, profile: pack(profile) };
  return putIf(table, item, follows('v', version));
}
