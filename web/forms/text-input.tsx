import { Input } from 'antd';
import { countCharacters } from '../../shared/contracts/text.ts';
import { cleanText } from './clean-text.ts';
import type { EditorProps } from './editor.ts';
import { t } from '../words/language.ts';

interface Props extends EditorProps {
  readonly limit: number;
  readonly together: string | undefined;
  readonly others: readonly string[];
}

/** A text of several lines with its live counter; the server counts by the same function. */
export function TextInput({ id, describedBy, value, disabled, invalid, onChange, limit, together, others }: Props) {
  const text = typeof value === 'string' ? value : '';
  const count = countCharacters(text + others.join(''));
  const over = count > limit;
  return (
    <>
      <Input.TextArea
        id={id}
        value={text}
        disabled={disabled}
        status={invalid || over ? 'error' : ''}
        aria-describedby={[describedBy, `${id}-count`].filter(Boolean).join(' ')}
        aria-invalid={invalid || over || undefined}
        autoSize={{ minRows: limit > 1000 ? 6 : 3, maxRows: 24 }}
        onChange={(event) => onChange(cleanText(event.target.value))}
      />
      <div id={`${id}-count`} className={over ? 'counter over' : 'counter'}>
        {together ? `${together} ` : ''}{t('{count} / {limit} 字', { count, limit })}{over ? t('，超出 {count} 字', { count: count - limit }) : ''}<span className="hidden">{t('（不计空格和换行）')}</span>
      </div>
    </>
  );
}
