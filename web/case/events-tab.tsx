import { useEvents } from '../api/queries.ts';
import type { Case, Event } from '../api/types.ts';
import type { FormPage } from '../filing/fields.ts';
import { pagesOf } from '../filing/forms.ts';
import { Shown, StateTags } from '../parts/states.tsx';
import { atMinute } from '../parts/when.ts';
import type { Collection } from '../paths.ts';
import { CaseFileLine } from './case-file-line.tsx';
import { actorName, articleName, eventName } from '../words/names.ts';
import { t } from '../words/language.ts';
import { yuan } from '../words/money.ts';
import { latestMarks } from './marks.ts';
import { pointerWords } from './pointer-words.ts';

/** What happened, the newest first; savings of one form in a row are one line. */
export function EventsTab({ one, collection }: { readonly one: Case; readonly collection: Collection }) {
  const events = useEvents(collection, one.id);
  return (
    <Shown read={events} what={t('经过')}>
      {(all) => (
        <section className="card">
          <h2 className="hidden">{t('经过')}</h2>
          <CaseFileLine one={one} collection={collection} />
          <ol className="timeline" reversed>{grouped(all).toReversed().map((group) => <Step key={group.event.n} {...group} lifecycle={one.lifecycle} pages={pagesOf(one.lifecycle)} />)}</ol>
        </section>
      )}
    </Shown>
  );
}

interface Group {
  readonly event: Event;
  /** How many of the same kind in a row this stands for. */
  readonly times: number;
}

const quiet = new Set(['saveForm', 'confirmAttachment', 'removeAttachment']);

/** Events, those of drafting by one person in a row taken together. */
export function grouped(events: readonly Event[]): readonly Group[] {
  return events.reduce<Group[]>((groups, event) => {
    const last = groups.at(-1);
    const joins = last && quiet.has(event.command) && last.event.command === event.command && last.event.actor.person === event.actor.person;
    return joins ? [...groups.slice(0, -1), { event, times: last.times + 1 }] : [...groups, { event, times: 1 }];
  }, []);
}

function Step({ event, times, lifecycle, pages }: Group & { readonly lifecycle: string; readonly pages: readonly FormPage[] }) {
  const fen = event.args['amountFen'] ?? event.money?.['amountFen'];
  const remarks = ['opinion', 'comment', 'note', 'conclusion', 'record', 'finding'].flatMap((name) => (typeof event.args[name] === 'string' ? [String(event.args[name])] : []));
  const marks = latestMarks([event]);
  return (
    <li>
      <strong>{eventName(event.command)}</strong>{times > 1 && t(' {times} 次', { times })}{typeof fen === 'number' && ` ${yuan(fen)}`}
      <div className="note">{atMinute(event.at)} · {actorName(event.actor)}{event.actor.onBehalfOf && t('（代{name}办理）', { name: event.actor.onBehalfOf.name })}{event.actor.orgName && t('，{text}', { text: event.actor.orgName })} · {articleName(event.article)}</div>
      {[event.reason, ...remarks].filter(Boolean).map((text) => <div key={text} className="quote">{text}</div>)}
      {marks.length > 0 && <ul>{marks.map((mark) => <li key={mark.pointer} className="line">{t('{name}：{text}', { name: pointerWords(pages, mark.pointer), text: mark.reason })}</li>)}</ul>}
      <div className="note">{t('此后：')}<StateTags lifecycle={lifecycle} leaves={event.leaves} /></div>
    </li>
  );
}

