import { QueryCommand } from '@aws-sdk/client-dynamodb';
import { casePk, sk, type Item } from './keys.ts';
import { counted, meter, type Table } from './table.ts';

/** The latest form revision of a case, or the latest up to event `upTo`, as its item (`n`, `at`, `person`, packed `form`); `undefined` when none was saved. */
export async function latestForm(table: Table, id: string, upTo = 9_999_999_999): Promise<Item | undefined> {
  const answer = await table.client.send(
    new QueryCommand({
      TableName: table.name,
      ConsistentRead: true,
      ScanIndexForward: false,
      Limit: 1,
      KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
      ExpressionAttributeValues: { ':pk': { S: casePk(id) }, ':from': { S: sk.revision(0) }, ':to': { S: sk.revision(upTo) } },
      ...counted(table),
    }),
  );
  meter(table, answer.ConsumedCapacity);
  return answer.Items?.[0];
}
