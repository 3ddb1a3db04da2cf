import { join } from 'node:path';
import { bucket } from './cloud/files.ts';
import { deskNow } from './cloud/records.ts';
import { documents } from './documents.ts';
import { httpShell } from './http/shell.ts';

// The bundle is CommonJS: its folder is where the fonts lie beside it (infra/build/document-fonts.ts).
const font = (name: string): string => join(__dirname, 'fonts', `${name}.ttf`);
const fonts = { regular: font('regular'), bold: font('bold'), symbols: font('symbols') };

/** HTTP: official documents in and out, and what their verification codes stand for. */
export const handler = httpShell((request) => documents({ ...deskNow(), bucket, fonts }, request));
