import { useLocation, Link } from 'react-router';
import { recoveryStates, publicationStates, scenarioStates } from '../../machines/state-labels.zh.ts';
import { useDesk, useTasks, useWork } from '../api/desk-queries.ts';
import { useMe } from '../api/queries.ts';
import type { TaskRow, WorkRow } from '../api/names.ts';
import { Due } from '../parts/due.tsx';
import { LinkButton } from '../parts/link-button.tsx';
import { LongTable, type Column } from '../parts/long-table.tsx';
import { Page } from '../parts/page.tsx';
import { Nothing, Shown, StateTags } from '../parts/states.tsx';
import { atMinute } from '../parts/when.ts';
import { casePath, paths } from '../paths.ts';
import { t } from '../words/language.ts';
import { commandName, eventName, lifecycleName, stateName } from '../words/names.ts';
import { ExportButtons } from './export-buttons.tsx';
import { FilterBar, phasesOf, unitFilters, useFilters, type Filter } from './filters.tsx';

/** The three lists of a person's own work. */
type DeskList = 'tasks' | 'done' | 'mine';

const titles = { tasks: '待办', done: '已办', mine: '我发起的' } as const satisfies Record<DeskList, string>;
const places = { tasks: paths.todo, done: paths.done, mine: paths.mine } as const satisfies Record<DeskList, string>;

const lifecycles = ['governmentInvestment', 'socialInvestment', 'publication', 'recovery'] as const;

const common = (): readonly Filter[] => [
  { name: 'q', label: t('名称、单位或编号') },
  { name: 'lifecycle', label: t('类别'), options: lifecycles.map((id) => [id, lifecycleName(id)]) },
  { name: 'leaf', label: t('环节'), options: phasesOf({ ...scenarioStates, ...publicationStates, ...recoveryStates }) },
  ...unitFilters(),
];
const dueFilters = (): readonly Filter[] => [{ name: 'dueFrom', label: t('到期自'), day: true }, { name: 'dueTo', label: t('到期至'), day: true }];

/** What waits for the reader, what they dealt with, what they began: with counts, filters that the address holds, and files. */
export function DeskPage() {
  const { pathname } = useLocation();
  const list: DeskList = pathname === paths.done ? 'done' : pathname === paths.mine ? 'mine' : 'tasks';
  const me = useMe(true).data;
  const files = me?.roles.some((role) => role === 'applicant' || role === 'unitAdmin') ?? false;
  const filters = list === 'tasks' ? [...common(), ...dueFilters()] : common();
  const filter = useFilters(filters);
  return (
    <Page title={t(titles[list])} extra={<span className="row">{files && <LinkButton to={paths.newFiling} primary>{t('新建申报')}</LinkButton>}<ExportButtons list={list} title={titles[list]} filter={filter} /></span>}>
      <DeskTabs list={list} />
      <FilterBar key={list} list={list} filters={filters} />
      {list === 'tasks' ? <Tasks filter={filter} files={files} /> : <Work key={list} list={list} filter={filter} files={files} />}
    </Page>
  );
}

function DeskTabs({ list }: { readonly list: DeskList }) {
  const counts = useDesk().data;
  return (
    <nav aria-label={t('我的桌面')}>
      <ul className="tabs">
        {(['tasks', 'done', 'mine'] as const).map((each) => {
          const counted = counts?.[each];
          return <li key={each}><Link to={places[each]} aria-current={each === list ? 'page' : undefined}>{t(titles[each])} <span className="count">{counted ? `${counted.count}${counted.more ? '+' : ''}` : ''}</span></Link></li>;
        })}
      </ul>
    </nav>
  );
}

interface ListProps {
  readonly filter: Readonly<Record<string, string>>;
}

function Tasks({ filter, files }: ListProps & { readonly files: boolean }) {
  const tasks = useTasks(filter);
  return (
    <Shown read={tasks} what={t('待办')}>
      {({ pages }) => {
        const rows = pages.flatMap((page) => page.items);
        if (rows.length === 0) return <Nothing>{Object.keys(filter).length > 0 ? <p>{t('没有符合筛选条件的事项。')}</p> : <><p>{t('目前没有待办事项。')}</p>{files ? <p>{t('从')}<Link to={paths.newFiling}>{t('新建申报')}</Link>{t('开始申报一个场景。')}</p> : <p>{t('申报人报送后，需要您办理的场景会出现在这里；也可以')}<Link to={paths.list('scenarios')}>{t('查看场景')}</Link></p>}</>}</Nothing>;
        return <LongTable caption={t('待办事项，最先到期的在前')} columns={taskColumns()} rows={rows} keyOf={(task) => `${task.case}/${task.slot}`} list={tasks} />;
      }}
    </Shown>
  );
}

const taskColumns = (): readonly Column<TaskRow>[] => [
  { head: t('事项'), cell: (task) => <Link to={casePath(task.lifecycle, task.case)}>{task.title || task.case}</Link> },
  { head: t('单位'), width: '18%', cell: (task) => task.unitName },
  { head: t('类别'), width: '10%', cell: (task) => lifecycleName(task.lifecycle) },
  { head: t('环节'), width: '13%', cell: (task) => stateName(task.lifecycle, task.leaf) },
  { head: t('可以办理'), width: '20%', cell: (task) => commandWords(task.commands) },
  { head: t('期限'), width: '13%', cell: (task) => <Due at={task.dueAt} /> },
];

function Work({ list, filter, files }: ListProps & { readonly list: 'done' | 'mine'; readonly files: boolean }) {
  const work = useWork(list, filter);
  return (
    <Shown read={work} what={t(titles[list])}>
      {({ pages }) => {
        const rows = pages.flatMap((page) => page.items);
        if (rows.length === 0) return <Nothing><p>{t(Object.keys(filter).length > 0 ? '没有符合筛选条件的事项。' : list === 'done' ? '还没有办理过事项。' : '还没有发起过申报。')}</p></Nothing>;
        return <LongTable caption={t(titles[list])} columns={workColumns(list === 'mine' && files)} rows={rows} keyOf={(row) => `${row.case}/${row.n}`} list={work} />;
      }}
    </Shown>
  );
}

const workColumns = (copies: boolean): readonly Column<WorkRow>[] => [
  { head: t('事项'), cell: (row) => <Link to={casePath(row.lifecycle, row.case)}>{row.title || row.case}</Link> },
  { head: t('单位'), width: '20%', cell: (row) => row.unitName },
  { head: t('我办理的'), width: '14%', cell: (row) => eventName(row.command) },
  { head: t('办理时间'), width: '13%', cell: (row) => atMinute(row.at) },
  { head: t('现在'), width: '22%', cell: (row) => <><StateTags lifecycle={row.lifecycle} leaves={row.state} />{row.status === 'done' && ` ${t('已办结')}`}</> },
  ...(copies ? [{ head: t('办理'), width: '8%', cell: (row: WorkRow) => (row.lifecycle.endsWith('Investment') ? <Link to={paths.copyFiling('refiling', row.case)}>{t('复制')}<span className="hidden"> {row.title}</span></Link> : null) }] : []),
];

const most = 4;

// What happens while one fills in and uploads is not what a matter waits for.
const byTheWay = new Set(['saveForm', 'confirmAttachment', 'removeAttachment', 'askFundingClass']);

/** The first commands by name; a desk with many is no list to read. */
function commandWords(commands: readonly string[]): string {
  const names = commands.toSorted((a, b) => Number(byTheWay.has(a)) - Number(byTheWay.has(b))).slice(0, most).map(commandName).join(t('、'));
  return commands.length > most ? t('{names}等 {count} 项', { names, count: commands.length }) : names;
}
