import { useState } from 'react';
import { session } from '../session/session.ts';

// Several people may sit at one machine: what one did not finish is nothing to the next.
const keyOf = (name: string): string => `guijing.kept.${session.person()}.${name}`;

/** Something kept on this machine, by name; undefined when there is none or it cannot be read. */
export function keptValue<T>(name: string): T | undefined {
  try {
    return JSON.parse(localStorage.getItem(keyOf(name)) ?? 'null') ?? undefined;
  } catch {
    return undefined;
  }
}

/** Keeps something on this machine. A full or forbidden store is no reason to stop typing. */
export function keep(name: string, value: unknown): void {
  try {
    if (value === undefined) localStorage.removeItem(keyOf(name));
    else localStorage.setItem(keyOf(name), JSON.stringify(value));
  } catch {
    // The page still has it; only a reload would lose it.
  }
}

/** A state that survives a reload and a new sign-in; the third member forgets it. */
export function useKept<T>(name: string, first: T): readonly [T, (value: T) => void, () => void] {
  const [value, setValue] = useState<T>(() => keptValue<T>(name) ?? first);
  const set = (next: T): void => {
    setValue(next);
    keep(name, next);
  };
  return [value, set, () => keep(name, undefined)];
}
