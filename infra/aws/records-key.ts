import { Aws, Fn, RemovalPolicy } from 'aws-cdk-lib';
import { AnyPrincipal, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';

/** The services that may use the key for whoever they let in themselves. */
const storageServices = ['dynamodb', 's3'];

/**
 * The key of all records, ours to rotate and to take away (docs/decisions/0001). Whoever may use the table or the bucket
 * may use the key through it and only through it, as with AWS's own keys: no function needs a grant on the key.
 */
export const recordsKey = (scope: Construct): Key => {
  const key = new Key(scope, 'RecordsKey', {
    description: 'Guijing: records, files and alarms',
    enableKeyRotation: true,
    removalPolicy: RemovalPolicy.RETAIN,
  });
  key.addToResourcePolicy(throughStorage());
  key.addToResourcePolicy(forAlarms());
  return key;
};

const throughStorage = (): PolicyStatement =>
  new PolicyStatement({
    sid: 'ThroughTableAndBucket',
    principals: [new AnyPrincipal()],
    actions: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncryptFrom', 'kms:ReEncryptTo', 'kms:GenerateDataKey', 'kms:CreateGrant', 'kms:DescribeKey'],
    resources: ['*'],
    conditions: {
      StringEquals: {
        'kms:CallerAccount': Aws.ACCOUNT_ID,
        // In China a service names itself by either suffix; elsewhere the two are the same.
        'kms:ViaService': storageServices.flatMap((service) =>
          [Aws.URL_SUFFIX, 'amazonaws.com'].map((suffix) => Fn.join('.', [service, Aws.REGION, suffix])),
        ),
      },
    },
  });

const forAlarms = (): PolicyStatement =>
  new PolicyStatement({
    sid: 'AlarmsToTheTopic',
    principals: [new ServicePrincipal('cloudwatch.amazonaws.com'), new ServicePrincipal('events.amazonaws.com')],
    actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
    resources: ['*'],
    conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
  });
