import type { Plugin } from 'esbuild';

/** Packages that compute something when they are loaded, which few invocations need: `chinese-days` takes longer to lay out its holidays than all our own code to load. */
const lazy = ['chinese-days'];

/**
 * Makes the default import of such a package load it at the first use of one of its members. In Node's ES modules that needs
 * `await`, which the synchronous core must not have; in a bundle a `require` in a getter does it.
 */
export const lazyPackages: Plugin = {
  name: 'lazy-packages',
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: new RegExp(`^(?:${lazy.join('|')})$`) }, ({ path, kind, resolveDir }) =>
      kind === 'require-call' ? undefined : { path, namespace: 'lazy', pluginData: resolveDir, sideEffects: false },
    );
    onLoad({ filter: /.*/, namespace: 'lazy' }, ({ path, pluginData }) => ({
      contents: `let real;\nexport default new Proxy({}, { get: (_, name) => { real ??= require('${path}'); return (real.default ?? real)[name]; } });`,
      loader: 'js',
      resolveDir: String(pluginData),
    }));
  },
};
