import { CfnOutput, CfnParameter, Duration, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import { AttributeType, BillingMode, ProjectionType, StreamViewType, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import { AnyPrincipal, Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Key } from 'aws-cdk-lib/aws-kms';
import { BlockPublicAccess, Bucket, BucketEncryption, HttpMethods, type IBucket, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { accept } from './nag.ts';
import { recordsKey } from './records-key.ts';

/** The indexes of the table (contract, section 6): name → its two key attributes. */
export const indexes = {
  byQueue: ['queue', 'queueKey'],
  byOwner: ['owner', 'ownerKey'],
  byLeaf: ['leaf', 'leafKey'],
} as const;

/** What the stack of records needs to know. */
export interface DataProps extends StackProps {
  readonly prefix: string;
}

/** What must never be lost: the table of records, the bucket of files, and the key of both. Deleting the stack keeps all three. */
export class DataStack extends Stack {
  readonly key: Key;
  readonly table: Table;
  readonly bucket: Bucket;
  /** The bucket's ARN for other stacks, exported by a fixed name: grants on prefixes stay readable in their templates. */
  readonly bucketArn: string;

  constructor(scope: Construct, id: string, props: DataProps) {
    super(scope, id, props);
    this.key = recordsKey(this);
    this.table = this.#table();
    this.bucket = this.#bucket(this.#accessLogs());
    for (const statement of keepFinal(this.bucket as IBucket)) this.bucket.addToResourcePolicy(statement);
    this.bucketArn = this.exportValue(this.bucket.bucketArn, { name: `${props.prefix}-bucket-arn` });
    new CfnOutput(this, 'TableName', { value: this.table.tableName, description: 'The table of all records.' });
    new CfnOutput(this, 'BucketName', { value: this.bucket.bucketName, description: 'Attachments, lists and case files.' });
  }

  #table(): Table {
    const table = new Table(this, 'Table', {
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      sortKey: { name: 'sk', type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      encryption: TableEncryption.CUSTOMER_MANAGED,
      encryptionKey: this.key,
      stream: StreamViewType.NEW_IMAGE,
      timeToLiveAttribute: 'expiresAt',
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true, recoveryPeriodInDays: 35 },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    for (const [indexName, [partition, sort]] of Object.entries(indexes)) {
      table.addGlobalSecondaryIndex({
        indexName,
        partitionKey: { name: partition, type: AttributeType.STRING },
        sortKey: { name: sort, type: AttributeType.STRING },
        // Lists read the heads themselves: an index that copied them would be written with every decision.
        projectionType: ProjectionType.KEYS_ONLY,
      });
    }
    return table;
  }

  #bucket(accessLogs: IBucket): Bucket {
    const origins = new CfnParameter(this, 'ConsoleOrigins', {
      type: 'CommaDelimitedList',
      default: 'http://127.0.0.1:8080,http://localhost:8080',
      description: 'Origins of the pages that upload to and download from the bucket (https://…, no path).',
    });
    return new Bucket(this, 'Bucket', {
      ...closed,
      encryption: BucketEncryption.KMS,
      encryptionKey: this.key,
      // Without it, every object read or written would be one call to KMS.
      bucketKeyEnabled: true,
      versioned: true,
      // Allows a lock on single objects, such as a file that a court asks for. What is final is kept by the policy below.
      objectLockEnabled: true,
      serverAccessLogsBucket: accessLogs,
      serverAccessLogsPrefix: 'bucket/',
      cors: [
        {
          allowedOrigins: origins.valueAsList,
          allowedMethods: [HttpMethods.PUT, HttpMethods.GET, HttpMethods.HEAD],
          allowedHeaders: ['content-type', 'if-none-match', 'x-amz-*'],
          exposedHeaders: ['ETag', 'x-amz-version-id'],
          maxAge: 3600,
        },
      ],
      lifecycleRules: [
        { id: 'unfinished-uploads', abortIncompleteMultipartUploadAfter: Duration.days(7) },
        { id: 'replaced-attachments', prefix: 'attachments/', noncurrentVersionExpiration: Duration.days(730) },
      ],
    });
  }

  #accessLogs(): IBucket {
    const logs = new Bucket(this, 'AccessLogs', {
      ...closed,
      encryption: BucketEncryption.S3_MANAGED,
      versioned: true,
      lifecycleRules: [
        { id: 'one-year', expiration: Duration.days(365), noncurrentVersionExpiration: Duration.days(30) },
        { id: 'unfinished-uploads', abortIncompleteMultipartUploadAfter: Duration.days(7) },
      ],
    });
    accept(logs, 'This bucket holds the access logs; logging its own access would never end.', 'S1');
    // The library's classes and interfaces differ by `undefined` in an optional member, which our compiler settings tell apart.
    return logs as IBucket;
  }
}

/**
 * What is final stays as it was written, whoever asks: a published list is made once and never again (an object may be
 * made only under the condition that there is none), and no version of a list or a case file is deleted.
 */
const keepFinal = (bucket: IBucket): PolicyStatement[] => [
  new PolicyStatement({
    sid: 'PublishedListsAreMadeOnce',
    effect: Effect.DENY,
    principals: [new AnyPrincipal()],
    actions: ['s3:PutObject'],
    resources: [bucket.arnForObjects('public/lists/*')],
    conditions: { Null: { 's3:if-none-match': 'true' }, Bool: { 's3:ObjectCreationOperation': 'true' } },
  }),
  new PolicyStatement({
    sid: 'FinalFilesStay',
    effect: Effect.DENY,
    principals: [new AnyPrincipal()],
    actions: ['s3:DeleteObject', 's3:DeleteObjectVersion'],
    resources: ['public/lists/*', 'archive/*'].map((files) => bucket.arnForObjects(files)),
  }),
  // GuardDuty tags what it has scanned; a link that was handed out before the verdict ends here as well.
  new PolicyStatement({
    sid: 'InfectedFilesStayClosed',
    effect: Effect.DENY,
    principals: [new AnyPrincipal()],
    actions: ['s3:GetObject', 's3:GetObjectVersion'],
    resources: [bucket.arnForObjects('attachments/*')],
    conditions: { StringEquals: { 's3:ExistingObjectTag/GuardDutyMalwareScanStatus': 'THREATS_FOUND' } },
  }),
];

const closed = {
  blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
  enforceSSL: true,
  minimumTLSVersion: 1.2,
  objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
  removalPolicy: RemovalPolicy.RETAIN,
} as const;
