import { keepPreviousData, QueryClient, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { Collection } from '../paths.ts';
import { keep, keptValue } from '../parts/kept.ts';
import { read, Refused } from './client.ts';
import type { Me } from './names.ts';
import type { Event, Reads } from './types.ts';

/** Again only where the problem says that it makes sense. */
const again = (count: number, error: Error): boolean => count < 2 && error instanceof Refused && error.document.retry === 'yes';

/** The one cache of what was read. */
export const queryClient = new QueryClient({
  defaultOptions: {
    // A page without a line says so, instead of waiting in silence, and reads when the line is back; a decision is not sent by itself minutes later.
    queries: { retry: again, staleTime: 5_000, networkMode: 'always', refetchOnReconnect: true },
    mutations: { retry: false, networkMode: 'always' },
  },
});

/** Keys of the cache, so that a write knows what it made stale. */
export const keys = {
  me: ['me'],
  tasks: ['tasks'],
  lists: ['list'],
  list: (collection: Collection, filter: object) => ['list', collection, filter],
  one: (collection: Collection, id: string) => ['case', collection, id],
  events: (collection: Collection, id: string) => ['events', collection, id],
  files: (id: string) => ['files', id],
} as const;

/** Who is signed in. What was known of them last stands until the API answers, so that nothing moves while a page opens. */
export const useMe = (enabled: boolean) => useQuery({ queryKey: keys.me, queryFn: rememberedMe, enabled, staleTime: 60_000, placeholderData: () => keptValue<Me>('me') });

async function rememberedMe(): Promise<Me> {
  const me = await read('/me');
  keep('me', me);
  return me;
}

/** The cases that the reader may see, page after page. */
export const useCases = (collection: Collection, filter: Readonly<Record<string, string>>) =>
  useInfiniteQuery({
    queryKey: keys.list(collection, filter),
    queryFn: ({ pageParam }) =>
      read(`/${collection}`, {}, { limit: 50, ...(filter as Reads['/scenarios']['query']), ...(pageParam ? { cursor: pageParam } : {}) } as Reads['/scenarios']['query']),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });

/** How a case is read. */
export const caseQuery = (collection: Collection, id: string) => ({ queryKey: keys.one(collection, id), queryFn: () => read(`/${collection}/{id}`, { id }) });

/** A case as the reader may see it now. */
export const useCase = (collection: Collection, id: string) => useQuery(caseQuery(collection, id));

/** Everything that happened in a case, oldest first. */
export const useEvents = (collection: Collection, id: string) => useQuery({ queryKey: keys.events(collection, id), queryFn: () => allEvents(collection, id) });

async function allEvents(collection: Collection, id: string): Promise<readonly Event[]> {
  const events: Event[] = [];
  for (let after: number | undefined; ; ) {
    const page = await read(`/${collection}/{id}/events`, { id }, { limit: 100, ...(after === undefined ? {} : { after }) });
    events.push(...page.items);
    if (page.next === undefined) return events;
    after = page.next;
  }
}

/** The files of a scenario, with what is required and what is missing. */
export const useFiles = (id: string) => useQuery({ queryKey: keys.files(id), queryFn: () => read('/scenarios/{id}/attachments', { id }) });

/** The cities and departments that filings are handed to. */
export const useAuthorities = () => useQuery({ queryKey: ['authorities'], queryFn: () => read('/authorities'), staleTime: 600_000 });

/** Everybody who may be asked to review; the Bureau's alone. */
export const useExperts = (enabled: boolean) => useQuery({ queryKey: ['experts'], queryFn: () => read('/experts'), staleTime: 600_000, enabled });

/** The people of the reader's own unit. */
export const useSigners = (enabled: boolean) => useQuery({ queryKey: ['signers'], queryFn: () => read('/signers'), staleTime: 600_000, enabled });

/** The official prints of a scenario. */
export const useDocuments = (collection: 'scenarios' | 'recoveries', id: string) => useQuery({ queryKey: ['documents', id], queryFn: () => read(`/${collection}/{id}/documents`, { id }) });

/** What a verification code stands for. */
export const useVerification = (code: string) => useQuery({ queryKey: ['verify', code], queryFn: () => read('/verify/{code}', { code }), enabled: code !== '' });

/** The published batches. */
export const usePublished = () =>
  useInfiniteQuery({
    queryKey: ['published'],
    queryFn: ({ pageParam }) => read('/published', {}, { limit: 20, ...(pageParam ? { cursor: pageParam } : {}) }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  });

/** All editions of one half-year's list, the first one first. */
export const useEditions = (batch: string) => useQuery({ queryKey: ['editions', batch], queryFn: () => read('/published/{batch}/editions', { batch }) });

/** One published list: its newest edition, or another one. */
export const useBatch = (batch: string, edition?: number, enabled = true) =>
  useInfiniteQuery({
    queryKey: ['published', batch, edition],
    enabled,
    queryFn: ({ pageParam }) => read('/published/{batch}', { batch }, { ...(edition === undefined ? {} : { edition }), ...(pageParam ? { cursor: pageParam } : {}) }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  });

/** After a decision: the case is known, everything that lists it is stale. */
export async function afterDecision(collection: Collection, id: string): Promise<void> {
  await Promise.all([keys.tasks, keys.lists, keys.one(collection, id), keys.events(collection, id), keys.files(id)].map((queryKey) => queryClient.invalidateQueries({ queryKey: [...queryKey] })));
}
