import { build, type Metafile } from 'esbuild';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { lazyPackages } from './lazy-packages.ts';
import { neverReached } from './never-reached.ts';
import { noWebFonts } from './no-web-fonts.ts';
import { unusedShapesGo } from './unused-shapes.ts';
import { versionOnly } from './version-only.ts';

/** One bundle as built: its name, size in bytes, the project files and packages that went into it, bytes by package (largest first). */
export interface Bundle {
  readonly name: string;
  readonly bytes: number;
  readonly inputs: readonly string[];
  readonly packages: readonly { readonly name: string; readonly bytes: number }[];
}

const packageOf = (input: string): string =>
  /node_modules\/((?:@[^/]+\/)?[^/]+)\/(?!.*node_modules\/)/.exec(input)?.[1] ?? 'guijing';

const bytesByPackage = (output: Metafile['outputs'][string]): Bundle['packages'] => {
  const sums = new Map<string, number>();
  for (const [input, { bytesInOutput }] of Object.entries(output.inputs)) {
    sums.set(packageOf(input), (sums.get(packageOf(input)) ?? 0) + bytesInOutput);
  }
  return [...sums].map(([name, bytes]) => ({ name, bytes })).sort((a, b) => b.bytes - a.bytes);
};

/** Functions find their credentials in the environment; the SDK's chain of other sources would be a fifth of each bundle. */
const ownCredentials = fileURLToPath(new URL('../../functions/cloud/credentials.ts', import.meta.url));

/**
 * Bundles one entry point to `<folder>/index.js` and answers what is in it; throws esbuild's error with file and line.
 * CommonJS, because `node:http` imported from an ES module costs a Lambda 24 to 40 ms of start; `module` before `main`,
 * because the SDK's ES sources shake to half the size. The SDK is bundled: a pinned copy starts faster than the runtime's.
 */
export const bundle = async (root: string, entry: string, name: string, folder: string): Promise<Bundle> => {
  const outfile = join(folder, 'index.js');
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'cjs',
    mainFields: ['module', 'main'],
    alias: { '@aws-sdk/credential-provider-node': ownCredentials },
    minify: true,
    legalComments: 'none',
    charset: 'utf8',
    plugins: [unusedShapesGo, versionOnly, neverReached, lazyPackages, noWebFonts],
    metafile: true,
    logLevel: 'warning',
  });
  const output = Object.values(metafile.outputs)[0];
  if (!output) throw new Error(`esbuild wrote nothing for ${entry}`);
  // Under this repository, whose package.json says otherwise, the bundle would be read as an ES module.
  writeFileSync(join(folder, 'package.json'), '{"type":"commonjs"}\n');
  const inputs = Object.keys(metafile.inputs).filter((path) => !path.includes('node_modules')).sort();
  return { name, bytes: output.bytes, inputs, packages: bytesByPackage(output) };
};
