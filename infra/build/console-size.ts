import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { buildConsole, consoleFolder } from './console.ts';

/** The most JavaScript that the first load of a page may take, in bytes after gzip (issue D, "Proof"). */
export const firstLoadLimit = 250 * 1024;

interface Chunk {
  readonly file: string;
  readonly src?: string;
  readonly isDynamicEntry?: boolean;
  readonly imports?: readonly string[];
}

type Manifest = Readonly<Record<string, Chunk>>;

/** What the first load of a page takes: its name, and the bytes after gzip of every script that it needs. */
export interface FirstLoad {
  readonly page: string;
  readonly bytes: number;
}

/** The first load of each route's page, the lightest first, from the built console. */
export function firstLoads(root: string): readonly FirstLoad[] {
  const folder = join(root, consoleFolder);
  const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as Manifest;
  const sizes = new Map<string, number>();
  const size = (file: string): number => {
    const known = sizes.get(file) ?? gzipSync(readFileSync(join(folder, file))).length;
    sizes.set(file, known);
    return known;
  };
  return Object.entries(manifest)
    .filter(([, chunk]) => chunk.isDynamicEntry)
    .map(([name]) => ({ page: name, bytes: [...needed(manifest, ['index.html', name])].map((file) => size(file)).reduce((sum, bytes) => sum + bytes, 0) }))
    .toSorted((a, b) => a.bytes - b.bytes);
}

function needed(manifest: Manifest, names: readonly string[], found = new Set<string>()): Set<string> {
  for (const name of names) {
    const chunk = manifest[name];
    if (!chunk || found.has(chunk.file)) continue;
    found.add(chunk.file);
    needed(manifest, chunk.imports ?? [], found);
  }
  return found;
}

const kilobytes = (bytes: number): string => `${(bytes / 1024).toFixed(1)} KB`;

async function main(root: string): Promise<void> {
  await buildConsole(root);
  const loads = firstLoads(root);
  for (const { page, bytes } of loads) console.log(`${page.padEnd(32)} ${kilobytes(bytes)}`);
  const home = loads.find(({ page }) => page === 'desk/desk-page.tsx');
  if (!home) throw new Error('the home page is not in the build');
  console.log(`first load of the home: ${kilobytes(home.bytes)} of ${kilobytes(firstLoadLimit)} (JavaScript, gzip)`);
  if (home.bytes > firstLoadLimit) process.exitCode = 1;
}

if (import.meta.main) await main(join(import.meta.dirname, '../..'));
