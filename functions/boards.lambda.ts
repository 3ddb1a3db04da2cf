import { boards } from './boards.ts';
import { deskNow } from './cloud/records.ts';
import { httpShell } from './http/shell.ts';

/** HTTP: what is looked at across cases. */
export const handler = httpShell((request) => boards(deskNow(), request));
