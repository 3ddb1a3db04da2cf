import { useEvents } from '../api/queries.ts';
import type { Case, Task } from '../api/types.ts';
import { Due } from '../parts/due.tsx';
import { Shown } from '../parts/states.tsx';
import { atMinute } from '../parts/when.ts';
import type { Collection } from '../paths.ts';
import { actorName, commandName, eventName, roleName, roleNames, stateName } from '../words/names.ts';
import { t } from '../words/language.ts';
import { nextOf, useTransitions } from './next-steps.tsx';
import { staysOf, type Stay } from './stays.ts';

/** One timeline: where the case was, who holds it now, since when, until when, and what can come next. */
export function Whereabouts({ one, collection }: { readonly one: Case; readonly collection: Collection }) {
  const events = useEvents(collection, one.id);
  return (
    <Shown read={events} what={t('进度')}>
      {(all) => {
        const stays = staysOf(all);
        const past = stays.filter(({ left }) => left !== undefined);
        const now = stays.filter(({ left }) => left === undefined);
        return (
          <ol className="timeline whereabouts" aria-label={t('进度')}>
            {past.length > 3 && <li><details><summary>{t('此前 {count} 个环节', { count: past.length - 3 })}</summary><ol className="plain">{past.slice(0, -3).map((stay) => <Past key={stay.leaf + stay.since} one={one} stay={stay} />)}</ol></details></li>}
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
  return <li className="past">{stateName(one.lifecycle, leaf)} <span className="note">{atMinute(since)} – {left && `${atMinute(left.at)} · ${eventName(left.command)}${left.actor.name ? ` · ${actorName(left.actor)}` : ''}`}</span></li>;
}

function Now({ one, stay: { leaf, since } }: { readonly one: Case; readonly stay: Stay }) {
  const tasks = one.tasks.filter((task) => task.leaf === leaf);
  const from = t('自 {at} 起', { at: atMinute(since) });
  if (one.status === 'done') return <li aria-current="step"><strong>{stateName(one.lifecycle, leaf)}</strong><br />{from}</li>;
  return (
    <li className="now" aria-current="step">
      <strong>{stateName(one.lifecycle, leaf)}</strong>
      {tasks.length === 0
        ? <div className="line">{t('由系统办理或等待时间')} · {from}{one.due[leaf] && <> · {t('期限')} <Due at={one.due[leaf]} /></>}</div>
        : tasks.map((task) => <div key={task.slot} className="line">{t('由谁办理')} <b>{holderOf(one, task)}</b> · {from} · {t('期限')} <Due at={task.dueAt} /></div>)}
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
      {t('接下来可能')}
      <ul className="errors">
        {targets.map((to) => {
          const [row] = rows.filter((each) => each.to === to);
          return <li key={to}>{stateName(one.lifecycle, to)} <span className="note">{row && `${commandName(row.command)} · ${roleNames(row.roles) || roleName('system')}`}</span></li>;
        })}
      </ul>
    </li>
  );
}

// A queue is `role#organisation` or `person#id`.
function holderOf(one: Case, { queue }: Task): string {
  const [role = ''] = queue.split('#');
  if (role === 'person') return t('受指派的人员');
  const name = roleName(role);
  const unit = role === 'applicant' || role === 'unitAdmin' ? (one.context['unit'] as { readonly name?: string } | undefined)?.name : undefined;
  return unit ? `${t('申报单位')} ${unit}` : name;
}
