import { bucket } from './cloud/files.ts';
import { deskNow } from './cloud/records.ts';
import { httpShell } from './http/shell.ts';
import { readCases } from './read-cases.ts';

/** HTTP: every read but files. */
export const handler = httpShell((request) => readCases({ ...deskNow(), bucket }, request));
