import { Input } from 'antd';
import { useId } from 'react';
import type { Json } from '../api/types.ts';
import type { Field } from '../filing/fields.ts';
import { cleanLine } from './clean-text.ts';
import type { EditorProps } from './editor.ts';
import { DivisionInput } from './division-input.tsx';
import { LinesInput } from './lines-input.tsx';
import { ManyChoice, OneChoice, SectorChoice } from './choices.tsx';
import { MoneyInput } from './money-input.tsx';
import { NumberInput } from './number-input.tsx';
import { ReformsInput } from './reforms-input.tsx';
import { TextInput } from './text-input.tsx';
import { UnitInput, UnitsInput } from './units-input.tsx';
import { choiceNames } from '../words/choices.ts';
import { t } from '../words/language.ts';

interface Props {
  readonly field: Field;
  readonly value: Json | undefined;
  readonly onChange: (value: Json | undefined) => void;
  readonly disabled?: boolean;
  /** What is wrong with the value. */
  readonly errors?: readonly string[];
  /** Why an officer wants it corrected. */
  readonly marks?: readonly string[];
  /** Texts that count together with this one, itself left out. */
  readonly others?: readonly string[];
}

/** The id of a field's place on the page, for links that lead to it. */
export const fieldId = (pointer: string): string => `field${pointer.replaceAll('/', '-')}`;

// Kinds of several controls are a group with a legend, the others a label with one control.
const groups = new Set(['many', 'one', 'confirm', 'yesNo', 'unit', 'units', 'reforms', 'division', 'sectors', 'fen']);

/** A field of a form with its name, hint, errors and marks, and the editor of its kind. */
export function FieldInput({ field, value, onChange, disabled = false, errors = [], marks = [], others = [] }: Props) {
  const id = useId();
  const said = [field.hint && `${id}-hint`, errors.length > 0 && `${id}-wrong`].filter(Boolean).join(' ') || undefined;
  const title = <>{field.label}{field.optional && <span className="note">{t('（选填）')}</span>}</>;
  const editor: EditorProps = { id, describedBy: said, value, disabled, invalid: errors.length > 0, label: field.label, onChange };
  const inside = (
    <>
      {field.hint && <p className="hint" id={`${id}-hint`}>{field.hint}</p>}
      {marks.map((mark) => <p key={mark} className="marked">{t('退回意见：{mark}', { mark })}</p>)}
      <Editor field={field} others={others} {...editor} />
      {errors.length > 0 && <p className="wrong" id={`${id}-wrong`}>{errors.join(t('；'))}</p>}
    </>
  );
  return groups.has(field.kind)
    ? <fieldset className="field" id={fieldId(field.pointer)} disabled={disabled} aria-describedby={said}><legend>{title}</legend>{inside}</fieldset>
    : <div className="field" id={fieldId(field.pointer)}><label htmlFor={id}>{title}</label>{inside}</div>;
}

type PlainKind = 'line' | 'day' | 'month';

/** One control of one line. */
function PlainInput({ kind, id, describedBy, value, disabled, invalid, onChange }: EditorProps & { readonly kind: PlainKind }) {
  const common = { id, disabled, 'aria-describedby': describedBy, 'aria-invalid': invalid || undefined };
  const text = typeof value === 'string' ? value : '';
  if (kind === 'day' || kind === 'month') return <input {...common} type={kind === 'day' ? 'date' : 'month'} placeholder={kind === 'day' ? '2025-06-30' : '2025-06'} value={text} onChange={(event) => onChange(event.target.value)} />;
  return <Input {...common} status={invalid ? 'error' : ''} value={text} onChange={(event) => onChange(cleanLine(event.target.value))} />;
}

function Editor({ field, others, ...editor }: EditorProps & { readonly field: Field; readonly others: readonly string[] }) {
  const { value, onChange } = editor;
  switch (field.kind) {
    case 'number':
      return <NumberInput {...editor} />;
    case 'line':
    case 'day':
    case 'month':
      return <PlainInput {...editor} kind={field.kind} />;
    case 'text':
      return <TextInput {...editor} limit={field.limit} together={field.together} others={others} />;
    case 'fen':
      return <MoneyInput {...editor} />;
    case 'one':
      return <OneChoice {...editor} options={choiceNames(field.options)} barred={field.barred} />;
    case 'many':
      return <ManyChoice {...editor} options={choiceNames(field.options)} />;
    case 'confirm':
      return <div className="checks"><label><input type="checkbox" checked={value === true} onChange={(event) => onChange(event.target.checked ? true : undefined)} />{field.sentence}</label></div>;
    case 'yesNo':
      return <OneChoice {...editor} value={value === undefined ? undefined : String(value)} options={{ true: t('是'), false: t('否') }} onChange={(chosen) => onChange(chosen === 'true')} />;
    case 'lines':
      return <LinesInput {...editor} />;
    case 'unit':
      return <UnitInput {...editor} />;
    case 'units':
      return <UnitsInput {...editor} />;
    case 'reforms':
      return <ReformsInput {...editor} />;
    case 'division':
      return <DivisionInput {...editor} />;
    case 'sectors':
      return <SectorChoice {...editor} />;
  }
}
