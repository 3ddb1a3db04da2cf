import { Input } from 'antd';
import { useState } from 'react';
import { cleanLine, cleanText } from './clean-text.ts';
import type { EditorProps } from './editor.ts';

/** A list of short texts, one on each line. */
export function LinesInput({ id, describedBy, value, disabled, invalid, onChange }: EditorProps) {
  const kept = Array.isArray(value) ? value.map(String) : [];
  const [typed, setTyped] = useState<string | undefined>();
  const lines = (text: string): string[] => cleanText(text).split('\n').map((line) => cleanLine(line).trim()).filter((line) => line !== '');
  // What is typed keeps its blank lines until the field is left; a list that came from elsewhere replaces it.
  const shown = typed !== undefined && JSON.stringify(lines(typed)) === JSON.stringify(kept) ? typed : kept.join('\n');
  return (
    <Input.TextArea
      id={id}
      value={shown}
      disabled={disabled}
      status={invalid ? 'error' : ''}
      aria-describedby={describedBy}
      aria-invalid={invalid || undefined}
      autoSize={{ minRows: 2, maxRows: 12 }}
      onChange={(event) => {
        setTyped(event.target.value);
        onChange(lines(event.target.value));
      }}
    />
  );
}
