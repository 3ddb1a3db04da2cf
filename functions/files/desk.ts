import type { Desk } from '../cases/act.ts';
import type { Bucket } from './bucket.ts';

/** A desk with the bucket beside it. */
export interface FileDesk extends Desk {
  readonly bucket: Bucket;
}
