import { Input } from 'antd';
import { useState } from 'react';
import { formatWanYuan, formatYuan, parseFen, type fenPer } from '../../shared/money.ts';
import type { EditorProps } from './editor.ts';
import { t } from '../words/language.ts';
import { yuan } from '../words/money.ts';
import { useTyped } from './use-typed.ts';

type Unit = keyof typeof fenPer;

const digits = (amount: string): string => amount.replaceAll(/[^\d.-]/g, '');
const plain = (fen: number, unit: Unit): string => (unit === 'yuan' ? digits(formatYuan(fen)).replace(/\.?0+$/, (zeros) => (zeros.includes('.') ? '' : zeros)) : digits(formatWanYuan(fen)));

/** An amount in 元 or 万元, kept in fen; what was typed stays as it was typed, and is read by digits, never as a float. */
export function MoneyInput({ id, describedBy, value, disabled, invalid, label, onChange }: EditorProps) {
  const [unit, setUnit] = useState<Unit>('wanYuan');
  const fen = typeof value === 'number' ? value : undefined;
  const { text, wrong, type, forget } = useTyped(fen, (typed) => parseFen(typed, unit) ?? undefined, (amount) => plain(amount, unit));
  // The amount stays and is written in the other unit; what is no amount in this one may be one in the other.
  const turn = (next: Unit) => {
    setUnit(next);
    if (wrong) onChange(parseFen(text, next) ?? undefined);
    else forget();
  };
  return (
    <div className="money">
      <Input id={id} inputMode="decimal" aria-label={label} aria-describedby={[describedBy, `${id}-amount`].filter(Boolean).join(' ')} aria-invalid={invalid || wrong || undefined} status={invalid || wrong ? 'error' : ''} disabled={disabled} value={text} onChange={(event) => onChange(type(event.target.value))} />
      <select aria-label={t('{label}的单位', { label })} disabled={disabled} value={unit} onChange={(event) => turn(event.target.value as Unit)}>
        <option value="wanYuan">{t('万元')}</option>
        <option value="yuan">{t('元')}</option>
      </select>
      <span className="note" id={`${id}-amount`} aria-live="polite">{wrong ? t('请填写数字，最小到分') : fen === undefined ? '' : `= ${yuan(fen)}`}</span>
    </div>
  );
}
