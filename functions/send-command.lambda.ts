import { deskNow } from './cloud/records.ts';
import { httpShell } from './http/shell.ts';
import { sendCommand } from './send-command.ts';

/** HTTP: every write. */
export const handler = httpShell((request) => sendCommand(deskNow(), request));
