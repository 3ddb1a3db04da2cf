import { paths } from '../paths.ts';

/** One line of the side navigation; without `roles` for everybody who is signed in, `open` also for who is not. */
export interface NavigationRow {
  readonly to: string;
  readonly label: string;
  readonly roles?: readonly string[];
  readonly open?: true;
}

/** What each role finds on the side (docs/console.md). It shortens the way; what is allowed, the API says. */
export const navigation: readonly NavigationRow[] = [
  { to: paths.todo, label: '待办' },
  { to: paths.newFiling, label: '新建申报', roles: ['applicant', 'unitAdmin'] },
  { to: paths.list('scenarios'), label: '场景' },
  { to: paths.list('batches'), label: '发布批次', roles: ['bureauOfficer', 'bureauLeader', 'leadingGroupOffice', 'finance', 'supervisor'] },
  { to: paths.meetings(), label: '遴选会议', roles: ['bureauOfficer', 'bureauLeader', 'supervisor'] },
  { to: paths.rehearsals, label: '发布预演', roles: ['bureauOfficer', 'bureauLeader', 'supervisor'] },
  { to: paths.list('lists'), label: '场景清单', roles: ['applicant', 'unitAdmin', 'aggregator', 'bureauOfficer', 'bureauLeader', 'supervisor'] },
  { to: paths.list('recoveries'), label: '资金收回', roles: ['applicant', 'unitAdmin', 'bureauOfficer', 'bureauLeader', 'finance', 'supervisor'] },
  { to: paths.list('funds'), label: '专项资金', roles: ['bureauOfficer', 'bureauLeader', 'finance', 'supervisor'] },
  { to: paths.money, label: '资金账目', roles: ['bureauOfficer', 'bureauLeader', 'leadingGroupOffice', 'finance', 'supervisor'] },
  { to: paths.list('demands'), label: '数据需求', roles: ['applicant', 'unitAdmin', 'aggregator', 'dataAuthority', 'bureauOfficer', 'bureauLeader', 'supervisor'] },
  { to: paths.board, label: '数据需求督办', roles: ['dataAuthority', 'bureauOfficer', 'bureauLeader', 'leadingGroupOffice', 'supervisor'] },
  { to: paths.evaluations, label: '成效评估', roles: ['bureauOfficer', 'bureauLeader', 'leadingGroupOffice', 'supervisor'] },
  { to: paths.figures, label: '统计分析', roles: ['bureauOfficer', 'bureauLeader', 'leadingGroupOffice', 'finance', 'supervisor'] },
  { to: paths.reuse, label: '案例复用', roles: ['bureauOfficer', 'bureauLeader', 'leadingGroupOffice', 'supervisor'] },
  { to: paths.whatIf, label: '政策推演', roles: ['bureauOfficer', 'bureauLeader', 'leadingGroupOffice'] },
  { to: paths.standIns, label: '代办委托', roles: ['applicant', 'unitAdmin', 'aggregator', 'bureauOfficer', 'bureauLeader', 'leadingGroupOffice', 'finance', 'dataAuthority'] },
  { to: paths.accounts, label: '单位账号', roles: ['unitAdmin', 'aggregator', 'bureauOfficer', 'bureauLeader'] },
  { to: paths.library, label: '案例库', open: true },
  { to: paths.published, label: '已发布清单', open: true },
  { to: paths.verify(), label: '核验文件', open: true },
  { to: paths.rules, label: '规则与流程图', open: true },
];

/** The rows for somebody with these roles; without a person the open ones. */
export function navigationFor(roles: readonly string[] | undefined): readonly NavigationRow[] {
  return navigation.filter((row) => (roles === undefined ? row.open : !row.roles || row.roles.some((role) => roles.includes(role))));
}
