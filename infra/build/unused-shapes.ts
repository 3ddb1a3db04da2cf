import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';

/** A declaration of one shape of the SDK's schema: `export var GetObject$ = [ … ];`, on one line or on several. */
const shape = /^((?:export )?(?:var|const) [\w$]+ = )(\[(?:[^\n]*\]|[\s\S]*?^\]));$/gm;

/** Tells esbuild that the shapes of requests have no side effect, which it cannot see for itself: S3's unused ones are 60 KB. */
export const unusedShapesGo: Plugin = {
  name: 'unused-shapes-go',
  setup: ({ onLoad }) => {
    onLoad({ filter: /[\\/]dist-es[\\/](?:.*[\\/])?schemas[\\/]schemas_0\.js$/ }, async ({ path }) => ({
      contents: (await readFile(path, 'utf8')).replace(shape, '$1/* @__PURE__ */ (() => $2)();'),
      loader: 'js',
    }));
  },
};
