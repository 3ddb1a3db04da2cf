import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { filesUnder, isFresh, stamp, type Stamp } from './freshness.ts';

/** Where the built console stands, as a path from the root. */
export const consoleFolder = 'dist/console';

const stampName = 'dist/stamps/console.json';
const entry = 'web/index.html';
const settings = ['package-lock.json', 'infra/build/console.ts'];

/** The console's own files, as paths from the root; what it imports from elsewhere is known once it was built. */
export const consoleInputs = (root: string): string[] => filesUnder(join(root, 'web')).map((file) => `web/${file}`);

/**
 * Builds the console to `dist/console` unless it was made from what is there now; answers its sources, none where there is no console. Files
 * of code carry their hash in the name and are split by route; the page itself is `index.html`.
 */
export const buildConsole = async (root: string): Promise<readonly string[]> => {
  if (!existsSync(join(root, entry))) return [];
  const file = join(root, stampName);
  if (!isFresh(root, file, consoleInputs(root)) || !existsSync(join(root, consoleFolder, 'index.html'))) {
    rmSync(file, { force: true });
    const modules = await bundleConsole(root);
    stamp(root, file, [...new Set([...settings, ...consoleInputs(root), ...modules])].sort());
  }
  return (JSON.parse(readFileSync(file, 'utf8')) as Stamp).inputs;
};

/** The project's modules that went into the console. Vite is loaded only when there is something to build. */
const bundleConsole = async (root: string): Promise<string[]> => {
  const { build } = await import('vite');
  const modules = new Set<string>();
  await build({
    configFile: false,
    root: join(root, 'web'),
    base: '/console/',
    // The packages' notes for server components ("use client") say nothing to us.
    logLevel: 'error',
    publicDir: false,
    // What is built is the same wherever it is built: tests run with another NODE_ENV, which Vite would follow.
    mode: 'production',
    define: { 'process.env.NODE_ENV': '"production"' },
    oxc: { jsx: { runtime: 'automatic', development: false } },
    build: {
      outDir: join(root, consoleFolder),
      emptyOutDir: true,
      target: 'es2022',
      // The page's policy allows no inline script, and every browser of this target preloads by itself.
      modulePreload: { polyfill: false },
      assetsInlineLimit: 0,
      reportCompressedSize: false,
      chunkSizeWarningLimit: 1500,
      manifest: 'manifest.json',
    },
    plugins: [{ name: 'sources', moduleParsed: ({ id }) => void modules.add(id) }],
  });
  return [...modules].map((id) => relative(root, id.split('?')[0] ?? '')).filter((path) => !/^\.\.|node_modules|^\0|virtual:/.test(path) && existsSync(join(root, path)));
};
