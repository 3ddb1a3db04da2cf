import type { FormChange } from '../api/names.ts';
import type { Json } from '../api/types.ts';
import { pointerWords } from '../case/pointer-words.ts';
import { fieldOf, type FormPage } from '../filing/fields.ts';
import { shownValue } from '../filing/shown-value.ts';
import { atMinute } from '../parts/when.ts';
import { placesOf } from './places.ts';
import { textDifference } from './text-difference.ts';
import { t } from '../words/language.ts';

interface Props {
  readonly pages: readonly FormPage[];
  readonly changes: readonly FormChange[];
  /** What is said where nothing changed. */
  readonly none: string;
}

/** Changes of a form place by place: what stood there, what stands there now, who changed it when. */
export function ChangeTable({ pages, changes, none }: Props) {
  if (changes.length === 0) return <p className="note">{none}</p>;
  return (
    <table className="table">
      <caption className="hidden">{t('表单内容的变化')}</caption>
      <thead><tr><th scope="col">{t('位置')}</th><th scope="col">{t('原内容')}</th><th scope="col">{t('现内容')}</th><th scope="col">{t('谁修改')}</th></tr></thead>
      <tbody>
        {changes.flatMap((change) => placesOf(pages, change.pointer, change.before ?? undefined, change.after ?? undefined).map(({ pointer, one, other }) => ({ ...change, pointer, before: one ?? null, after: other ?? null }))).map((change) => (
          <tr key={change.pointer}>
            <td data-head={t('位置')}>{pointerWords(pages, change.pointer)}</td>
            <td data-head={t('原内容')}><Side pages={pages} change={change} side="before" /></td>
            <td data-head={t('现内容')}><Side pages={pages} change={change} side="after" /></td>
            <td data-head={t('谁修改')}>{change.by.name}<br /><span className="note">{atMinute(change.at)}</span></td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Side({ pages, change, side }: { readonly pages: readonly FormPage[]; readonly change: FormChange; readonly side: 'before' | 'after' }) {
  const text = wordsOf(pages, change.pointer, change[side]);
  if (text === '') return <span className="note">{t('（空）')}</span>;
  const difference = textDifference(wordsOf(pages, change.pointer, change.before), wordsOf(pages, change.pointer, change.after));
  const Mark = side === 'before' ? 'del' : 'ins';
  return <span className="said">{difference.begin}{difference[side] !== '' && <Mark>{difference[side]}</Mark>}{difference.end}</span>;
}

/** A value of a form as a person reads it, empty where there is none. */
export function wordsOf(pages: readonly FormPage[], pointer: string, value: Json): string {
  if (value === null) return '';
  const field = fieldOf(pages, pointer)?.field;
  if (field?.pointer === pointer) return shownValue(field, value) ?? '';
  return typeof value === 'string' || typeof value === 'number' ? String(value) : JSON.stringify(value);
}
