import { useEffect } from 'react';
import { useLocation } from 'react-router';
import { useFormalCheck } from '../api/filing-queries.ts';
import { useEvents } from '../api/queries.ts';
import type { Case } from '../api/types.ts';
import { pointersOf, touches, type Field } from '../filing/fields.ts';
import { FormView } from '../filing/form-view.tsx';
import { pagesOf } from '../filing/forms.ts';
import { Nothing } from '../parts/states.tsx';
import { atMinute } from '../parts/when.ts';
import { DocumentsLine } from './documents-line.tsx';
import { latestMarks, marksOf, reasonsFor } from './marks.ts';
import { t } from '../words/language.ts';

/** The filing as it reads, with what the return and the formal check say beside each field. */
export function FormTab({ one }: { readonly one: Case }) {
  const { hash } = useLocation();
  useEffect(() => document.getElementById(decodeURIComponent(hash.slice(1)))?.scrollIntoView({ block: 'center' }), [hash]);
  const events = useEvents('scenarios', one.id).data ?? [];
  const check = useFormalCheck(one.id, one.version, one.form !== undefined).data?.items ?? [];
  if (!one.form) return <Nothing><p>{t('还没有填写。')}</p></Nothing>;
  const pages = pagesOf(one.lifecycle);
  const marks = marksOf(one).length > 0 ? latestMarks(events) : [];
  const notesOn = (field: Field): readonly string[] => check.filter((item) => item.pointer !== '' && pointersOf(pages, field).some((pointer) => touches(item.pointer, pointer))).map(({ sentence }) => t(sentence));
  return (
    <>
      <DocumentsLine one={one} />
      <p className="note">{t('保存于 {at}', { at: atMinute(one.form.savedAt) })}</p>
      <FormView pages={pages} form={one.form.form} marksOn={(field) => reasonsFor(one, marks, field)} notesOn={(field) => [...new Set(notesOn(field))]} />
    </>
  );
}
