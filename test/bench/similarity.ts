import { similarFilings } from '../../functions/cases/similar.ts';
import { proseOf } from '../../functions/likeness/prose.ts';
import { nameSketch, namePlan, prosePlan, proseSketch, type Sketch, type SketchPlan } from '../../functions/likeness/sketch.ts';
import { sketchItems, type Sketches } from '../../functions/store/sketches.ts';
import type { Item } from '../../functions/store/keys.ts';
import { openTrimmer } from '../../infra/local/dynamodb/trim-stream.ts';
import { governmentFormFixture } from '../fixtures/forms.ts';
import { freshTable, startDynoxide } from '../harness/dynoxide.ts';
import { randomFrom } from '../walk/random.ts';
import { putMany } from './put-many.ts';
import { median, type Figure } from './figures.ts';

const part = 'scale';
const rounds = 9;
/** One filing in so many is built on the same template, as when a department hands one out: their bands are full. */
const templateEvery = 50;
const copies = 3;

/** How long the check of one new filing takes against many, and what it adds to the memory of the process that does it; a few real copies are among them and must be found. */
export async function similarityFigures(size: number): Promise<Figure[]> {
  const engine = await startDynoxide();
  const trimmer = openTrimmer(engine.file);
  const timer = setInterval(() => trimmer?.trim('likeness', '99999999999999999999'), 50);
  const table = await freshTable(engine.endpoint, 'likeness');
  try {
    const form = governmentFormFixture();
    const ours: Sketches = { prose: proseSketch(proseOf(form)), name: nameSketch(String(form.system.name)) };
    await putMany(table, filings(ours, size));
    const check = async (): Promise<number> => {
      const began = performance.now();
      const found = await similarFilings(table, 's-new', { prose: proseSketch(proseOf(form)), name: nameSketch(String(form.system.name)) });
      const took = performance.now() - began;
      if (found.filter(({ likeness }) => likeness === 1).length !== copies) throw new Error(`of ${copies} copies were found: ${JSON.stringify(found)}`);
      return took;
    };
    await check();
    const before = process.memoryUsage().rss;
    const times: number[] = [];
    for (let round = 0; round < rounds; round += 1) times.push(await check());
    const grown = Math.max(0, process.memoryUsage().rss - before) / 1024 / 1024;
    return [
      { part, name: `similarity check of one filing against ${size}`, value: median(times) / 1000, unit: 's', atMost: 2, note: `slowest of ${rounds}: ${(Math.max(...times) / 1000).toFixed(2)} s; every ${templateEvery}th built on the same template` },
      { part, name: `similarity check against ${size}: memory that ${rounds} checks add`, value: grown, unit: 'MB', atMost: 64, note: 'at most 320 sketches of 88 bytes are looked at, however many there are' },
    ];
  } finally {
    clearInterval(timer);
    trimmer?.close();
    table.client.destroy();
    await engine.stop();
  }
}

function* filings(ours: Sketches, size: number): Generator<Item> {
  const random = randomFrom(7);
  const template = foreign(prosePlan, random);
  for (let number = 0; number < size; number += 1) {
    const prose = number < copies ? ours.prose : number % templateEvery === 0 ? mixed(template, random) : foreign(prosePlan, random);
    yield* sketchItems(`s-${number}`, { prose, name: number < copies ? ours.name : foreign(namePlan, random) });
  }
}

/** A sketch of a text that nobody else wrote. */
function foreign({ bands, rows }: SketchPlan, random: () => number): Sketch {
  return Uint32Array.from({ length: bands * rows }, () => Math.floor(random() * 0x1_00_00_00_00));
}

/** Like another text in most of its bands. */
function mixed(sketch: Sketch, random: () => number): Sketch {
  return sketch.map((value) => (random() < 0.1 ? Math.floor(random() * 0x1_00_00_00_00) : value));
}
