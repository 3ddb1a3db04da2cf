import type * as z from 'zod/mini';
import { lifecycleLabels, stateLabel } from '../../machines/labels.zh.ts';
import type { Actor } from '../../shared/actor.ts';
import { divisionName } from '../../shared/divisions.ts';
import { policyOf } from '../../shared/policy.ts';
import type { Role } from '../../shared/roles.ts';
import { departmentOf } from '../../shared/sectors.ts';
import type * as answers from '../api/figure-answers.ts';
import type { Desk } from '../cases/act.ts';
import { Problem } from '../http/problem.ts';
import { personKey } from '../store/keys.ts';
import { readItems } from '../store/load.ts';
import { personOf } from '../store/people.ts';
import { countUnkept } from './count.ts';
import { latestFigures } from './latest.ts';
import { forecastOf } from './forecast.ts';
import { dimensions, percentile, size, type Dimension, type Tally } from './tally.ts';

const shownLifecycles = Object.keys(lifecycleLabels);

/** The figures as they are answered. */
export type Figures = z.infer<typeof answers.figures>;

const readers: readonly Role[] = ['bureauOfficer', 'bureauLeader', 'leadingGroupOffice', 'finance', 'supervisor'];

/** The programme's figures as counted last, for the offices of the region; before they were counted at all, as they are now. Throws `Problem`. */
export async function figuresFor(desk: Desk, actor: Actor): Promise<Figures> {
  if (!actor.roles.some((role) => readers.includes(role))) throw new Problem('not-allowed', '统计数据供自治区各办查阅', { needs: [...readers] });
  const counted = (await latestFigures(desk.table)) ?? (await countUnkept(desk));
  if (!counted) throw new Problem('unavailable', '统计尚未生成，请稍后再看（每六小时统计一次）');
  const { at, tally } = counted;
  return {
    at,
    groups: Object.fromEntries(dimensions.map((dimension) => [dimension, groupRows(tally, dimension)])) as Figures['groups'],
    stays: stayRows(tally),
    reviewers: await reviewerRows(desk, tally),
    batches: Object.entries(tally.batches).map(([batch, cases]) => ({ batch, cases })).sort((a, b) => a.batch.localeCompare(b.batch)),
    recoveries: { open: tally.openRecoveries, openFen: tally.recoveryOpenFen },
    forecast: forecastOf(tally, policyOf(desk.policy).publicationDays.value, at),
  };
}

const stages: Readonly<Record<string, string>> = { proposed: '拟建', built: '已建', unknown: '未填' };
const directions: Readonly<Record<string, string>> = { digitalGovernment: '数字政府', digitalSociety: '数字社会', digitalEconomy: '数字经济', none: '未填' };

const labels: Readonly<Record<Dimension, (key: string) => string>> = {
  class: (key) => lifecycleLabels[key as keyof typeof lifecycleLabels] ?? key,
  phase: (key) => {
    const [lifecycle = '', phase = ''] = key.split('/');
    return `${labels.class(lifecycle)}：${stateLabel(lifecycle, phase)}`;
  },
  stage: (key) => stages[key] ?? key,
  city: (key) => divisionName(key) ?? key,
  sector: (key) => (key === 'none' ? '未填' : (departmentOf(key)?.short ?? key)),
  direction: (key) => directions[key] ?? key,
};

function groupRows(tally: Tally, dimension: Dimension): Figures['groups'][Dimension] {
  const rows = Object.entries(tally.groups[dimension]).map(([key, sum]) => ({ key, label: labels[dimension](key), ...sum }));
  return rows.sort((a, b) => b.cases - a.cases || a.key.localeCompare(b.key));
}

function stayRows({ stays }: Tally): Figures['stays'] {
  const rows = Object.entries(stays).map(([key, { over, going }]) => {
    const [lifecycle = '', leaf = ''] = key.split('/');
    return { lifecycle: lifecycle as Figures['stays'][number]['lifecycle'], leaf, label: stateLabel(lifecycle, leaf), ended: size(over), medianDays: percentile(over, 0.5), p90Days: percentile(over, 0.9), open: size(going), longestOpenDays: percentile(going, 1) };
  });
  return rows.sort((a, b) => shownLifecycles.indexOf(a.lifecycle) - shownLifecycles.indexOf(b.lifecycle) || a.leaf.localeCompare(b.leaf));
}

async function reviewerRows(desk: Desk, { reviewers }: Tally): Promise<Figures['reviewers']> {
  const ids = Object.keys(reviewers);
  const names = new Map<string, string>();
  for (let at = 0; at < ids.length; at += 100) for (const item of (await readItems(desk.table, ids.slice(at, at + 100).map(personKey))).values()) names.set(personOf(item).id, personOf(item).name);
  const rows = Object.entries(reviewers).map(([id, sums]) => ({ id, name: names.get(id) ?? id, ...sums }));
  return rows.sort((a, b) => b.open - a.open || b.submitted - a.submitted || a.id.localeCompare(b.id));
}
