import { QueryCommand, type TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type * as z from 'zod/mini';
import type * as answers from '../api/meeting-answers.ts';
import { key, text, type Item } from '../store/keys.ts';
import { nameOf, readItems } from '../store/load.ts';
import { isNew } from '../store/put.ts';
import { isWritten } from '../store/save.ts';
import { counted, meter, type Table } from '../store/table.ts';

/** A meeting as it is kept: written once, never changed but for the note of which later record puts it right. */
export type Meeting = z.infer<typeof answers.meeting>;

/** A kept meeting, and the digest of the request that made it: a repeat is recognised by it. */
export interface KeptMeeting {
  readonly meeting: Meeting;
  readonly request: string;
}

const partition = 'MEETINGS';
const meetingKey = (id: string) => key(partition, id);

/** Keeps a meeting, and notes with the one it replaces by which; false where there is one of that id, or the other was replaced already. */
export async function keepMeeting(table: Table, { meeting, request }: KeptMeeting): Promise<boolean> {
  const Item: Item = { ...meetingKey(meeting.id), meeting: { S: JSON.stringify(meeting) }, request: { S: request } };
  const writes: TransactWriteItem[] = [{ Put: { TableName: table.name, Item, ...isNew } }];
  if (meeting.replaces !== undefined) writes.push(replacement(table, meeting.replaces, meeting.id));
  return isWritten(table, writes);
}

function replacement(table: Table, id: string, by: string): TransactWriteItem {
  return { Update: { TableName: table.name, Key: meetingKey(id), UpdateExpression: 'SET replacedBy = :by', ConditionExpression: 'attribute_exists(pk) AND attribute_not_exists(replacedBy)', ExpressionAttributeValues: { ':by': { S: by } } } };
}

/** A meeting by its id, strongly consistent; `undefined` when there is none. */
export async function meetingById(table: Table, id: string): Promise<KeptMeeting | undefined> {
  const item = (await readItems(table, [meetingKey(id)])).get(nameOf(meetingKey(id)));
  return item && { meeting: meetingIn(item), request: text(item, 'request') };
}

/** Meetings, the latest first, those before an id where one is named. Strongly consistent. */
export async function meetingsBefore(table: Table, before: string | undefined, limit: number): Promise<Meeting[]> {
  const answer = await table.client.send(
    new QueryCommand({
      TableName: table.name, ConsistentRead: true, ScanIndexForward: false, Limit: limit,
      KeyConditionExpression: before === undefined ? 'pk = :pk' : 'pk = :pk AND sk < :before',
      ExpressionAttributeValues: { ':pk': { S: partition }, ...(before === undefined ? {} : { ':before': { S: before } }) },
      ...counted(table),
    }),
  );
  meter(table, answer.ConsumedCapacity);
  return (answer.Items ?? []).map(meetingIn);
}

function meetingIn(item: Item): Meeting {
  return { ...(JSON.parse(text(item, 'meeting')) as Meeting), ...(item['replacedBy']?.S === undefined ? {} : { replacedBy: item['replacedBy'].S }) };
}
