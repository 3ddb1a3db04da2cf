import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build, bundleLimitOf } from '../../infra/build.ts';
import { bundle } from '../../infra/build/bundle.ts';
import { floorEntry } from './bundle-floor.ts';
import { type Figure, median, type Scale } from './figures.ts';

const part = 'bundles';
const root = join(import.meta.dirname, '../..');
const run = promisify(execFile);

/** Loads one file in a fresh process and prints how many ms that took. */
const probe = "const began = performance.now(); require(process.argv[1]); process.stdout.write(String(performance.now() - began), () => process.exit(0))";

/** What a function finds in its environment when it loads. */
const environment = {
  PATH: process.env['PATH'] ?? '', TZ: 'UTC', AWS_REGION: 'cn-northwest-1', AWS_ACCESS_KEY_ID: 'bench', AWS_SECRET_ACCESS_KEY: 'bench',
  TABLE_NAME: 'table', BUCKET_NAME: 'bucket', RULE_SET: 'gx-2025-draft', STATE_MACHINES: '{}', OIDC_ISSUER: 'https://example.org', OIDC_CLIENT: 'console', MALWARE_SCANNER: 'none',
};

/** KB and load time of each bundle in fresh processes, beside the same packages alone; the two take turns, so that the machine's mood meets both. */
export async function bundleFigures({ smoke }: Scale): Promise<Figure[]> {
  const { bundles } = await build(root);
  const figures: Figure[] = [];
  for (const { name, bytes, inputs } of bundles) {
    const own = join(root, 'dist/functions', name, 'index.js');
    const floorFolder = join(root, 'dist/bench', name);
    await bundle(root, floorEntry(root, name, inputs), `${name}-floor`, floorFolder);
    const [mine, floor] = await takingTurns([own, join(floorFolder, 'index.js')], smoke ? 3 : 15);
    figures.push(
      { part, name: `${name}: size`, value: bytes / 1024, unit: 'KB', atMost: bundleLimitOf(name) / 1024 },
      { part, name: `${name}: load`, value: mine ?? Number.NaN, unit: 'ms' },
      { part, name: `${name}: load of its packages alone`, value: floor ?? Number.NaN, unit: 'ms' },
      { part, name: `${name}: load over that floor`, value: (mine ?? Number.NaN) / (floor ?? Number.NaN), unit: '×', atMost: 1.3 },
    );
  }
  return figures;
}

async function takingTurns(files: readonly string[], rounds: number): Promise<number[]> {
  const took = files.map((): number[] => []);
  for (let round = 0; round < rounds; round += 1) for (const [index, file] of files.entries()) took[index]?.push(await loadMs(file));
  return took.map(median);
}

async function loadMs(file: string): Promise<number> {
  const { stdout } = await run(process.execPath, ['--input-type=commonjs', '-e', probe, file], { env: environment, cwd: root });
  return Number(stdout);
}
