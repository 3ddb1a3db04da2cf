import { Button } from 'antd';
import { useEffect, useState } from 'react';
import { Link, useLocation, useNavigate } from 'react-router';
import { fieldId, FieldInput } from '../forms/field-input.tsx';
import type { Case, Json } from '../api/types.ts';
import type { Mark } from '../case/marks.ts';
import { useFocusOn } from '../parts/use-focus-on.ts';
import { paths } from '../paths.ts';
import { gapsOf } from './checking.ts';
import type { Draft } from './draft.ts';
import { answered, pointersOf, touches, valueAt, type Field, type FormPage } from './fields.ts';
import { t } from '../words/language.ts';

interface Props {
  readonly one: Case;
  readonly page: FormPage;
  readonly pages: readonly FormPage[];
  readonly draft: Draft;
  readonly marks: readonly Mark[];
  readonly mayEdit: boolean;
}

/** One matter of the declaration. What is missing is said on leaving, not while typing; leaving is always possible. */
export function QuestionPage({ one, page, pages, draft, marks, mayEdit }: Props) {
  const [checked, setChecked] = useState(false);
  const gapList = useFocusOn<HTMLDivElement>(checked);
  const navigate = useNavigate();
  const { hash, key } = useLocation();
  useEffect(() => focusField(hash), [hash, key]);
  const open = (pointer: string): boolean => marks.length === 0 || marks.some((mark) => touches(mark.pointer, pointer));
  const asked = page.fields.filter((field) => !field.from);
  const gaps = checked ? gapsOf(one.lifecycle, draft.form) : [];
  const errorsOf = (field: Field): readonly string[] => [...new Set(gaps.filter((gap) => pointersOf(pages, field).some((pointer) => touches(gap.pointer, pointer))).map(({ detail }) => t(detail)))];
  const wrong = asked.filter((field) => errorsOf(field).length > 0);
  const goOn = async () => {
    if (mayEdit) await draft.save();
    const missing = gapsOf(one.lifecycle, draft.form).filter((gap) => asked.some((field) => pointersOf(pages, field).some((pointer) => touches(gap.pointer, pointer))));
    if (missing.length > 0 && !checked) {
      setChecked(true);
      return;
    }
    const next = pages[pages.indexOf(page) + 1];
    await navigate(paths.filingPage(one.id, next?.id ?? 'files'));
  };
  return (
    <form className="card" noValidate onSubmit={(event) => { event.preventDefault(); void goOn(); }}>
      {page.official && <p className="note">{page.official}</p>}
      {page.about && <p>{page.about}</p>}
      {wrong.length > 0 && (
        <div ref={gapList} tabIndex={-1} role="alert" className="marked">
          <strong>{t('还有 {count} 项要补：', { count: wrong.length })}</strong>
          <ul>{wrong.map((field) => <li key={field.pointer}><Link to={`#${fieldId(field.pointer)}`}>{field.label}</Link>{t('：')}{errorsOf(field).join(t('；'))}</li>)}</ul>
        </div>
      )}
      {asked.map((field) => (
        <FieldInput
          key={field.pointer}
          field={field}
          value={valueAt(draft.form, field.pointer)}
          disabled={!mayEdit || !pointersOf(pages, field).some(open)}
          errors={errorsOf(field)}
          marks={[...new Set(marks.filter((mark) => pointersOf(pages, field).some((pointer) => touches(mark.pointer, pointer))).map(({ reason }) => reason))]}
          others={together(page, field, draft.form)}
          onChange={(value) => draft.change(answered(pages, draft.form, field.pointer, value, open))}
        />
      ))}
      <div className="buttons">
        <Button type="primary" htmlType="submit">{checked && wrong.length > 0 ? t('以后再补，继续') : t('保存并继续')}</Button>
        <Button onClick={() => void navigate(paths.filing(one.id))}>{t('返回任务列表')}</Button>
      </div>
    </form>
  );
}

/** A link to a field leads into it. */
function focusField(hash: string): void {
  if (hash === '') return;
  const place = document.getElementById(decodeURIComponent(hash.slice(1)));
  place?.scrollIntoView({ block: 'center' });
  place?.querySelector<HTMLElement>('input,textarea,select,button')?.focus();
}

/** The texts that count together with a field's. */
function together(page: FormPage, field: Field, form: Json | undefined): readonly string[] {
  if (field.kind !== 'text' || field.together === undefined) return [];
  return page.fields.filter((other) => other !== field && other.kind === 'text' && other.together === field.together).map((other) => String(valueAt(form, other.pointer) ?? ''));
}
