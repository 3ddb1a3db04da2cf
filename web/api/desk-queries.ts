import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { read } from './client.ts';
import { keys } from './queries.ts';
import type { Reads } from './types.ts';

type Filter = Readonly<Record<string, string>>;

// A screen and a half at once; more is read when it comes near.
const limit = 50;

/** The reader's open tasks that pass a filter, page after page, due first on top. */
export const useTasks = (filter: Filter) =>
  useInfiniteQuery({
    queryKey: [...keys.tasks, 'list', filter],
    queryFn: ({ pageParam }) => read('/tasks', {}, { ...filter, limit, ...(pageParam ? { cursor: pageParam } : {}) } as Reads['/tasks']['query']),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });

/** What the reader dealt with, or began: page after page, the newest first. */
export const useWork = (list: 'done' | 'mine', filter: Filter) =>
  useInfiniteQuery({
    queryKey: [...keys.tasks, list, filter],
    queryFn: ({ pageParam }) => read(`/${list}`, {}, { ...filter, limit, ...(pageParam ? { cursor: pageParam } : {}) } as Reads['/done']['query']),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });

/** How many matters lie on each pile of the reader's desk. */
export const useDesk = () => useQuery({ queryKey: [...keys.tasks, 'counts'], queryFn: () => read('/desk') });
