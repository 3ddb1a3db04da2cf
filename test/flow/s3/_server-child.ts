import { realClock } from '../../../infra/local/clock.ts';
import { openCredentials } from '../../../infra/local/iam/credentials.ts';
import { openS3 } from '../../../infra/local/s3/open.ts';

// A local S3 in a process of its own, to be killed. Prints its URL.
const folder = process.argv[2] ?? '';
const keys = openCredentials(folder, { accountId: '000000000000', partition: 'aws' });
const s3 = openS3({ folder: `${folder}/s3`, clock: realClock, keys, region: 'ap-southeast-1' });
console.log(await s3.listen());
