import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from '../build.ts';
import { makeApp } from './app.ts';
import { defaultRegion } from './regions.ts';

/** Writes `cdk.out/` without the CDK's command line and without network: `npm run synth -- [--region R] [--out FOLDER]`. */
const main = async (): Promise<void> => {
  const root = join(import.meta.dirname, '../..');
  const { values } = parseArgs({ options: { region: { type: 'string', default: defaultRegion }, out: { type: 'string', default: 'cdk.out' } } });
  await build(root);
  const assembly = makeApp({ root, region: values.region, outdir: join(root, values.out) }).synth();
  const resources = assembly.stacks.reduce((sum, { template }) => sum + Object.keys((template as { Resources?: object }).Resources ?? {}).length, 0);
  console.log(`synth: ${assembly.stacks.length} stacks, ${resources} resources for ${values.region} in ${values.out}/`);
};

await main();
