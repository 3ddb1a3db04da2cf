import { QueryCommand, type TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { Organisation } from '../../shared/actor.ts';
import type * as z from 'zod/mini';
import type * as answers from '../api/account-answers.ts';
import { key, orgKey, personKey, text, type Item } from '../store/keys.ts';
import { isNew, type Condition } from '../store/put.ts';
import { orgItem, personItem, type Person } from '../store/people.ts';
import { isWritten } from '../store/save.ts';
import { counted, meter, type Table } from '../store/table.ts';

/** One change of an account as it is kept: who, when, what, why. */
export type AccountNote = z.infer<typeof answers.unitAccounts>['log'][number];

const mostNotes = 50;

/** What is written of one change: the account before and after it, and the note; `by` is the administrator of the same unit whose right it rests on, `unit` a unit that is new with it. */
interface AccountWrite {
  readonly org: string;
  readonly before: Person | undefined;
  readonly after: Person;
  readonly note: AccountNote;
  readonly by?: Person | undefined;
  readonly unit?: Organisation;
}

/**
 * Writes a person's account and the note of what changed, together; with `unit`, the unit itself, too. False where the person was
 * changed meanwhile, or whoever decides by their own account was, or the unit is there already.
 */
export async function saveAccount(table: Table, { org, before, after, note, by, unit }: AccountWrite): Promise<boolean> {
  const changes = (before?.changes ?? 0) + 1;
  const put = (Item: Item, condition: Condition): TransactWriteItem => ({ Put: { TableName: table.name, Item, ...condition } });
  return isWritten(table, [
    put(personItem({ ...after, changes }), before ? unchanged(before) : isNew),
    put({ ...noteKey(org, note, changes), note: { S: JSON.stringify(note) } }, isNew),
    // Two administrators who suspend each other at the same moment would leave none.
    ...(by ? [{ ConditionCheck: { TableName: table.name, Key: personKey(by.id), ...unchanged(by) } }] : []),
    ...(unit ? [put(orgItem(unit), isNew)] : []),
  ]);
}

/** Holds where an account is as it was read. */
function unchanged({ changes }: Person): Condition & { ConditionExpression: string } {
  const names = { ExpressionAttributeNames: { '#changes': 'changes' } };
  return changes === undefined
    ? { ConditionExpression: 'attribute_exists(pk) AND attribute_not_exists(#changes)', ...names }
    : { ConditionExpression: '#changes = :before', ...names, ExpressionAttributeValues: { ':before': { N: String(changes) } } };
}

const noteKey = (org: string, { at, person }: AccountNote, changes: number) => key(orgKey(org).pk.S, `ACCOUNT#${at}#${person}#${String(changes).padStart(6, '0')}`);

/** The latest changes of a unit's accounts, strongly consistent. */
export async function accountNotes(table: Table, org: string): Promise<AccountNote[]> {
  const answer = await table.client.send(
    new QueryCommand({
      TableName: table.name, ConsistentRead: true, ScanIndexForward: false, Limit: mostNotes,
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :sk)', ExpressionAttributeValues: { ':pk': orgKey(org).pk, ':sk': { S: 'ACCOUNT#' } }, ...counted(table),
    }),
  );
  meter(table, answer.ConsumedCapacity);
  return (answer.Items ?? []).map((item) => JSON.parse(text(item, 'note')) as AccountNote);
}
