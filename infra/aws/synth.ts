import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from '../build.ts';
import { filesUnder, isFresh, stamp } from '../build/freshness.ts';
import { oneAtATime } from '../build/one-at-a-time.ts';
import { defaultRegion, traitsOf } from './regions.ts';

/** Where to synthesize from and to: `root` and `out` are absolute folders; the region decides what a region can do (`regions.ts`). */
export interface Synthesis {
  readonly root: string;
  readonly region?: string;
  readonly out?: string;
}

/** What was written: the assembly's folder, and its figures, or none when it was fresh already. */
export interface Synthesized {
  readonly out: string;
  readonly made?: { readonly stacks: number; readonly resources: number };
}

/**
 * Builds the functions and writes the cloud assembly to `out` (`cdk.out`), unless it was made from just these inputs;
 * needs no network and no CDK command line. Throws on an unexplained finding of cdk-nag, or when an input is missing.
 */
export const synthesize = async ({ root, region = defaultRegion, out = join(root, 'cdk.out') }: Synthesis): Promise<Synthesized> => {
  traitsOf(region);
  await build(root);
  return oneAtATime(join(root, 'dist/lock-synth'), async () => {
    const inputs = inputsOf(root);
    const stampFile = join(out, `inputs-${region}.json`);
    if (isFresh(root, stampFile, inputs)) return { out };
    clear(out);
    const made = await write(root, region, out);
    stamp(root, stampFile, inputs);
    return { out, made };
  });
};

const inputsOf = (root: string): string[] =>
  ['infra/aws', 'docs/derived', 'dist/functions']
    .flatMap((folder) => filesUnder(join(root, folder)).map((file) => `${folder}/${file}`))
    .filter((file) => !file.startsWith('docs/derived/') || file.endsWith('.asl.json'))
    .concat('package-lock.json', 'shared/step.ts');

/** Removes an assembly of before; what is no assembly of ours is not ours to remove. */
const clear = (out: string): void => {
  if (!existsSync(out)) return;
  const files = readdirSync(out);
  // A synthesis that failed half-way leaves assets without the manifest.
  if (!files.includes('cdk.out') && !files.every((file) => file.startsWith('asset.'))) throw new Error(`${out} holds something else than a cloud assembly; choose another folder`);
  rmSync(out, { recursive: true });
};

/** The library is loaded only when there is something to write: it takes a second. */
const write = async (root: string, region: string, outdir: string): Promise<Required<Synthesized>['made']> => {
  const { makeApp } = await import('./app.ts');
  const { stacks } = makeApp({ root, region, outdir }).synth();
  const count = (template: { Resources?: object }): number => Object.keys(template.Resources ?? {}).length;
  return { stacks: stacks.length, resources: stacks.reduce((sum, stack) => sum + count(stack.template as { Resources?: object }), 0) };
};

const main = async (root: string): Promise<void> => {
  const { values } = parseArgs({ options: { region: { type: 'string', default: defaultRegion }, out: { type: 'string', default: 'cdk.out' } } });
  const { out, made } = await synthesize({ root, region: values.region, out: resolve(root, values.out) });
  const figures = made ? `${made.stacks} stacks, ${made.resources} resources` : 'nothing changed';
  console.log(`synth: ${figures} for ${values.region} in ${relative(root, out)}/`);
};

if (import.meta.main) await main(join(import.meta.dirname, '../..'));
