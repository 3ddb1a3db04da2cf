import type { Organisation } from '../../shared/actor.ts';
import { mostRowsOfList } from '../../shared/contracts/list.ts';
import { cityOf } from '../../shared/divisions.ts';
import type { Question, Rule } from '../question.ts';
import type { ListContext, ListRow } from './context.ts';

type Ask = Question<ListContext>;

/** Rules of a list of annex 1 (art. 8, art. 11(2)). */
export const listRules = {
  proposerIsOfTheArea: {
    article: 'art. 11(2), policy A-20',
    reads: 'case',
    sentence: '这份清单由其他设区市或行业主管部门汇总，请使用本地区或本行业的清单',
    holds: (ask) => isTheAuthority(ask) || (isUnit(ask) && isInArea(ask.actor.org, ask.context)),
  },
  namedUnitIsOfTheArea: {
    article: 'art. 11(2), policy A-20',
    reads: 'facts',
    sentence: '建设主体单位应是本地区或本行业已登记的单位，申报单位只能为本单位提出场景，请核对单位',
    holds: namedUnitFits,
  },
  listHasRoom: {
    article: 'policy R-025',
    reads: 'args',
    sentence: `一份清单最多${mostRowsOfList}行，请另建一份清单`,
    holds: ({ args, context }) => context.rows.length + (args.rows?.length ?? 1) <= mostRowsOfList,
    figures: ({ args, context }) => ({ rows: context.rows.length, proposed: args.rows?.length ?? 0, most: mostRowsOfList }),
  },
  rowIsThere: {
    article: 'art. 11(2)',
    reads: 'args',
    sentence: '清单中没有这一行，请刷新后重试',
    holds: ({ args, context }) => args.row === undefined || rowOf(context, args.row) !== undefined,
  },
  rowIsTheirs: {
    article: 'art. 11(2), policy R-025',
    reads: 'args',
    sentence: '只能修改或撤下本单位提出的行；其他行由汇总的设区市或行业主管部门办理',
    holds: (ask) => isTheAuthority(ask) || ask.args.row === undefined || (isUnit(ask) && rowOf(ask.context, ask.args.row)?.unit === ask.actor.org.id),
  },
  orderIsComplete: {
    article: 'art. 11(2)',
    reads: 'args',
    sentence: '新的顺序须恰好包含清单的每一行，请刷新后重新排序',
    holds: ({ args, context }) => args.order === undefined || sameIds(args.order, context.rows),
  },
  listHasRows: {
    article: 'art. 11(2)',
    reads: 'case',
    sentence: '清单中还没有任何一行，请先汇集本地区、本行业的场景',
    holds: ({ context }) => context.rows.length > 0,
  },
  everyRowHasItsUnit: {
    article: 'art. 5(3), policy A-34',
    reads: 'case',
    sentence: '有的行还没有指明建设主体单位，请逐行指明后再盖章',
    holds: ({ context }) => context.rows.every(({ unit }) => unit !== null),
    figures: ({ context }) => ({ rows: context.rows.filter(({ unit }) => unit === null).slice(0, 10).map(({ id }) => id) }),
  },
  noRowTwice: {
    article: 'policy A-41',
    reads: 'case',
    sentence: '同一单位的同名场景在清单中有两行，请合并或撤下其中一行',
    holds: ({ context }) => twins(context.rows).length === 0,
    figures: ({ context }) => ({ rows: twins(context.rows).slice(0, 10) }),
  },
  sealsWhatStands: {
    article: 'art. 11(2), policy R-025',
    reads: 'facts',
    sentence: '清单内容与您核对的不同，可能刚被修改，请刷新、重新核对后再盖章',
    holds: ({ args, facts }) => args.listSha256 === facts.listDigests?.sha256 && args.listSm3 === facts.listDigests?.sm3,
    figures: ({ args, facts }) => ({ seen: args.listSha256 ?? null, stands: facts.listDigests?.sha256 ?? null }),
  },
} as const satisfies Record<string, Rule<ListContext>>;

function isTheAuthority({ actor, context }: Ask): boolean {
  return actor.roles.includes('aggregator') && actor.org.id === context.handler;
}

function isUnit({ actor }: Ask): boolean {
  return actor.roles.includes('applicant') || actor.roles.includes('unitAdmin');
}

/** Whether a unit files through an authority: a city for its own divisions, a department for its sector; the authority itself may build, too (art. 5(3), A-20). */
export function isInArea(org: Pick<Organisation, 'id' | 'division' | 'sector'>, { unit: authority }: { readonly unit: Pick<ListContext['unit'], 'id' | 'division' | 'sector'> }): boolean {
  if (org.id === authority.id) return true;
  // A department's list is by sector, a city's by place: a department sits in the region's own division, which is no city.
  const city = cityOf(authority.division);
  return city === undefined ? authority.sector !== null && org.sector === authority.sector : cityOf(org.division) === city;
}

function namedUnitFits(ask: Ask): boolean {
  const { args, actor, context, facts } = ask;
  if (args.unit === undefined) return true;
  if (!isTheAuthority(ask)) return args.unit === actor.org.id;
  const named = facts.organisations?.[args.unit];
  return named !== undefined && isInArea(named, context);
}

/** A row by its id. */
export function rowOf({ rows }: Pick<ListContext, 'rows'>, id: string): ListRow | undefined {
  return rows.find((row) => row.id === id);
}

function sameIds(order: readonly string[], rows: readonly ListRow[]): boolean {
  return order.length === rows.length && new Set(order).size === rows.length && rows.every(({ id }) => order.includes(id));
}

function twins(rows: readonly ListRow[]): string[] {
  const names = rows.map(({ unit, name }) => `${unit} ${name.normalize('NFKC').toLowerCase().replace(/[\s\p{P}\p{S}]+/gu, '')}`);
  return rows.filter((_, index) => names.indexOf(names[index] ?? '') !== index).map(({ id }) => id);
}
