import { bucket } from './cloud/files.ts';
import { deskNow } from './cloud/records.ts';
import { httpShell } from './http/shell.ts';
import { rehearsals } from './rehearsals.ts';

/** HTTP: rehearsals of the next publication. */
export const handler = httpShell((request) => rehearsals({ ...deskNow(), bucket }, request));
