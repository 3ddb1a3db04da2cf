import type { Plugin } from 'esbuild';

/** Leaves out what unpacks WOFF2 web fonts: its dictionary is 460 KB, and our fonts are plain TrueType files. */
export const noWebFonts: Plugin = {
  name: 'no-web-fonts',
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: /^brotli\/decompress(?:\.js)?$/ }, () => ({ path: 'brotli', namespace: 'no-web-fonts' }));
    onLoad({ filter: /.*/, namespace: 'no-web-fonts' }, () => ({ contents: "module.exports = () => { throw new Error('WOFF2 fonts are not built in'); };", loader: 'js' }));
  },
};
