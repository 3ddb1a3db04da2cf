import { deskNow } from './cloud/records.ts';
import { documents } from './documents.ts';
import { httpShell } from './http/shell.ts';

/** HTTP: official documents in and out, and what their verification codes stand for. */
export const handler = httpShell((request) => documents(deskNow(), request));
