import type { Desk } from '../cases/act.ts';
import type { Scanner } from '../scan/verdict.ts';
import type { Bucket } from './bucket.ts';

/** A desk where files are scanned for malware: by whom. */
export interface ScanDesk extends FileDesk {
  readonly scanner: Scanner;
}

/** A desk with the bucket beside it. */
export interface FileDesk extends Desk {
  readonly bucket: Bucket;
}
