import { join } from 'node:path';
import { httpShell } from './http/shell.ts';
import { site } from './site.ts';

// The bundle is CommonJS: its folder is where the assets lie beside it.
const assets = join(__dirname, 'assets');
const signIn = { issuer: process.env['OIDC_ISSUER'] || undefined, client: process.env['OIDC_CLIENT'] || 'console' };

/** HTTP: pages and files that anybody may see. */
export const handler = httpShell((request) => site(assets, signIn, request));
