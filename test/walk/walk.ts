import { parseArgs } from 'node:util';
import { startClamd } from '../harness/clamd.ts';
import { startCloudProcess } from '../harness/cloud-process.ts';
import { Story } from '../demo/story.ts';
import { Coverage } from './coverage.ts';
import { Expedition, type Figures } from './expedition.ts';
import { randomFrom } from './random.ts';
import { recordsOf } from './world.ts';

const { values } = parseArgs({ options: { events: { type: 'string', default: '20000' }, seed: { type: 'string', default: '7' }, live: { type: 'string', default: '24' }, json: { type: 'boolean', default: false } } });
const wanted = Number(values.events);
const seed = Number(values.seed);
/** A walk of this many events has to take every row; a shorter one just says how far it came. */
const whole = 20_000;

const coverage = new Coverage(['governmentInvestment', 'socialInvestment', 'publication', 'recovery', 'scenarioList', 'dataDemand', 'fund']);
const figures: Figures = { events: 0, cases: 0, compared: 0, divergences: [], surprises: [], refusals: new Map() };

// Public notice is a switch of the policy: the second part of the walk has it on, or its states would never be seen.
const parts = [{ policy: 'gx-2025-draft', until: Math.ceil(wanted * 0.8) }, { policy: 'gx-2025-draft-notice', until: wanted }];
for (const [index, part] of parts.entries()) await walkUnder(part.policy, part.until, randomFrom(seed + index));
report();

async function walkUnder(policy: string, until: number, random: () => number): Promise<void> {
  const clamd = await startClamd();
  const cloud = await startCloudProcess({ env: { GUIJING_RULE_SET: policy, GUIJING_MALWARE_SCANNER: `clamd://127.0.0.1:${clamd.port}` } });
  try {
    const expedition = new Expedition({ story: new Story(cloud.endpoints), table: await recordsOf(cloud.endpoints), coverage, random, policy }, figures, Number(values.live));
    for (let round = 1; figures.events < until; round += 1) {
      await expedition.round(round);
      progress(round);
    }
    await expedition.end();
  } finally {
    await cloud.remove();
    await clamd.close();
  }
}

function progress(round: number): void {
  const { taken, all } = coverage.figures();
  if (!values.json && round % 4 === 0) console.log(`round ${round}: ${figures.events} events, ${figures.cases} cases, ${taken}/${all} transitions, ${figures.divergences.length} divergences`);
}

function report(): void {
  const { taken, all, missing } = coverage.figures();
  const { events, cases, compared, divergences, surprises, refusals } = figures;
  const percent = Math.floor((taken / all) * 1000) / 10;
  const refused = [...refusals.values()].reduce((sum, count) => sum + count, 0);
  const sum = { seed, events, cases, compared, divergences, refused, refusals: Object.fromEntries([...refusals].sort((a, b) => b[1] - a[1])), surprises, transitions: { taken, all, percent, missing } };
  if (values.json) console.log(JSON.stringify(sum, null, 2));
  else {
    for (const line of [...divergences, ...surprises].slice(0, 20)) console.log(line);
    if (missing.length > 0) console.log(`never taken:\n  ${missing.join('\n  ')}`);
    console.log(`walk: ${events} events, ${cases} cases, ${compared} comparisons, ${divergences.length} divergences, ${percent} % of ${all} transitions, ${refused} refusals, ${surprises.length} surprises`);
  }
  if (divergences.length + surprises.length > 0 || (wanted >= whole && taken < all)) process.exitCode = 1;
}
