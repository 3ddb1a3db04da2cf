import { useEffect, useRef } from 'react';

/** A list that comes in pages. */
export interface Paged {
  readonly hasNextPage: boolean;
  readonly isFetchingNextPage: boolean;
  readonly fetchNextPage: () => unknown;
}

/** Asks for the next page when the end of the list comes within two screens. */
export function NearEnd({ list }: { readonly list: Paged }) {
  const mark = useRef<HTMLDivElement>(null);
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = list;
  useEffect(() => {
    if (!mark.current || !hasNextPage || isFetchingNextPage) return;
    // A busy page is told of several frames at once: the last is how things are now.
    const watch = new IntersectionObserver((seen) => seen.at(-1)?.isIntersecting && void fetchNextPage(), { rootMargin: '0px 0px 200% 0px' });
    watch.observe(mark.current);
    return () => watch.disconnect();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  return <div ref={mark} />;
}
