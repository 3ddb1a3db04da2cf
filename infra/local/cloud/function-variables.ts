import type { AccessKey } from '../iam/credentials.ts';
import type { FunctionModel } from '../template/model.ts';

/** Addresses of the services that functions call. */
export interface ServiceUrls {
  readonly front: string;
  readonly dynamodb: string;
  readonly s3: string;
}

/** Environment variables as Lambda sets them, and the standard ones that lead AWS SDKs to the local services. */
export function functionVariables(model: FunctionModel, region: string, key: AccessKey, urls: ServiceUrls): Readonly<Record<string, string>> {
  return {
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_EXECUTION_ENV: `AWS_Lambda_nodejs${process.versions.node.split('.')[0]}.x`,
    AWS_LAMBDA_FUNCTION_NAME: model.name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(model.memory),
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${model.name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: 'local',
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_ACCESS_KEY_ID: key.accessKeyId,
    AWS_SECRET_ACCESS_KEY: key.secretAccessKey,
    // The bench has functions say what each store call consumed.
    ...(process.env['GUIJING_COUNT'] ? { GUIJING_COUNT: process.env['GUIJING_COUNT'] } : {}),
    // The SDK would look for a metadata service and for files in the user's home.
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_ENDPOINT_URL: urls.front,
    AWS_ENDPOINT_URL_DYNAMODB: urls.dynamodb,
    AWS_ENDPOINT_URL_DYNAMODB_STREAMS: urls.dynamodb,
    AWS_ENDPOINT_URL_S3: urls.s3,
    AWS_ENDPOINT_URL_SFN: urls.front,
    AWS_ENDPOINT_URL_EVENTBRIDGE: urls.front,
    AWS_ENDPOINT_URL_SCHEDULER: urls.front,
    AWS_ENDPOINT_URL_SQS: urls.front,
    AWS_ENDPOINT_URL_SNS: urls.front,
    AWS_ENDPOINT_URL_LAMBDA: urls.front,
    LAMBDA_TASK_ROOT: model.folder ?? '/var/task',
    LANG: 'en_US.UTF-8',
    PATH: process.env['PATH'] ?? '',
    TZ: ':UTC',
    _HANDLER: model.handler,
  };
}
