import { useQuery } from '@tanstack/react-query';
import { read, Refused } from './client.ts';
import type { Reads } from './types.ts';

/** The pool as candidates for a scenario; the Bureau's. */
export const useCandidates = (id: string, version: number, enabled: boolean) => useQuery({ queryKey: ['candidates', id, version], queryFn: () => read('/scenarios/{id}/candidates', { id }), enabled });

/** The sheets of a panel side by side; the Bureau's and supervision's. */
export const useReview = (id: string, version: number, enabled: boolean) => useQuery({ queryKey: ['review', id, version], queryFn: () => read('/scenarios/{id}/review', { id }), enabled });

type SheetDraft = Reads['/scenarios/{id}/sheet-draft']['answer'];

const none = { revision: 0, savedAt: '', sheet: {} } as const satisfies SheetDraft;

/** The reader's own draft of a sheet; an empty one before the first saving. Read once: from then on the page is ahead of it. */
export const useSheetDraft = (id: string, enabled: boolean) => useQuery({ queryKey: ['sheet-draft', id], queryFn: () => sheetDraft(id), enabled, staleTime: Infinity, gcTime: 0 });

async function sheetDraft(id: string): Promise<SheetDraft> {
  try {
    return await read('/scenarios/{id}/sheet-draft', { id });
  } catch (error) {
    if (error instanceof Refused && error.kind === 'not-found') return none;
    throw error;
  }
}
