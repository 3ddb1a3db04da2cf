import { s3Client, type Bucket } from '../files/bucket.ts';
import { setting } from './setting.ts';

/** The bucket of this environment. */
export const bucket: Bucket = { client: s3Client(), name: setting('BUCKET_NAME') };
