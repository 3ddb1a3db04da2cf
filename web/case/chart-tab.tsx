import { Button } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useSearchParams } from 'react-router';
import { useEvents } from '../api/queries.ts';
import type { Case, Event } from '../api/types.ts';
import { Shown } from '../parts/states.tsx';
import { atMinute } from '../parts/when.ts';
import type { Collection } from '../paths.ts';
import { t } from '../words/language.ts';
import { actorName, articleName, eventName, stateName } from '../words/names.ts';
import { chartStyle } from './chart-style.ts';
import { NextSteps } from './next-steps.tsx';

/** The lifecycle as a picture: where the case is, the way it came, what can come next; a time machine steps through its history. */
export function ChartTab({ one, collection }: { readonly one: Case; readonly collection: Collection }) {
  const events = useEvents(collection, one.id);
  return <Shown read={events} what={t('流程图')}>{(all) => <Chart one={one} events={all} />}</Shown>;
}

/** The step that is looked at: the address holds it, so that it can be sent to somebody; without one it is now. */
function useStep(count: number): readonly [number, (step: number) => void] {
  const [query, setQuery] = useSearchParams();
  const asked = Number(query.get('step') ?? count);
  const at = Number.isInteger(asked) && asked >= 1 ? Math.min(asked, count) : count;
  return [at, (step) => setQuery(step >= count ? {} : { step: String(Math.max(1, step)) }, { replace: true, preventScrollReset: true })];
}

function Chart({ one, events }: { readonly one: Case; readonly events: readonly Event[] }) {
  const [at, go] = useStep(events.length);
  const picture = useQuery({ queryKey: ['chart', one.lifecycle], queryFn: async () => (await fetch(`/derived/${one.lifecycle}.svg`)).text(), staleTime: Infinity });
  const now = events[at - 1]?.leaves ?? one.state;
  return (
    <>
      <TimeMachine one={one} events={events} at={at} onGo={go} />
      <Shown read={picture} what={t('流程图')}>
        {(svg) => (
          // The picture is our own file; nothing of anybody's case is in it.
          // oxlint-disable-next-line react/no-danger
          <div className="chart" tabIndex={0} role="group" aria-label={t('流程图')}><style>{chartStyle(events.slice(0, at), now)}</style><div dangerouslySetInnerHTML={{ __html: svg.slice(svg.indexOf('<svg')) }} /></div>
        )}
      </Shown>
      {at === events.length && one.status === 'active' && <NextSteps one={one} />}
    </>
  );
}

// Long enough to look where the case went, short enough to see the whole way.
const playMs = 1_200;

interface MachineProps {
  readonly one: Case;
  readonly events: readonly Event[];
  readonly at: number;
  readonly onGo: (step: number) => void;
}

/** Steps through what happened, by slider, by buttons, or by itself. */
function TimeMachine({ one, events, at, onGo }: MachineProps) {
  const [playing, setPlaying] = useState(false);
  const runs = playing && at < events.length;
  useEffect(() => {
    if (!runs) return setPlaying(false);
    const timer = setTimeout(() => onGo(at + 1), playMs);
    return () => clearTimeout(timer);
  }, [runs, at, onGo]);
  const event = events[at - 1];
  return (
    <section className="card slider no-print" aria-label={t('时光机')}>
      <label htmlFor="step">{t('第 {at} 步，共 {count} 步', { at, count: events.length })}</label>
      <input id="step" type="range" min={1} max={Math.max(1, events.length)} value={at} onChange={(change) => onGo(Number(change.target.value))} aria-valuetext={event && `${eventName(event.command)}, ${atMinute(event.at)}`} />
      <div className="row">
        <Button onClick={() => onGo(1)} disabled={at === 1}>{t('最初')}</Button>
        <Button onClick={() => onGo(at - 1)} disabled={at === 1}>{t('上一步')}</Button>
        <Button onClick={() => onGo(at + 1)} disabled={at === events.length}>{t('下一步')}</Button>
        <Button onClick={() => onGo(events.length)} disabled={at === events.length}>{t('现在')}</Button>
        <Button aria-pressed={runs} onClick={() => { if (!runs && at === events.length) onGo(1); setPlaying(!runs); }}>{t(runs ? '停止播放' : '播放')}</Button>
      </div>
      <div aria-live="polite">
        {event && (
          <>
            <p className="line"><strong>{eventName(event.command)}</strong> · {atMinute(event.at)} · {actorName(event.actor)} · {articleName(event.article)}</p>
            {event.reason && <div className="quote">{event.reason}</div>}
            <p className="line">{t('此后：')}{now(event, one)}</p>
          </>
        )}
      </div>
      <p className="note">{t('橙色为所在环节，蓝色为走过的环节与路线。')}</p>
    </section>
  );
}

const now = (event: Event, one: Case): string => event.leaves.map((leaf) => stateName(one.lifecycle, leaf)).join(' · ');
