import swc from '@swc/core';

// dependency-cruiser 17 has swc read every file as plain TypeScript, in which the markup of .tsx is an error (decision 0004).
const { parseFileSync } = swc;
swc.parseFileSync = (file, options) => parseFileSync.call(swc, file, { ...options, tsx: file.endsWith('.tsx') });

// Who may import whom. The folders and the reason for each arrow: README, "Architecture".
const core = '^(machines|shared)/';

/** A rule that lets files of `from` reach only what matches `allowed` (paths from the root, packages under node_modules). */
const only = (name, from, allowed, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from },
  to: { pathNot: allowed },
});

const npm = (...names) => `node_modules/(${names.join('|')})(/|$)`;

// dependency-cruiser loads its configuration by the default export.
export default {
  forbidden: [
    { name: 'no-cycle', comment: 'Imports point inward.', severity: 'error', from: {}, to: { circular: true } },
    // Types only: @types/aws-lambda, and the file of @types/pdfmake that pdfmake itself does not have.
    { name: 'resolvable', comment: 'An import that leads nowhere.', severity: 'error', from: {}, to: { couldNotResolve: true, pathNot: '^(vitest|vite|aws-lambda$|pdfmake/interfaces)' } },
    only('shared-is-words', '^shared/', ['^shared/', npm('zod', 'chinese-days')], 'shared/ holds words and plain data.'),
    only('core-is-pure', '^machines/(?!derive/)', [core, npm('xstate')], 'machines/ decide: data in, data out.'),
    only('derive-is-pure', '^machines/derive/(?!main\\.ts)', [core, npm('xstate', 'elkjs')], 'What is derived depends on the charts alone.'),
    {
      name: 'core-does-no-io',
      comment: 'No clock, no randomness, no I/O in the core.',
      severity: 'error',
      from: { path: core, pathNot: '^machines/derive/main\\.ts$' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'functions-do',
      comment: 'functions/ is the shell around the core: never infra, web or test.',
      severity: 'error',
      from: { path: '^functions/' },
      to: { path: '^(infra|web|test)/' },
    },
    {
      name: 'aws-places',
      comment: 'infra/aws reads what is derived and shared; functions are assets found by path.',
      severity: 'error',
      from: { path: '^infra/aws/' },
      to: { path: '^(machines/(?!derive/)|functions|infra/(?!aws/|build)|web|test)' },
    },
    {
      name: 'local-interprets',
      comment: 'infra/local interprets the template: it knows no lifecycle, no handler, no stack.',
      severity: 'error',
      from: { path: '^infra/local/', pathNot: '^infra/local/(start|seed/)' },
      to: { path: '^(machines|functions|infra/aws|web|test)/' },
    },
    {
      name: 'web-shows',
      comment: 'web/ holds no rules: of the core it reads the words only.',
      severity: 'error',
      from: { path: '^web/' },
      to: { path: '^(functions|infra|test|machines/(?!derive/words\\.ts|(state-)?labels))' },
    },
    only('web-packages', '^web/', ['^(web|shared|machines)/', npm('react', 'react-dom', 'react-router', 'antd', '@tanstack/react-query', '@tanstack/react-virtual', '@types/react', '@types/react-dom', '@noble/hashes', 'sm-crypto-v2')], 'What a browser loads is chosen by hand.'),
    {
      name: 'product-not-tests',
      comment: 'Nothing that ships imports a test or a tool for development.',
      severity: 'error',
      from: { path: '^(shared|machines|functions)/' },
      to: { path: '^test/|node_modules/(vitest|fast-check|esbuild|aws-cdk-lib)/' },
    },
  ],
  options: {
    // dependency-cruiser cannot use TypeScript 7's API; swc reads the sources (see docs/decisions/0004).
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|cdk\\.out|docs)/' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'types', 'default'], extensions: ['.ts', '.mjs', '.js', '.json'] },
  },
};
