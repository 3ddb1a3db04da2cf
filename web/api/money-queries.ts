import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { read } from './client.ts';
import type { Reads } from './types.ts';

/** Everything about the money of a scenario. */
export type ScenarioMoney = Reads['/scenarios/{id}/money']['answer'];

/** The trial balance of the fund. */
export type TrialBalance = Reads['/ledger/trial-balance']['answer'];

/** An entry of the journal. */
export type JournalEntry = Reads['/ledger/entries']['answer']['items'][number];

/** A line of the disbursement ledger. */
export type Disbursement = Reads['/ledger/disbursements']['answer']['items'][number];

/** The money of a scenario, each amount with what explains it. */
export const useScenarioMoney = (id: string, version: number) => useQuery({ queryKey: ['money', id, version], queryFn: () => read('/scenarios/{id}/money', { id }) });

/** What stands on each account of each budget line. */
export const useTrialBalance = () => useQuery({ queryKey: ['ledger', 'balance'], queryFn: () => read('/ledger/trial-balance') });

/** The entries of a year, oldest first, page after page. */
export const useJournal = (year: number) =>
  useInfiniteQuery({
    queryKey: ['ledger', 'entries', year],
    queryFn: ({ pageParam }) => read('/ledger/entries', {}, { year, limit: 100, ...(pageParam ? { after: pageParam } : {}) }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  });

/** The disbursements of a year, newest first. */
export const useDisbursements = (year: number) => useQuery({ queryKey: ['ledger', 'disbursements', year], queryFn: () => read('/ledger/disbursements', {}, { year }) });
