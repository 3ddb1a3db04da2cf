import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { eventLabel, stateLabel } from '../../machines/labels.zh.ts';
import { useEvents } from '../api/queries.ts';
import type { Case, Event } from '../api/types.ts';
import { Shown } from '../parts/states.tsx';
import { atMinute } from '../parts/when.ts';
import type { Collection } from '../paths.ts';
import { chartStyle } from './chart-style.ts';
import { NextSteps } from './next-steps.tsx';

/** The lifecycle as a picture: where the case is, the way it came, what can come next; a slider steps through its history. */
export function ChartTab({ one, collection }: { readonly one: Case; readonly collection: Collection }) {
  const events = useEvents(collection, one.id);
  return <Shown read={events} what="流程图">{(all) => <Chart one={one} events={all} />}</Shown>;
}

function Chart({ one, events }: { readonly one: Case; readonly events: readonly Event[] }) {
  const [step, setStep] = useState(events.length);
  const at = Math.min(step, events.length);
  const event = events[at - 1];
  const picture = useQuery({ queryKey: ['chart', one.lifecycle], queryFn: async () => (await fetch(`/derived/${one.lifecycle}.svg`)).text(), staleTime: Infinity });
  const now = event?.leaves ?? one.state;
  return (
    <>
      <section className="card slider no-print">
        <label htmlFor="step">第 {at} 步，共 {events.length} 步</label>
        <input id="step" type="range" min={1} max={Math.max(1, events.length)} value={at} onChange={(change) => setStep(Number(change.target.value))} aria-valuetext={event && `${eventLabel(event.command)}，${atMinute(event.at)}`} />
        <p className="line" aria-live="polite">{event && <><strong>{eventLabel(event.command)}</strong> · {atMinute(event.at)} · {event.actor.name}；此后在：{now.map((leaf) => stateLabel(one.lifecycle, leaf)).join('、')}</>}</p>
        <p className="note">橙色为所在环节，蓝色为走过的环节与路线。</p>
      </section>
      <Shown read={picture} what="流程图">
        {(svg) => (
          // The picture is our own file; nothing of anybody's case is in it.
          // oxlint-disable-next-line react/no-danger
          <div className="chart" tabIndex={0} role="group" aria-label="流程图"><style>{chartStyle(events.slice(0, at), now)}</style><div dangerouslySetInnerHTML={{ __html: svg.slice(svg.indexOf('<svg')) }} /></div>
        )}
      </Shown>
      {at === events.length && one.status === 'active' && <NextSteps one={one} />}
    </>
  );
}
