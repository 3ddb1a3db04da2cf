import { deskNow } from './cloud/records.ts';
import { httpShell } from './http/shell.ts';
import { importRows } from './import-rows.ts';

/** HTTP: annex 1 as a workbook into a list. */
export const handler = httpShell((request) => importRows(deskNow(), request));
