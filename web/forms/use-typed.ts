import { useState } from 'react';

interface Typed {
  readonly text: string;
  /** The value when this was typed: a form that takes no wrong value still has it. */
  readonly before: number | undefined;
}

/** A number as somebody types it. What was typed stays as it is while it stands for the value, and while it stands for none; a value that came from elsewhere replaces it. */
export function useTyped(value: number | undefined, read: (text: string) => number | undefined, written: (value: number) => string) {
  const [typed, setTyped] = useState<Typed>();
  const stands = typed !== undefined && (read(typed.text) === value || (read(typed.text) === undefined && typed.before === value));
  const text = stands ? typed.text : value === undefined ? '' : written(value);
  return {
    text,
    wrong: text.trim() !== '' && read(text) === undefined,
    /** Takes what was typed; answers what it stands for. */
    type: (next: string): number | undefined => {
      setTyped({ text: next, before: value });
      return read(next);
    },
    /** From now on the value as it is written. */
    forget: () => setTyped(undefined),
  };
}
