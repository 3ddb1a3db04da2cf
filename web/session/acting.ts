import { useSyncExternalStore } from 'react';
import { session } from './session.ts';

/** A colleague in whose place somebody acts. */
export interface Represented {
  readonly person: string;
  readonly name: string;
}

interface Stored extends Represented {
  /** Who acts: the next person at this machine does not. */
  readonly by: string;
}

const key = 'guijing.acting';
const listeners = new Set<() => void>();

// A snapshot of a store has to stay the same object while nothing changes.
let read: { readonly text: string | null; readonly value: Stored | undefined } = { text: null, value: undefined };

function stored(): Stored | undefined {
  const text = sessionStorage.getItem(key);
  if (text !== read.text) read = { text, value: text === null ? undefined : (JSON.parse(text) as Stored) };
  return read.value;
}

/** In whose place the person acts in this tab; undefined when they act for themselves. Whether they may, the API says with every command. */
export function actingFor(): Represented | undefined {
  const value = stored();
  return value?.by === session.person() ? value : undefined;
}

/** Acts in a colleague's place from now on, in this tab; without one for oneself again. */
export function actFor(colleague: Represented | undefined): void {
  if (colleague) sessionStorage.setItem(key, JSON.stringify({ ...colleague, by: session.person() } satisfies Stored));
  else sessionStorage.removeItem(key);
  for (const listener of listeners) listener();
}

/** In whose place the person acts. */
export function useActingFor(): Represented | undefined {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, actingFor);
}
