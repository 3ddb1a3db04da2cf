import { attachments } from './attachments.ts';
import { bucket } from './cloud/files.ts';
import { deskNow } from './cloud/records.ts';
import { setting } from './cloud/setting.ts';
import { scannerOf } from './scan/verdict.ts';
import { httpShell } from './http/shell.ts';

const scanner = scannerOf(setting('MALWARE_SCANNER'));

/** HTTP: announce an upload, confirm it by its bytes, list, link. */
export const handler = httpShell((request) => attachments({ ...deskNow(), bucket, scanner }, request));
