import { useSyncExternalStore } from 'react';

/** How somebody wants to read. */
export interface Preferences {
  readonly large: boolean;
  readonly dark: boolean;
  /** The shell and the labels in English; what people filed stays as they wrote it. */
  readonly english: boolean;
}

const key = 'guijing.preferences';
const listeners = new Set<() => void>();
let current: Preferences = stored();

function stored(): Preferences {
  const systemDark = matchMedia('(prefers-color-scheme: dark)').matches;
  try {
    return { large: false, english: false, dark: systemDark, ...(JSON.parse(localStorage.getItem(key) ?? '{}') as Partial<Preferences>) };
  } catch {
    return { large: false, english: false, dark: systemDark };
  }
}

/** Changes how the pages look, on this machine, for good. */
export function prefer(change: Partial<Preferences>): void {
  current = { ...current, ...change };
  localStorage.setItem(key, JSON.stringify(current));
  for (const listener of listeners) listener();
}

/** How the person wants to read, outside of a component. */
export const preferences = (): Preferences => current;

/** How the person wants to read. */
export function usePreferences(): Preferences {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, () => current);
}
