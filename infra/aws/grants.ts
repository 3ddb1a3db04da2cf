import { type DataStack, indexes } from './data-stack.ts';
import { executionsArn, stateMachineArn } from './names.ts';
import type { Right } from './rights.ts';

/** What grants are made of: the stack of records, and the installation's lifecycles by name. */
export interface Grantable {
  readonly data: DataStack;
  readonly prefix: string;
  readonly lifecycles: readonly string[];
}

/** A right of a function, as one statement of its role. */
export type Grant = (on: Grantable) => Right;

const allow = (actions: readonly string[], resources: readonly string[], wide?: string): Right => ({
  actions,
  resources,
  ...(wide === undefined ? {} : { wide }),
});

const underPrefix = 'The objects are made at run time; the role reaches those under one prefix of one bucket.';
const anyLeg = 'Executions are named at run time (case and leg); the role reaches those of the own lifecycles.';

const machines = ({ prefix, lifecycles }: Grantable): string[] => lifecycles.map((name) => stateMachineArn(prefix, name));

/** Reads records, through the indexes too. */
export const readTable: Grant = ({ data: { table } }) =>
  allow(
    ['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:Query'],
    [table.tableArn, ...Object.keys(indexes).map((index) => `${table.tableArn}/index/${index}`)],
  );

/** Reads records by their keys alone. */
export const readItems: Grant = ({ data: { table } }) =>
  allow(['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:Query'], [table.tableArn]);

/** Writes records; a transaction needs the right of each of its parts. */
export const writeTable: Grant = ({ data: { table } }) =>
  allow(['dynamodb:ConditionCheckItem', 'dynamodb:DeleteItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'], [table.tableArn]);

/** Writes records many at a time, each whole and on no condition. */
export const writeMany: Grant = ({ data: { table } }) => allow(['dynamodb:BatchWriteItem'], [table.tableArn]);

/** Reads the files under a prefix of the bucket, any version of them. */
export const readFiles =
  (prefix: string): Grant =>
  ({ data }) =>
    allow(['s3:GetObject', 's3:GetObjectVersion'], [`${data.bucketArn}/${prefix}*`], underPrefix);

/** Tells "not there" from "not allowed": without this right S3 answers 403 for an object that is missing. */
export const findFiles: Grant = ({ data }) => allow(['s3:ListBucket'], [data.bucketArn]);

/** Removes what was uploaded under a prefix and is not what was announced. */
export const removeFiles =
  (prefix: string): Grant =>
  ({ data }) =>
    allow(['s3:DeleteObject', 's3:DeleteObjectVersion'], [`${data.bucketArn}/${prefix}*`], underPrefix);

/** Writes files under a prefix. */
export const writeFiles =
  (prefix: string): Grant =>
  ({ data }) =>
    allow(['s3:AbortMultipartUpload', 's3:PutObject'], [`${data.bucketArn}/${prefix}*`], underPrefix);

/** Sees which pieces of an upload have arrived under a prefix. */
export const seePieces =
  (prefix: string): Grant =>
  ({ data }) =>
    allow(['s3:ListMultipartUploadParts'], [`${data.bucketArn}/${prefix}*`], underPrefix);

/** Answers the task tokens of the lifecycles. */
export const answerTokens: Grant = (on) =>
  allow(['states:SendTaskFailure', 'states:SendTaskHeartbeat', 'states:SendTaskSuccess'], machines(on));

/** Starts legs; an alias is authorised by the ARN of its state machine (Step Functions, "Authorization for versions and aliases"). */
export const startLegs: Grant = (on) => allow(['states:StartExecution'], machines(on));

/** Looks whether legs run. */
export const watchLegs: Grant = ({ prefix, lifecycles }) =>
  allow(
    ['states:DescribeExecution'],
    lifecycles.map((name) => executionsArn(prefix, name)),
    anyLeg,
  );
