import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { read } from './client.ts';
import type { Reads } from './types.ts';

/** A rehearsal of the next publication. */
export type Rehearsal = Reads['/rehearsals/{id}']['answer'];

/** A filing that would be on the list. */
export type ListedRow = Extract<RehearsalRow, { readonly number: string }>;

/** A filing that would not be on the list, with what keeps it from it. */
export type BlockedRow = Extract<RehearsalRow, { readonly blockers: unknown }>;

type RehearsalRow = Reads['/rehearsals/{id}/{part}']['answer']['items'][number];

/** The cache's key of all rehearsals. */
export const rehearsalsKey = ['rehearsals'] as const;

/** The latest rehearsals, newest first. */
export const useRehearsals = () => useQuery({ queryKey: rehearsalsKey, queryFn: () => read('/rehearsals') });

/** One rehearsal: a look at one moment, which never changes. */
export const useRehearsal = (id: string) => useQuery({ queryKey: ['rehearsal', id], queryFn: () => read('/rehearsals/{id}', { id }), staleTime: Infinity });

/** One of a rehearsal's two lists, page after page. */
export const useRehearsalPart = (id: string, part: 'list' | 'blocked') =>
  useInfiniteQuery({
    queryKey: ['rehearsal', id, part],
    queryFn: ({ pageParam }) => read('/rehearsals/{id}/{part}', { id, part }, pageParam ? { cursor: pageParam } : {}),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    staleTime: Infinity,
  });
