import { deskNow } from './cloud/records.ts';
import { personalDesk } from './desk.ts';
import { httpShell } from './http/shell.ts';

/** HTTP: a person's own work, notices and stand-ins. */
export const handler = httpShell((request) => personalDesk(deskNow(), request));
