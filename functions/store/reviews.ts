import { QueryCommand } from '@aws-sdk/client-dynamodb';
import type { ClosedReview } from '../../machines/scenario/raters.ts';
import { key, text, type Item } from './keys.ts';
import { counted, meter, type Table } from './table.ts';

/** A closed review as it is kept beside its event: one small item a review, written in the transaction that closes it. */
export interface ReviewRecord extends ClosedReview {
  readonly case: string;
  readonly n: number;
  readonly at: string;
  readonly policy: string;
}

const partition = 'REVIEWS';

/** A closed review as its item, listed by the time it was closed. */
export function reviewItem(review: ReviewRecord): Item {
  return {
    ...key(partition, `${review.at}#${review.case}#${review.n}`),
    policy: { S: review.policy },
    sheets: { S: JSON.stringify(review.sheets) },
  };
}

/** The newest closed reviews, at most `most`. */
export async function newestReviews(table: Table, most: number): Promise<ClosedReview[]> {
  const found: ClosedReview[] = [];
  let start: Item | undefined;
  do {
    const answer = await table.client.send(
      new QueryCommand({
        TableName: table.name, ScanIndexForward: false, Limit: most - found.length, ExclusiveStartKey: start,
        KeyConditionExpression: 'pk = :pk', ExpressionAttributeValues: { ':pk': { S: partition } }, ...counted(table),
      }),
    );
    meter(table, answer.ConsumedCapacity);
    found.push(...(answer.Items ?? []).map((item) => ({ sheets: JSON.parse(text(item, 'sheets')) as ClosedReview['sheets'] })));
    start = answer.LastEvaluatedKey;
  } while (start && found.length < most);
  return found;
}
