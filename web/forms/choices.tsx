import { departments } from '../../shared/sectors.ts';
import type { Json } from '../api/types.ts';
import type { Words } from '../filing/fields.ts';
import type { EditorProps } from './editor.ts';
import { sectorName } from '../words/choices.ts';
import { t } from '../words/language.ts';

/** One of some choices; a barred one is shown with the reason. */
export function OneChoice({ id, value, options, barred = {}, onChange }: EditorProps & { readonly options: Words; readonly barred?: { readonly [value: string]: string } | undefined }) {
  return (
    <div className="checks">
      {Object.entries(options).map(([option, text]) => (
        <label key={option}>
          <input type="radio" name={id} value={option} checked={value === option} disabled={option in barred} onChange={() => onChange(option)} />
          <span>{text}{option in barred && <span className="note">{t('：{text}', { text: barred[option] ?? '' })}</span>}</span>
        </label>
      ))}
    </div>
  );
}

/** Any number of some choices, kept in the order in which they are listed. */
export function ManyChoice({ value, options, onChange }: EditorProps & { readonly options: Words }) {
  const chosen = Array.isArray(value) ? value : [];
  const toggle = (option: string, on: boolean): Json => Object.keys(options).filter((each) => (each === option ? on : chosen.includes(each)));
  return (
    <div className="checks">
      {Object.entries(options).map(([option, text]) => (
        <label key={option}><input type="checkbox" checked={chosen.includes(option)} onChange={(event) => onChange(toggle(option, event.target.checked))} />{text}</label>
      ))}
    </div>
  );
}

/** Departments of the region, any number. */
export function SectorChoice(editor: EditorProps) {
  const chosen = Array.isArray(editor.value) ? editor.value.map(String) : [];
  const left = departments.filter(({ id }) => !chosen.includes(id));
  return (
    <div className="rows">
      {chosen.map((id) => (
        <div key={id} className="row">{sectorName(id)} <button type="button" className="link" onClick={() => editor.onChange(chosen.filter((each) => each !== id))}>{t('移除')}<span className="hidden">{sectorName(id)}</span></button></div>
      ))}
      <select id={editor.id} aria-label={t('添加{label}', { label: editor.label })} value="" onChange={(event) => editor.onChange([...chosen, event.target.value])}>
        <option value="">{t('添加一个部门……')}</option>
        {left.map((each) => <option key={each.id} value={each.id}>{sectorName(each.id)}</option>)}
      </select>
    </div>
  );
}
