import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { read } from './client.ts';

/** The reader's notices, the newest first, page after page. */
export const useNotices = () =>
  useInfiniteQuery({
    queryKey: ['notices', 'list'],
    queryFn: ({ pageParam }) => read('/notices', {}, { limit: 30, ...(pageParam ? { cursor: pageParam } : {}) }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  });

const everyMs = 60_000;

/** How many notices the reader has not seen; asked again every minute while the page is looked at. */
export const useUnseen = (enabled: boolean) =>
  useQuery({ queryKey: ['notices', 'unseen'], queryFn: async () => (await read('/notices', {}, { limit: 1 })).unseen, enabled, staleTime: everyMs, refetchInterval: everyMs });

/** How the reader is told. */
export const useNoticeSettings = () => useQuery({ queryKey: ['notices', 'settings'], queryFn: () => read('/notices/settings') });
