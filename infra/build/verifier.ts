import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

/** The verifier as built: its one HTML file, and the sources that went into it as paths from the root. */
export interface Verifier {
  readonly html: string;
  readonly inputs: readonly string[];
}

/** Builds the offline verifier of case files: script, style and statecharts in one HTML file whose own policy forbids it the network. */
export const buildVerifier = async (root: string): Promise<Verifier> => {
  const { outputFiles, metafile } = await build({
    absWorkingDir: root,
    entryPoints: ['web/verifier/main.ts'],
    bundle: true,
    write: false,
    platform: 'browser',
    target: 'es2022',
    format: 'iife',
    minify: true,
    legalComments: 'none',
    // The script's digest stands in the policy: the file must say the same in any encoding of its reader.
    charset: 'ascii',
    metafile: true,
    logLevel: 'warning',
  });
  const script = (outputFiles[0]?.text ?? '').replaceAll('</script', '<\\/script').trim();
  const html = readFileSync(join(root, 'web/verifier/page.html'), 'utf8');
  const parts: Readonly<Record<string, string>> = { '{policy}': policyFor(script), '{charts}': JSON.stringify(charts(root)).replaceAll('<', '\\u003c'), '{script}': script };
  const inputs = Object.keys(metafile.inputs).filter((path) => !path.includes('node_modules'));
  return { html: html.replaceAll(/\{(?:policy|charts|script)\}/g, (name) => parts[name] ?? ''), inputs: [...inputs, 'web/verifier/page.html'].sort() };
};

/** The statecharts by lifecycle. */
const charts = (root: string): Record<string, string> => {
  const folder = join(root, 'docs/derived');
  const files = readdirSync(folder).filter((name) => name.endsWith('.svg'));
  return Object.fromEntries(files.map((name) => [name.slice(0, -'.svg'.length), svgOf(readFileSync(join(folder, name), 'utf8'))]));
};

const svgOf = (file: string): string => file.slice(file.indexOf('<svg'));

const policyFor = (script: string): string => {
  const digest = createHash('sha256').update(script).digest('base64');
  return `default-src 'none'; script-src 'sha256-${digest}'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'`;
};
