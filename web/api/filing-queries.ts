import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { read } from './client.ts';

/** The formal check of a filing as it stands at a version of its case: the same rules for the unit and for the officer. */
export const useFormalCheck = (id: string, version: number, enabled = true) => useQuery({ queryKey: ['formal-check', id, version], queryFn: () => read('/scenarios/{id}/formal-check', { id }), enabled });

/** What was saved of a form, newest first, page after page. */
export const useRevisions = (id: string, version: number) =>
  useInfiniteQuery({
    queryKey: ['revisions', id, version],
    queryFn: ({ pageParam }) => read('/scenarios/{id}/revisions', { id }, { limit: 20, ...(pageParam ? { before: pageParam } : {}) }),
    initialPageParam: 0,
    getNextPageParam: (page) => page.next,
  });

/** Where two revisions of a form differ. */
export const useChanges = (id: string, since: number, revision: number) =>
  useQuery({ queryKey: ['changes', id, since, revision], queryFn: () => read('/scenarios/{id}/revisions/{revision}/changes', { id, revision: String(revision) }, { since }), enabled: since < revision, staleTime: Infinity });

/** The latest return of a filing, and what was changed since. */
export const useCorrection = (id: string, version: number, enabled: boolean) => useQuery({ queryKey: ['correction', id, version], queryFn: () => read('/scenarios/{id}/correction', { id }), enabled });

/** Filings like this one; for those who check, review and decide. */
export const useSimilar = (id: string, enabled: boolean) => useQuery({ queryKey: ['similar', id], queryFn: () => read('/scenarios/{id}/similar', { id }), enabled, staleTime: 60_000 });
