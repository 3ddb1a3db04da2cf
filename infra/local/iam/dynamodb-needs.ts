import { object, rows, text } from './need.ts';
import type { JsonBody, Need, Place } from './need.ts';

/** Operations on one table (or on one of its indexes) whose permission has the operation's own name. */
const onTable = new Set([
  'GetItem',
  'PutItem',
  'UpdateItem',
  'DeleteItem',
  'CreateTable',
  'UpdateTable',
  'DeleteTable',
  'DescribeTable',
  'UpdateTimeToLive',
  'DescribeTimeToLive',
  'UpdateContinuousBackups',
  'DescribeContinuousBackups',
]);
const onIndexOrTable = new Set(['Query', 'Scan']);
const onNothing = new Set(['ListTables', 'ListStreams', 'DescribeLimits', 'DescribeEndpoints']);
const onResourceArn = new Set(['TagResource', 'UntagResource', 'ListTagsOfResource']);

/** The members of a TransactWriteItems entry and the permission each needs (DynamoDB Developer Guide, "Using IAM with transactions"). */
const transactWrites = { Put: 'PutItem', Update: 'UpdateItem', Delete: 'DeleteItem', ConditionCheck: 'ConditionCheckItem' } as const;

/** Condition keys under which IAM judges a batch or transaction as the single call it contains. */
interface Part {
  readonly permission: string;
  readonly table: string;
  readonly enclosing?: string;
}

/** What a request to DynamoDB or DynamoDB Streams needs; undefined for an operation that is not in the tables. */
export function dynamoNeeds(operation: string, body: JsonBody, place: Place): readonly Need[] | undefined {
  const table = (value: unknown) => tableArn(text(value), place);
  if (onTable.has(operation)) return [need(operation, table(body['TableName']))];
  if (onIndexOrTable.has(operation)) return [need(operation, withIndex(table(body['TableName']), text(body['IndexName'])))];
  if (onNothing.has(operation)) return [need(operation, '*')];
  if (onResourceArn.has(operation)) return [need(operation, text(body['ResourceArn']))];
  if (operation === 'DescribeStream' || operation === 'GetShardIterator') return [need(operation, text(body['StreamArn']))];
  if (operation === 'GetRecords') return [need(operation, streamOfIterator(text(body['ShardIterator']), place))];
  const parts = partsOf(operation, body);
  return parts ? distinct(parts.map((part) => partNeed(part, table(part.table)))) : undefined;
}

function partsOf(operation: string, body: JsonBody): readonly Part[] | undefined {
  switch (operation) {
    case 'BatchGetItem':
    case 'BatchWriteItem':
      return Object.keys(object(body['RequestItems'])).map((table) => ({ permission: operation, table }));
    case 'TransactGetItems':
      return rows(body['TransactItems']).map((item) => ({ permission: 'GetItem', table: text(object(item['Get'])['TableName']), enclosing: operation }));
    case 'TransactWriteItems':
      return rows(body['TransactItems']).flatMap((item) =>
        Object.entries(transactWrites)
          .filter(([member]) => item[member] !== undefined)
          .map(([member, permission]) => ({ permission, table: text(object(item[member])['TableName']), enclosing: operation })),
      );
    default:
      return undefined;
  }
}

function partNeed({ permission, enclosing }: Part, resource: string): Need {
  return { ...need(permission, resource), ...(enclosing ? { context: { 'dynamodb:EnclosingOperation': enclosing } } : {}) };
}

function need(operation: string, resource: string): Need {
  return { action: `dynamodb:${operation}`, resource };
}

/** A table may be named or given by its ARN. */
function tableArn(table: string, place: Place): string {
  return table.startsWith('arn:') ? table : `arn:${place.partition}:dynamodb:${place.region}:${place.accountId}:table/${table}`;
}

function withIndex(table: string, index: string): string {
  return index === '' ? table : `${table}/index/${index}`;
}

/** An iterator begins with the ARN of its stream, a bar, and what the engine adds; the engine's own place may differ from ours. */
function streamOfIterator(iterator: string, place: Place): string {
  const tail = /table\/[^/|]+\/stream\/[^|]+/.exec(iterator)?.[0];
  return tail ? `arn:${place.partition}:dynamodb:${place.region}:${place.accountId}:${tail}` : '';
}

function distinct(needs: readonly Need[]): readonly Need[] {
  return [...new Map(needs.map((one) => [JSON.stringify(one), one])).values()];
}
