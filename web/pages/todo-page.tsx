import { Link } from 'react-router';
import { useMe, useTasks } from '../api/queries.ts';
import type { Task } from '../api/types.ts';
import { Due } from '../parts/due.tsx';
import { LinkButton } from '../parts/link-button.tsx';
import { LongTable, type Column } from '../parts/long-table.tsx';
import { Page } from '../parts/page.tsx';
import { Nothing, Shown } from '../parts/states.tsx';
import { casePath, paths } from '../paths.ts';
import { commandName, lifecycleName, stateName } from '../words/names.ts';
import { t } from '../words/language.ts';

/** What waits for the reader (待办), what is due first on top. */
export function TodoPage() {
  const tasks = useTasks();
  const me = useMe(true).data;
  const files = me?.roles.some((role) => role === 'applicant' || role === 'unitAdmin') ?? false;
  return (
    <Page title={t('待办')} extra={files ? <LinkButton to={paths.newFiling} primary>{t('新建申报')}</LinkButton> : undefined}>
      <Shown read={tasks} what={t('待办')}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          if (items.length === 0) return <Nothing><p>{t('目前没有待办事项。')}</p>{files ? <p>{t('从')}<Link to={paths.newFiling}>{t('新建申报')}</Link>{t('开始申报一个场景。')}</p> : <p>{t('申报人报送后，需要您办理的场景会出现在这里；也可以')}<Link to={paths.list('scenarios')}>{t('查看场景')}</Link>。</p>}</Nothing>;
          return <LongTable caption={t('待办事项，最先到期的在前')} columns={columns()} rows={items} keyOf={(task) => `${task.case}/${task.slot}`} list={tasks} />;
        }}
      </Shown>
    </Page>
  );
}

const columns = (): readonly Column<Task>[] => [
  { head: t('事项'), cell: (task) => <Link to={casePath(task.lifecycle, task.case)}>{task.title || task.case}</Link> },
  { head: t('类别'), width: '14%', cell: (task) => lifecycleName(task.lifecycle) },
  { head: t('环节'), width: '15%', cell: (task) => stateName(task.lifecycle, task.leaf) },
  { head: t('可以办理'), width: '24%', cell: (task) => commandWords(task.commands) },
  { head: t('期限'), width: '16%', cell: (task) => <Due at={task.dueAt} /> },
];

const most = 4;

/** The first commands by name; a desk with many is no list to read. */
function commandWords(commands: readonly string[]): string {
  const names = commands.map((command) => commandName(command));
  return names.length > most ? `${names.slice(0, most).join('、')}等${names.length}项` : names.join('、');
}
