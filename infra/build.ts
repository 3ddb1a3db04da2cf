import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { bundle, type Bundle } from './build/bundle.ts';
import { copyDocumentFonts } from './build/document-fonts.ts';
import { isFresh, stamp } from './build/freshness.ts';
import { oneAtATime } from './build/one-at-a-time.ts';
import { copySiteAssets, siteInputs } from './build/site-assets.ts';

/** The most a function's bundle may weigh, in bytes: a Lambda of this size still starts in well under a second (issue A, "Speed and size"). */
export const bundleLimitBytes = 600 * 1024;

/** Functions that may weigh more, with the reason in a decision: what sets Word and PDF is larger than all the rest, and is loaded at its first use (docs/decisions/0015); whoever exports a list waits for a file anyway (0019); what reads a workbook also decides (0021). */
const heavier: Readonly<Record<string, number>> = { documents: 1800 * 1024, exports: 800 * 1024, 'import-rows': 700 * 1024 };

/** The most that one function's bundle may weigh, in bytes. */
export const bundleLimitOf = (name: string): number => heavier[name] ?? bundleLimitBytes;

/** What a build did: every bundle, and the names of those that had to be made anew. */
export interface BuildResult {
  readonly bundles: readonly Bundle[];
  readonly rebuilt: readonly string[];
}

const suffix = '.lambda.ts';

/** What every output depends on beside its own sources: the packages, and the way we build. */
const always = [
  'package-lock.json',
  'infra/build.ts',
  'infra/build/bundle.ts',
  'infra/build/console.ts',
  'infra/build/document-fonts.ts',
  'infra/build/freshness.ts',
  'infra/build/reading-page.ts',
  'infra/build/lazy-packages.ts',
  'infra/build/never-reached.ts',
  'infra/build/no-web-fonts.ts',
  'infra/build/site-assets.ts',
  'infra/build/unused-shapes.ts',
  'infra/build/verifier.ts',
  'infra/build/version-only.ts',
];

/** The names of the functions, read from `functions/<name>.lambda.ts`, sorted. */
export const functionNames = (root: string): string[] =>
  readdirSync(join(root, 'functions'))
    .filter((file) => file.endsWith(suffix))
    .map((file) => file.slice(0, -suffix.length))
    .sort();

/** Bundles every function whose inputs changed to `dist/functions/<name>/`, one build at a time; throws on a compile error or a bundle over the limit. */
export const build = (root: string): Promise<BuildResult> => oneAtATime(join(root, 'dist/lock-build'), () => buildStale(root));

const buildStale = async (root: string): Promise<BuildResult> => {
  const names = functionNames(root);
  dropRemoved(root, names);
  const rebuilt = names.filter((name) => !isFresh(root, stampFile(root, name), assetInputs(root, name)));
  // All are awaited before the first error is thrown: none is left writing behind it.
  const outcomes = await Promise.allSettled(rebuilt.map((name) => buildFunction(root, name)));
  const failed = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failed) throw failed.reason;
  const bundles = names.map((name) => JSON.parse(readFileSync(figuresFile(root, name), 'utf8')) as Bundle);
  refuseHeavy(root, bundles);
  return { bundles, rebuilt };
};

const stampFile = (root: string, name: string): string => join(root, 'dist/stamps', `${name}.json`);
const figuresFile = (root: string, name: string): string => join(root, 'dist/figures', `${name}.json`);

/** Files that a function serves beside its code. */
const assetInputs = (root: string, name: string): string[] => (name === 'site' ? siteInputs(root) : []);

const dropRemoved = (root: string, names: readonly string[]): void => {
  const folder = join(root, 'dist/functions');
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(folder)) {
    if (!names.includes(name)) rmSync(join(folder, name), { recursive: true });
  }
};

const buildFunction = async (root: string, name: string): Promise<void> => {
  const folder = join(root, 'dist/functions', name);
  rmSync(stampFile(root, name), { force: true });
  const built = await bundle(root, `functions/${name}${suffix}`, name, folder);
  if (name === 'documents') copyDocumentFonts(folder);
  const extra = [...assetInputs(root, name), ...(name === 'site' ? await copySiteAssets(root, folder) : [])];
  mkdirSync(join(root, 'dist/figures'), { recursive: true });
  writeFileSync(figuresFile(root, name), JSON.stringify(built));
  stamp(root, stampFile(root, name), [...new Set([...always, ...built.inputs, ...extra])].sort());
};

const refuseHeavy = (root: string, bundles: readonly Bundle[]): void => {
  const heavy = bundles.filter(({ name, bytes }) => bytes > bundleLimitOf(name));
  for (const { name } of heavy) rmSync(stampFile(root, name), { force: true });
  if (heavy.length > 0) {
    throw new Error(heavy.map((one) => `bundle ${one.name} is over ${bundleLimitOf(one.name) / 1024} KB: ${describe(one)}`).join('\n'));
  }
};

const kilobytes = (bytes: number): string => `${(bytes / 1024).toFixed(1)} KB`;

const describe = ({ bytes, packages }: Bundle): string =>
  `${kilobytes(bytes)} (${packages.slice(0, 4).map((part) => `${part.name} ${kilobytes(part.bytes)}`).join(', ')})`;

const main = async (root: string): Promise<void> => {
  const start = performance.now();
  const { bundles, rebuilt } = await build(root);
  for (const one of bundles) console.log(`${one.name.padEnd(18)} ${describe(one)}`);
  const largest = Math.max(0, ...bundles.filter(({ name }) => bundleLimitOf(name) === bundleLimitBytes).map(({ bytes }) => bytes));
  const took = Math.round(performance.now() - start);
  console.log(`build: ${bundles.length} functions, ${rebuilt.length} rebuilt, largest ${kilobytes(largest)} of ${bundleLimitBytes / 1024} KB, ${took} ms`);
};

if (import.meta.main) await main(join(import.meta.dirname, '..'));
