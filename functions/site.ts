import { join } from 'node:path';
import { mustKnowQuery } from './http/known-query.ts';
import { pageOf } from './http/routes.ts';
import { jsonAnswer, type HttpAnswer, type HttpRequest } from './http/shell.ts';
import { assetAnswer } from './site/assets.ts';
import { consoleAnswer } from './site/console-page.ts';
import { docsPage } from './site/docs-page.ts';
import { htmlAnswer } from './site/html.ts';
import type { SignIn } from './site/sign-in.ts';

/** The routes of what anybody may see without signing in. */
export const siteRoutes = {
  start: 'GET /',
  openapi: 'GET /openapi.json',
  docs: 'GET /docs',
  docsFile: 'GET /docs/{file}',
  derived: 'GET /derived/{file}',
  consoleAsset: 'GET /console/assets/{file}',
  console: 'GET /console',
  consolePage: 'GET /console/{page+}',
  verifier: 'GET /verifier.html',
  health: 'GET /healthz',
} as const;

/** Answers a request for a page or a file of the site; `assets` is the folder that the build fills. Throws `Problem`. */
export async function site(assets: string, signIn: SignIn, request: HttpRequest): Promise<HttpAnswer> {
  const { name, parts } = pageOf(siteRoutes, request);
  if (name === 'openapi' || name === 'health') mustKnowQuery(siteRoutes[name], request);
  switch (name) {
    case 'docs':
      return htmlAnswer(docsPage, undefined);
    case 'openapi':
      return assetAnswer(assets, 'openapi.json', request);
    case 'docsFile':
      return assetAnswer(join(assets, 'swagger'), parts['file'] ?? '', request);
    case 'derived':
      return assetAnswer(join(assets, 'derived'), parts['file'] ?? '', request);
    case 'consoleAsset':
      return assetAnswer(join(assets, 'console/assets'), parts['file'] ?? '', request, 'forever');
    case 'start':
    case 'console':
    case 'consolePage':
      return consoleAnswer(assets, signIn);
    case 'verifier':
      return assetAnswer(assets, 'verifier.html', request);
    case 'health':
      return jsonAnswer({ status: 'ok' });
  }
}
