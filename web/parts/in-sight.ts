import { useEffect, useRef, type RefObject } from 'react';

/** For a row that scrolls sideways where it is too long: whenever `place` changes, the link of the page that is open comes into sight; the page itself does not move. */
export function useInSight<E extends HTMLElement>(place: unknown): RefObject<E | null> {
  const row = useRef<E>(null);
  useEffect(() => {
    const here = row.current?.querySelector<HTMLElement>('[aria-current]');
    if (!row.current || !here) return;
    const offset = here.getBoundingClientRect().left - row.current.getBoundingClientRect().left;
    row.current.scrollLeft += offset - (row.current.clientWidth - here.offsetWidth) / 2;
  }, [place]);
  return row;
}
