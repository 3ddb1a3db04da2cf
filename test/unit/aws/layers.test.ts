import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from './synthesized.ts';

/** One planted violation of each rule, type-only imports among them. */
const planted = {
  'shared/a.ts': "import type { X } from '../functions/a.ts'; export type A = X;",
  'machines/a.ts': "import { readFileSync } from 'node:fs'; import { o } from '../functions/a.ts'; export const a = [readFileSync, o];",
  'machines/derive/a.ts': "import { z } from 'zod'; export const a = z;",
  'functions/a.ts': "import { b } from '../infra/local/b.ts'; import { Stack } from 'aws-cdk-lib'; export type X = string; export const o = [b, Stack];",
  'infra/local/b.ts': "import type { X } from '../../functions/a.ts'; export const b: X = 'b';",
  'infra/aws/b.ts': "import { a } from '../../machines/a.ts'; export const b = a;",
  'web/b.ts': "import { o } from '../functions/a.ts'; import { c } from './none.ts'; export const q = [o, c];",
  'web/c.tsx': "import { it } from 'vitest'; export const c = <T extends string>(t: T) => <p>{String(it) + t}</p>;",
};

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'guijing-layers-'));
  for (const [path, text] of Object.entries(planted)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  copyFileSync(join(root, 'package.json'), join(folder, 'package.json'));
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const violations = (): string[] => {
  const cruise = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const args = [cruise, '--config', join(root, '.dependency-cruiser.mjs'), '--output-type', 'json', 'shared', 'machines', 'functions', 'infra', 'web'];
  const out = execFileSync(process.execPath, args, { cwd: folder, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024, stdio: ['ignore', 'pipe', 'ignore'] });
  const report = JSON.parse(out) as { summary: { violations: { rule: { name: string } }[] } };
  return [...new Set(report.summary.violations.map(({ rule }) => rule.name))].sort();
};

describe('the layer check', () => {
  it('sees a planted violation of every rule', async () => {
    const { default: config } = (await import(join(root, '.dependency-cruiser.mjs'))) as { default: { forbidden: { name: string }[] } };
    expect(violations()).toEqual(config.forbidden.map(({ name }) => name).sort());
  });
});
