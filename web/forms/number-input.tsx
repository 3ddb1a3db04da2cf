import { Input } from 'antd';
import type { EditorProps } from './editor.ts';
import { t } from '../words/language.ts';
import { useTyped } from './use-typed.ts';

/** A whole number, of at most `most`; full-width figures and thousands separators are read, and what is none stays and says so. */
export function NumberInput({ id, describedBy, value, disabled, invalid, onChange, most = Number.MAX_SAFE_INTEGER }: EditorProps & { readonly most?: number }) {
  const { text, wrong, type } = useTyped(typeof value === 'number' ? value : undefined, (typed) => wholeNumber(typed, most), String);
  return (
    <>
      <Input id={id} inputMode="numeric" disabled={disabled} status={invalid || wrong ? 'error' : ''} aria-describedby={[describedBy, `${id}-number`].filter(Boolean).join(' ')} aria-invalid={invalid || wrong || undefined} value={text} onChange={(event) => onChange(type(event.target.value))} />
      <p className="wrong" id={`${id}-number`} aria-live="polite">{wrong && (most === Number.MAX_SAFE_INTEGER ? t('请填写整数') : t('请填写0到{most}的整数', { most }))}</p>
    </>
  );
}

function wholeNumber(typed: string, most: number): number | undefined {
  const text = typed.normalize('NFKC').replaceAll(',', '').trim();
  return /^\d{1,15}$/.test(text) && Number(text) <= most ? Number(text) : undefined;
}
