import { bucket } from './cloud/files.ts';
import { deskNow } from './cloud/records.ts';
import { exportsOf } from './exports.ts';
import { httpShell } from './http/shell.ts';

/** HTTP: lists as Excel and CSV files. */
export const handler = httpShell((request) => exportsOf({ ...deskNow(), bucket }, request));
