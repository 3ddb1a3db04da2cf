import { eventLabel, roleLabels, stateLabel } from '../../machines/labels.zh.ts';
import { useEvents } from '../api/queries.ts';
import type { Case, Task } from '../api/types.ts';
import { Due } from '../parts/due.tsx';
import { Shown } from '../parts/states.tsx';
import { atMinute } from '../parts/when.ts';
import type { Collection } from '../paths.ts';
import { nextOf, useTransitions } from './next-steps.tsx';
import { staysOf, type Stay } from './stays.ts';

/** One timeline: where the case was, who holds it now, since when, until when, and what can come next. */
export function Whereabouts({ one, collection }: { readonly one: Case; readonly collection: Collection }) {
  const events = useEvents(collection, one.id);
  return (
    <Shown read={events} what="进度">
      {(all) => {
        const stays = staysOf(all);
        const past = stays.filter(({ left }) => left !== undefined);
        const now = stays.filter(({ left }) => left === undefined);
        return (
          <ol className="timeline whereabouts" aria-label="进度">
            {past.length > 3 && <li><details><summary>此前 {past.length - 3} 个环节</summary><ol className="plain">{past.slice(0, -3).map((stay) => <Past key={stay.leaf + stay.since} one={one} stay={stay} />)}</ol></details></li>}
            {past.slice(-3).map((stay) => <Past key={stay.leaf + stay.since} one={one} stay={stay} />)}
            {now.map((stay) => <Now key={stay.leaf} one={one} stay={stay} />)}
            {one.status === 'active' && <Next one={one} />}
          </ol>
        );
      }}
    </Shown>
  );
}

function Past({ one, stay: { leaf, since, left } }: { readonly one: Case; readonly stay: Stay }) {
  return <li className="past">{stateLabel(one.lifecycle, leaf)} <span className="note">{atMinute(since)} 至 {left && `${atMinute(left.at)}：${eventLabel(left.command)}${left.actor.name ? `（${left.actor.name}）` : ''}`}</span></li>;
}

function Now({ one, stay: { leaf, since } }: { readonly one: Case; readonly stay: Stay }) {
  const tasks = one.tasks.filter((task) => task.leaf === leaf);
  if (one.status === 'done') return <li aria-current="step"><strong>{stateLabel(one.lifecycle, leaf)}</strong><br />{atMinute(since)} 办结</li>;
  return (
    <li className="now" aria-current="step">
      <strong>{stateLabel(one.lifecycle, leaf)}</strong>
      {tasks.length === 0
        ? <div className="line">由系统办理或等待时间，自 {atMinute(since)} 起{one.due[leaf] && <>，至 <Due at={one.due[leaf]} /></>}</div>
        : tasks.map((task) => <div key={task.slot} className="line">由<b>{holderOf(one, task)}</b>办理，自 {atMinute(since)} 起，期限 <Due at={task.dueAt} /></div>)}
    </li>
  );
}

function Next({ one }: { readonly one: Case }) {
  const { data } = useTransitions();
  const rows = nextOf(data ?? [], one).filter((row) => row.own);
  const targets = [...new Set(rows.map(({ to }) => to))];
  if (targets.length === 0) return null;
  return (
    <li className="next">
      接下来
      <ul className="errors">
        {targets.map((to) => {
          const [row] = rows.filter((each) => each.to === to);
          return <li key={to}>{stateLabel(one.lifecycle, to)} <span className="note">（{row && `${eventLabel(row.command)}，由${row.roles.map((role) => roleLabels[role as keyof typeof roleLabels] ?? role).join('、') || '系统'}`}）</span></li>;
        })}
      </ul>
    </li>
  );
}

// A queue is `role#organisation` or `person#id`.
function holderOf(one: Case, { queue }: Task): string {
  const [role = ''] = queue.split('#');
  if (role === 'person') return '受指派的人员';
  const name = roleLabels[role as keyof typeof roleLabels] ?? role;
  const unit = role === 'applicant' || role === 'unitAdmin' ? (one.context['unit'] as { readonly name?: string } | undefined)?.name : undefined;
  return unit ? `申报单位（${unit}）` : name;
}
