import { useEffect, useRef, type RefObject } from 'react';

/** Takes the focus, and with it the page, to a place whenever something new is said there: whoever pressed a button at the end of a long form sees and hears the answer. Nothing happens while `what` is undefined or false. */
export function useFocusOn<E extends HTMLElement>(what: unknown): RefObject<E | null> {
  const place = useRef<E>(null);
  useEffect(() => {
    if (what !== undefined && what !== false) place.current?.focus();
  }, [what]);
  return place;
}
