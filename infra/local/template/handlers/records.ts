import type { BucketModel, Document } from '../model.ts';
import { arn, type Asked, type Deployed, flag, items, optionalText, record, refuse, text } from '../read.ts';

/** DynamoDB tables, also those written as global tables with one replica. */
export async function table(asked: Asked): Promise<Deployed> {
  const { props, model } = asked;
  if (asked.type === 'AWS::DynamoDB::GlobalTable' && items(asked, 'Replicas').length > 1) refuse(asked, 'Replicas', 'may name one region only: the local cloud is one region');
  const name = optionalText(asked, 'TableName') ?? asked.name(255);
  const stream = record(asked, 'StreamSpecification');
  const ttl = record(asked, 'TimeToLiveSpecification');
  const definition = {
    TableName: name,
    AttributeDefinitions: props['AttributeDefinitions'],
    KeySchema: props['KeySchema'],
    BillingMode: 'PAY_PER_REQUEST',
    DeletionProtectionEnabled: isProtected(asked),
    ...indexes(props, 'GlobalSecondaryIndexes'),
    ...indexes(props, 'LocalSecondaryIndexes'),
    ...(stream ? { StreamSpecification: { StreamEnabled: true, StreamViewType: stream['StreamViewType'] } } : {}),
  };
  const ttlAttribute = ttl && flag(ttl['Enabled']) ? String(ttl['AttributeName']) : undefined;
  await asked.ports.table(definition, ttlAttribute);
  const tableArn = arn(asked, 'dynamodb', `table/${name}`);
  // The label is fixed so that policies and mappings that name the stream stay the same over restarts.
  const streamArn = stream ? `${tableArn}/stream/2026-01-01T00:00:00.000` : undefined;
  model.tables.set(tableArn, { name, arn: tableArn, streamArn, definition, ttlAttribute });
  return { ref: name, attributes: { Arn: tableArn, ...(streamArn ? { StreamArn: streamArn } : {}) } };
}

/** A global table says it of each replica, of which there is one. */
function isProtected(asked: Asked): boolean {
  const said = [asked.props, ...(items(asked, 'Replicas') as readonly Document[])];
  return said.some((each) => flag(each['DeletionProtectionEnabled']));
}

function indexes(props: Document, kind: string): Document {
  const list = props[kind] as readonly Document[] | undefined;
  if (!list?.length) return {};
  return { [kind]: list.map(({ IndexName, KeySchema, Projection }) => ({ IndexName, KeySchema, Projection })) };
}

/** S3 buckets. */
export async function bucket(asked: Asked): Promise<Deployed> {
  const { model } = asked;
  const name = optionalText(asked, 'BucketName') ?? asked.name(63).toLowerCase();
  const bucketArn = `arn:${model.partition}:s3:::${name}`;
  const settings: BucketModel = {
    name,
    arn: bucketArn,
    versioned: record(asked, 'VersioningConfiguration')?.['Status'] === 'Enabled',
    objectLock: flag(asked.props['ObjectLockEnabled']),
    lockRule: record(asked, 'ObjectLockConfiguration'),
    corsRules: (record(asked, 'CorsConfiguration')?.['CorsRules'] ?? []) as readonly Document[],
  };
  model.buckets.set(bucketArn, settings);
  await asked.ports.bucket(name, settings);
  const domain = model.partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com';
  return {
    ref: name,
    attributes: {
      Arn: bucketArn,
      DomainName: `${name}.s3.${domain}`,
      RegionalDomainName: `${name}.s3.${model.region}.${domain}`,
    },
  };
}

/** Encryption keys: only their names exist here. */
export function key(asked: Asked): Deployed {
  const id = asked.name(36).toLowerCase();
  return { ref: id, attributes: { Arn: arn(asked, 'kms', `key/${id}`), KeyId: id } };
}

/** Names of encryption keys. */
export const keyAlias = (asked: Asked): Deployed => ({ ref: text(asked, 'AliasName'), attributes: {} });
