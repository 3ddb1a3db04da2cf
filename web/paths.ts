import type { LifecycleName } from './api/names.ts';

/** The collection of the API that cases of a lifecycle stand in. */
export const collectionOf = {
  governmentInvestment: 'scenarios',
  socialInvestment: 'scenarios',
  publication: 'batches',
  recovery: 'recoveries',
  scenarioList: 'lists',
  fund: 'funds',
  dataDemand: 'demands',
} as const satisfies Record<LifecycleName, string>;

/** A collection of cases. */
export type Collection = (typeof collectionOf)[LifecycleName];

/** How many filings stand side by side and can still be read. */
export const mostCompared = 4;

/** The tabs of a case page. */
export const caseTabs = ['summary', 'rows', 'form', 'files', 'review', 'panel', 'building', 'revisions', 'money', 'events', 'chart', 'act'] as const;

/** A tab of a case page. */
export type CaseTab = (typeof caseTabs)[number];

/** What a filing may begin from: an earlier one of the own unit, or a case of the library. */
export type CopyKind = 'refiling' | 'replication';

/** Every address of the console, under `/console`. */
export const paths = {
  todo: '/',
  done: '/done',
  mine: '/mine',
  notices: '/notices',
  signedIn: '/signed-in',
  list: (collection: Collection) => `/${collection}`,
  one: (collection: Collection, id: string, tab: CaseTab = 'summary') => (tab === 'summary' ? `/${collection}/${id}` : `/${collection}/${id}/${tab}`),
  act: (collection: Collection, id: string, command: string) => `/${collection}/${id}/act?do=${command}`,
  compare: (ids: readonly string[]) => `/compare?ids=${ids.join(',')}`,
  bulk: (ids: readonly string[]) => `/bulk?ids=${ids.join(',')}`,
  meetings: (ids: readonly string[] = []) => (ids.length > 0 ? `/meetings?ids=${ids.join(',')}` : '/meetings'),
  correctMeeting: (id: string) => `/meetings?replaces=${id}`,
  accounts: '/accounts',
  newFiling: '/filing/new',
  copyFiling: (kind: CopyKind, id = '') => `/filing/copy?kind=${kind}${id ? `&case=${encodeURIComponent(id)}` : ''}`,
  filing: (id: string) => `/filing/${id}`,
  filingPage: (id: string, page: string) => `/filing/${id}/${page}`,
  published: '/published',
  search: '/search',
  library: '/library',
  libraryCase: (id: string) => `/library/${encodeURIComponent(id)}`,
  figures: '/figures',
  unitProfile: '/unit-profile',
  board: '/demand-board',
  evaluations: '/evaluations',
  reuse: '/reuse',
  rehearsals: '/rehearsals',
  rehearsal: (id: string) => `/rehearsals/${id}`,
  correct: (id: string) => `/batches/${id}/correct`,
  money: '/money',
  standIns: '/stand-ins',
  whatIf: '/what-if',
  batch: (half: string) => `/published/${half}`,
  verify: (code = '') => (code ? `/verify/${encodeURIComponent(code)}` : '/verify'),
  rules: '/rules',
} as const;

/** The page of a case, whatever its lifecycle. */
export function casePath(lifecycle: LifecycleName, id: string, tab?: CaseTab): string {
  return paths.one(collectionOf[lifecycle], id, tab);
}
