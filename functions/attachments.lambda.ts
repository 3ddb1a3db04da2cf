import { attachments } from './attachments.ts';
import { bucket } from './cloud/files.ts';
import { deskNow } from './cloud/records.ts';
import { httpShell } from './http/shell.ts';

/** HTTP: announce an upload, confirm it by its bytes, list, link. */
export const handler = httpShell((request) => attachments({ ...deskNow(), bucket }, request));
