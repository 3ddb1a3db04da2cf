import { useQuery } from '@tanstack/react-query';
import { read } from './client.ts';
import type { ListRow } from './names.ts';

/** The rows of a list, all of them, with the digests that a seal names. */
export interface WholeList {
  readonly version: number;
  readonly rows: readonly ListRow[];
  readonly digests?: { readonly sha256: string; readonly sm3: string };
}

/** Every row of a list that the reader may see, in its order. */
export const useRows = (id: string, version: number) => useQuery({ queryKey: ['rows', id, version], queryFn: () => wholeList(id) });

async function wholeList(id: string): Promise<WholeList> {
  const rows: ListRow[] = [];
  for (let after: number | undefined; ; ) {
    const page = await read('/lists/{id}/rows', { id }, { limit: 50, ...(after === undefined ? {} : { after }) });
    rows.push(...page.items);
    if (page.next === undefined) return { version: page.version, rows, ...(page.digests ? { digests: page.digests } : {}) };
    after = page.next;
  }
}
