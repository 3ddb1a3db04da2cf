import { join } from 'node:path';
import { httpShell } from './http/shell.ts';
import { site } from './site.ts';

// The bundle is CommonJS: its folder is where the assets lie beside it.
const assets = join(__dirname, 'assets');
// The standard variable leads to another S3 than the region's, as it does for the functions that make the links.
const files = process.env['AWS_ENDPOINT_URL_S3'] || process.env['FILES_ORIGIN'] || undefined;
const signIn = { issuer: process.env['OIDC_ISSUER'] || undefined, client: process.env['OIDC_CLIENT'] || 'console', files };

/** HTTP: pages and files that anybody may see. */
export const handler = httpShell((request) => site(assets, signIn, request));
