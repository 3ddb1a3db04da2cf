import type { ReactNode } from 'react';
import type { Json } from '../api/types.ts';
import { viewId } from '../review/view-id.ts';
import { valueAt, type Field, type FormPage } from './fields.ts';
import { shownValue } from './shown-value.ts';
import { t } from '../words/language.ts';

interface Props {
  readonly pages: readonly FormPage[];
  readonly form: Json | undefined;
  /** What stands beside a page's title, such as a link to change it. */
  readonly beside?: (page: FormPage) => ReactNode;
  /** Why an officer wants a field corrected. */
  readonly marksOn?: (field: Field) => readonly string[];
  /** What a formal check says about a field. */
  readonly notesOn?: (field: Field) => readonly string[];
}

const nothing = (): readonly string[] => [];

/** A filing as it reads, in the order of the official form; the system's own fields say so. */
export function FormView({ pages, form, beside, marksOn = nothing, notesOn = nothing }: Props) {
  return (
    <>
      {pages.map((page) => (
        <section key={page.id} className="card" aria-labelledby={`view-${page.id}`}>
          <div className="page-head">
            <h3 id={`view-${page.id}`}>{page.title} <span className="note">{page.official ?? t('系统字段，不在官方表上')}</span></h3>
            {beside?.(page)}
          </div>
          <dl className="facts">
            {page.fields.filter((field) => beside === undefined || !field.from).map((field) => (
              <div key={field.pointer} style={{ display: 'contents' }}>
                <dt id={viewId(field.pointer)}>{field.label}{marksOn(field).length > 0 && <strong className="soon">{t('（须补正）')}</strong>}</dt>
                <dd>{marksOn(field).map((reason) => <span key={reason} className="marked">{t('退回意见：{reason}', { reason })}</span>)}{notesOn(field).map((note) => <span key={note} className="marked">{t('形式审查：{note}', { note })}</span>)}{shownValue(field, valueAt(form, field.pointer)) ?? <span className="note">{field.mayBeNone && valueAt(form, field.pointer) !== undefined ? t('无') : field.optional ? t('未填写') : t('未填写（必填）')}</span>}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </>
  );
}
