import { Link } from 'react-router';
import { commandLabels, lifecycleLabels, stateLabel } from '../../machines/labels.zh.ts';
import { useMe, useTasks } from '../api/queries.ts';
import type { Task } from '../api/types.ts';
import { Due } from '../parts/due.tsx';
import { LinkButton } from '../parts/link-button.tsx';
import { MoreButton } from '../parts/more-button.tsx';
import { Page } from '../parts/page.tsx';
import { Nothing, Shown } from '../parts/states.tsx';
import { casePath, paths } from '../paths.ts';

/** What waits for the reader (待办), what is due first on top. */
export function TodoPage() {
  const tasks = useTasks();
  const me = useMe(true).data;
  const files = me?.roles.some((role) => role === 'applicant' || role === 'unitAdmin') ?? false;
  return (
    <Page title="待办" extra={files ? <LinkButton to={paths.newFiling} primary>新建申报</LinkButton> : undefined}>
      <Shown read={tasks} what="待办">
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          if (items.length === 0) return <Nothing><p>目前没有待办事项。</p>{files ? <p>从<Link to={paths.newFiling}>新建申报</Link>开始申报一个场景。</p> : <p>申报人报送后，需要您办理的场景会出现在这里；也可以<Link to={paths.list('scenarios')}>查看场景</Link>。</p>}</Nothing>;
          return <><TaskTable items={items} /><MoreButton list={tasks} shown={items.length} /></>;
        }}
      </Shown>
    </Page>
  );
}

function TaskTable({ items }: { readonly items: readonly Task[] }) {
  return (
    <table className="table">
      <caption className="hidden">待办事项，最先到期的在前</caption>
      <thead><tr><th scope="col">事项</th><th scope="col">类别</th><th scope="col">环节</th><th scope="col">可以办理</th><th scope="col">期限</th></tr></thead>
      <tbody>
        {items.map((task) => (
          <tr key={`${task.case}/${task.slot}`}>
            <td data-head="事项"><Link to={casePath(task.lifecycle, task.case)}>{task.title || task.case}</Link></td>
            <td data-head="类别">{lifecycleLabels[task.lifecycle]}</td>
            <td data-head="环节">{stateLabel(task.lifecycle, task.leaf)}</td>
            <td data-head="可以办理">{commandWords(task.commands)}</td>
            <td data-head="期限"><Due at={task.dueAt} /></td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const most = 4;

/** The first commands by name; a desk with many is no list to read. */
function commandWords(commands: readonly string[]): string {
  const names = commands.map((command) => commandLabels[command as keyof typeof commandLabels] ?? command);
  return names.length > most ? `${names.slice(0, most).join('、')}等${names.length}项` : names.join('、');
}
