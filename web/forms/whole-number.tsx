import { Input } from 'antd';
import { useState } from 'react';

interface Props {
  readonly id?: string;
  /** The name, where no label stands beside it. */
  readonly label?: string;
  readonly value: number;
  readonly onChange: (value: number) => void;
}

const figures = /^\d{1,4}$/;

/** A whole number of up to four figures; what is none is marked and changes nothing. */
export function WholeNumber({ id, label, value, onChange }: Props) {
  const [text, setText] = useState(String(value));
  const wrong = !figures.test(text.trim());
  const type = (next: string) => {
    setText(next);
    if (figures.test(next.trim())) onChange(Number(next));
  };
  return <Input className="short" id={id} aria-label={label} inputMode="numeric" status={wrong ? 'error' : ''} aria-invalid={wrong || undefined} value={text} onChange={(event) => type(event.target.value)} />;
}
