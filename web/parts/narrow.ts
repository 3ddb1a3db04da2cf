import { useSyncExternalStore } from 'react';

// The width from which the style sheet puts things under one another, too.
const phone = matchMedia('(max-width: 46rem)');

/** Whether the window is as narrow as a phone. */
export function useNarrow(): boolean {
  return useSyncExternalStore((listener) => {
    phone.addEventListener('change', listener);
    return () => phone.removeEventListener('change', listener);
  }, () => phone.matches);
}
