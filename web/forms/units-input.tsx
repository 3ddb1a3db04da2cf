import { Button, Input } from 'antd';
import type { Json } from '../api/types.ts';
import { cleanLine } from './clean-text.ts';
import type { EditorProps } from './editor.ts';
import { t } from '../words/language.ts';

type Unit = { readonly [name: string]: Json };

const asUnit = (value: Json | undefined): Unit => (typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Unit) : {});
const textOf = (unit: Unit, name: string): string => (typeof unit[name] === 'string' ? unit[name] : '');

function changed(unit: Unit, name: string, text: string): Unit {
  const { [name]: _old, ...others } = unit;
  return text === '' ? others : { ...others, [name]: text };
}

/** A unit's name and its credit code. */
export function UnitInput({ id, describedBy, value, label, disabled, onChange }: EditorProps) {
  const unit = asUnit(value);
  return (
    <div className="row">
      <Input className="wide" id={id} aria-label={t('{label}：名称', { label })} aria-describedby={describedBy} placeholder={t('单位名称')} disabled={disabled} value={textOf(unit, 'name')} onChange={(event) => onChange(changed(unit, 'name', cleanLine(event.target.value)))} />
      <Input className="wide" aria-label={t('{label}：统一社会信用代码', { label })} placeholder={t('统一社会信用代码（18位，选填）')} disabled={disabled} value={textOf(unit, 'uscc')} onChange={(event) => onChange(changed(unit, 'uscc', cleanLine(event.target.value).normalize('NFKC').replaceAll(' ', '').toUpperCase()))} />
    </div>
  );
}

/** Any number of units. */
export function UnitsInput({ value, onChange, ...editor }: EditorProps) {
  const units = Array.isArray(value) ? (value as readonly Json[]) : [];
  return (
    <div className="rows">
      {units.map((unit, index) => (
        // oxlint-disable-next-line no-array-index-key -- units have no id of their own, and rows are not reordered
        <div key={index} className="row">
          <div className="wide"><UnitInput {...editor} id={`${editor.id}-${index}`} label={`${editor.label}${index + 1}`} value={unit} onChange={(next) => onChange(units.map((each, at) => (at === index ? (next ?? {}) : each)))} /></div>
          <Button onClick={() => onChange(units.filter((_, at) => at !== index))} disabled={editor.disabled}>{t('移除')}</Button>
        </div>
      ))}
      <div><Button onClick={() => onChange([...units, { name: '' }])} disabled={editor.disabled}>{t('添加一个单位')}</Button></div>
    </div>
  );
}
