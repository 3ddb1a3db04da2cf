import { parseArgs } from 'node:util';
import { bundleFigures } from './bundles.ts';
import { commandFigures } from './commands.ts';
import type { Figure, Scale } from './figures.ts';
import { lifecycleFigures } from './lifecycles.ts';
import { listFigures } from './lists.ts';
import { machine, noise, type Machine } from './machine.ts';
import { publicationFigures } from './publication.ts';
import { scaleFigures } from './scale.ts';
import { intoReadme } from './readme.ts';
import { startFigures } from './start.ts';
import { asText } from './table.ts';

/** The parts of the bench in the order they are run; each can be run alone (`--only`). */
const parts: Readonly<Record<string, (scale: Scale) => Promise<Figure[]>>> = {
  bundles: bundleFigures,
  start: startFigures,
  commands: commandFigures,
  lifecycles: lifecycleFigures,
  publication: publicationFigures,
  scale: scaleFigures,
  lists: listFigures,
};

const { values } = parseArgs({
  options: { json: { type: 'boolean', default: false }, smoke: { type: 'boolean', default: false }, readme: { type: 'boolean', default: false }, only: { type: 'string' } },
});

async function main(): Promise<void> {
  const wanted = values.only?.split(',') ?? Object.keys(parts);
  const unknown = wanted.filter((name) => !(name in parts));
  if (unknown.length > 0) throw new Error(`there is no part ${unknown.join(', ')}; parts are ${Object.keys(parts).join(', ')}`);
  const here = machine();
  const rounds = values.smoke ? 10 : 50;
  const figures = noise(rounds);
  for (const name of wanted) figures.push(...(await measured(name)));
  figures.push(...noise(rounds).map((figure) => ({ ...figure, name: `${figure.name} (at the end)` })));
  say(here, figures);
  if (values.readme) intoReadme(here, figures);
}

async function measured(name: string): Promise<Figure[]> {
  if (!values.json) console.error(`… ${name}`);
  return (await parts[name]?.({ smoke: values.smoke })) ?? [];
}

function say(here: Machine, figures: readonly Figure[]): void {
  console.log(values.json ? JSON.stringify({ machine: here, smoke: values.smoke, figures }, null, 2) : asText(here, figures));
}

await main();
