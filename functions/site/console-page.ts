import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { HttpAnswer } from '../http/shell.ts';
import { htmlAnswer, scriptJson } from './html.ts';
import type { SignIn } from './sign-in.ts';

// Read once: the file does not change while a function's environment lives.
let page: string | undefined;

/** The console's one HTML page, at the site's own address and whatever the address under `/console`: the browser's router reads the rest. It is told how to sign in by a block of data, which is no script. */
export function consoleAnswer(assets: string, signIn: SignIn): HttpAnswer {
  page ??= readFileSync(join(assets, 'console/index.html'), 'utf8');
  const html = page;
  const setup = `<script type="application/json" id="setup">${scriptJson({ issuer: signIn.issuer, client: signIn.client })}</script>`;
  return htmlAnswer(() => html.replace('<!--setup-->', () => setup), signIn.issuer, signIn.files);
}
