import { useLocation } from 'react-router';
import type { Collection } from '../paths.ts';

/** The collection that an address of a list or a case is about. */
export function useCollection(): Collection {
  return useLocation().pathname.split('/')[1] as Collection;
}
