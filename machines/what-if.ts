import type { PeriodName, Policy } from '../shared/policy.ts';
import { asCurrent } from './migrations.ts';
import type { Json, Snapshot } from './decision.ts';
import type { WaitingMeta } from './define.ts';
import { lifecycles } from './lifecycles.ts';
import { activeLeaves, metaOf, pathOf, restore } from './position.ts';
import type { ScenarioContext } from './scenario/context.ts';
import { advanceFen, caseCeiling, remainderFen } from './scenario/money.ts';
import { panelScore } from './scenario/scores.ts';

/** What another policy pack would change for a case: what it is about, where that rests, and its value under either pack. */
export interface Difference {
  readonly what: WhatChanges;
  readonly article: string;
  readonly before: Json;
  readonly after: Json;
  /** The leaf whose wait it is about. */
  readonly leaf?: string;
}

/** What a pack can change for a case that is underway. */
export const whatChanges = ['ceilingFen', 'awardWithinCeiling', 'advanceFen', 'remainderFen', 'scoreHundredths', 'passes', 'quorumReached', 'publicNotice', 'rectificationAllowed', 'crossCuttingRequired', 'period'] as const;

/** One such thing. */
export type WhatChanges = (typeof whatChanges)[number];

type Answers = Partial<Record<Exclude<WhatChanges, 'period'>, Json>>;

const articles: Readonly<Record<WhatChanges, string>> = {
  ceilingFen: 'art. 12(2), art. 15(1)', awardWithinCeiling: 'art. 12(2), art. 15(1)', advanceFen: 'art. 12(2), policy A-11', remainderFen: 'art. 12(2), policy A-09', scoreHundredths: 'policy A-24', passes: 'policy A-24',
  quorumReached: 'policy A-24', publicNotice: 'policy A-23', rectificationAllowed: 'policy A-13', crossCuttingRequired: 'policy A-03', period: 'policy requirements 0.8',
};

/** What would be different for an open case under another pack; nothing for a case that is over. Pure: the case is looked at under both, and stays as it is. */
export function differencesOf(stored: Snapshot, before: Policy, after: Policy): Difference[] {
  const snapshot = asCurrent(stored, lifecycles[stored.lifecycle].version);
  if (snapshot.status === 'done') return [];
  const leaves = activeLeaves(restore(snapshot));
  const answers = snapshot.lifecycle.endsWith('Investment') ? answersDiffering(snapshot, leaves.map(pathOf), before, after) : [];
  const waits = leaves.flatMap((leaf): Difference[] => {
    const meta = metaOf(leaf);
    const [was, is] = meta.kind === 'waiting' ? [before, after].map(({ periods }) => periods.value[(meta as WaitingMeta).deadline as PeriodName]) : [];
    return was && is && !same(was, is) ? [{ what: 'period', article: articles.period, before: { ...was }, after: { ...is }, leaf: pathOf(leaf) }] : [];
  });
  return [...answers, ...waits];
}

function answersDiffering({ context }: Snapshot, leaves: readonly string[], before: Policy, after: Policy): Difference[] {
  const scenario = context as unknown as ScenarioContext;
  const [was, is] = [answersOf(scenario, leaves, before), answersOf(scenario, leaves, after)];
  const names = Object.keys(was) as (keyof Answers)[];
  return names.filter((name) => !same(was[name], is[name])).map((name) => ({ what: name, article: articles[name], before: was[name] ?? null, after: is[name] ?? null }));
}

/** The questions that a pack answers for a scenario where it is; what is settled is asked no more. */
function answersOf(context: ScenarioContext, leaves: readonly string[], policy: Policy): Answers {
  return { ...moneyUnder(context, policy), ...reviewUnder(context, leaves, policy), ...rulesUnder(context, leaves, policy) };
}

function moneyUnder(context: ScenarioContext, policy: Policy): Answers {
  const { ceilingFen } = caseCeiling(context, policy);
  const award = context.award?.fen ?? context.proposal?.amountFen ?? null;
  const isPaid = context.paid.remainder !== null || context.paid.oneOff !== null || context.waived;
  return { ...(isPaid ? {} : { ceilingFen, ...(award === null ? {} : { awardWithinCeiling: award <= ceilingFen }) }), ...(context.funding === 'governmentInvestment' && context.award ? halvesUnder(context, policy) : {}) };
}

function halvesUnder(context: ScenarioContext, policy: Policy): Answers {
  if (context.paid.remainder !== null) return {};
  const first = context.paid.advance === null ? advanceFen(context, policy) : 0;
  return { ...(context.paid.advance === null ? { advanceFen: first } : {}), remainderFen: remainderFen(context, policy) - first };
}

function reviewUnder({ sheets }: ScenarioContext, leaves: readonly string[], policy: Policy): Answers {
  const scores = Object.values(sheets);
  if (scores.length === 0 || !isIn(leaves, /^selection\./)) return {};
  const score = panelScore(scores, policy);
  return { scoreHundredths: score, passes: score >= policy.passLine.value * 100, quorumReached: scores.length >= policy.quorum.value };
}

function rulesUnder({ funding, crossCutting, rectifications }: ScenarioContext, leaves: readonly string[], policy: Policy): Answers {
  return {
    ...(isIn(leaves, /^(declaration|intake|selection|leadUnit)\./) ? { publicNotice: policy.publicNotice.value } : {}),
    ...(isIn(leaves, /^acceptance\./) ? { rectificationAllowed: rectifications < policy.rectificationsAllowed.value } : {}),
    ...(funding === 'governmentInvestment' && crossCutting.length === 0 && isIn(leaves, /^declaration\./) ? { crossCuttingRequired: policy.requireCrossCutting.value } : {}),
  };
}

function isIn(leaves: readonly string[], phase: RegExp): boolean {
  return leaves.some((leaf) => phase.test(leaf));
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
