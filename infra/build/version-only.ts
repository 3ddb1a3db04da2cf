import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';

/** Of its own `package.json` a client of the SDK reads the version, for the name that it gives itself; the rest of the file is 2.5 KB in each bundle. */
export const versionOnly: Plugin = {
  name: 'version-only',
  setup: ({ onLoad }) => {
    onLoad({ filter: /[\\/]@aws-sdk[\\/]client-[^\\/]+[\\/]package\.json$/ }, async ({ path }) => {
      const { version } = JSON.parse(await readFile(path, 'utf8')) as { readonly version: string };
      return { contents: JSON.stringify({ version }), loader: 'json' };
    });
  },
};
