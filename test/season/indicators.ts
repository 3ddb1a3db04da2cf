import { indicatorsOf } from '../../machines/scenario/indicators.ts';
import type { Args } from './clerk.ts';
import type { Followed } from './followed.ts';
import { does, type Move } from './step.ts';

/** What a scenario is measured by: one figure to reach in its first year, one to stay within in the next. */
const indicators = [
  { name: '日均办件量', measure: '件', goal: 'atLeast', target: '1000', good: '1260', poor: '820', dueAfter: 0 },
  { name: '平均办理时长', measure: '分钟', goal: 'atMost', target: '30', good: '21.5', poor: '48', dueAfter: 1 },
] as const;

/** What the unit does before its effect is evaluated: it states its indicators, once, and what came of those due that year. `undefined`: no more. */
export function ownResult({ fate, context }: Followed, year: number, missed: boolean): Move | undefined {
  if (!fate.measured) return undefined;
  if (context.indicators === undefined) return does(fate.filer, 'stateIndicators', { indicators: indicators.map(({ name, measure, goal, target, dueAfter }) => ({ name, measure, goal, target, dueOn: `${year + dueAfter}-12-31` })) });
  if (context.ownResult?.year === year) return undefined;
  return does(fate.filer, 'reportActuals', { year, actuals: due(context, year).map((name) => ({ name, actual: actualOf(name, missed), evidence: `${year}年运行统计报表` })) });
}

/** The Bureau's judgement of what was reported; nothing where nothing was stated. */
export function judgementsOf({ context }: Followed, year: number, missed: boolean): Args {
  if (context.indicators === undefined) return {};
  return { judgements: due(context, year).map((name) => ({ name, actual: actualOf(name, missed), met: !missed })) };
}

function due(context: Followed['context'], year: number): string[] {
  return indicatorsOf(context, year).map(({ name }) => name);
}

function actualOf(name: string, missed: boolean): string {
  const indicator = indicators.find((each) => each.name === name);
  return (missed ? indicator?.poor : indicator?.good) ?? '';
}
