import type { CaseUnit } from '../scenario/context.ts';

/** What a list of annex 1 keeps of itself; what its rows say stands in the events that proposed or edited them (`storeRows`). */
export interface ListContext {
  readonly id: string;
  readonly title: string;
  /** The city or sector authority whose list it is. */
  readonly unit: CaseUnit;
  readonly handler: string;
  /** The rows in the list's own order: it numbers them. */
  readonly rows: readonly ListRow[];
  /** How many rows were ever proposed: the next one's id follows from it, and no id is used twice. */
  readonly proposed: number;
  readonly sealed: Seal | null;
  /** Why the Bureau returned it, row by row; null when it did not, or the list was sealed again. */
  readonly returned: { readonly reason: string; readonly items: readonly { readonly pointer: string; readonly reason: string }[] } | null;
  readonly returns: number;
  /** How many scenarios the accepted list became. */
  readonly opened: number | null;
  readonly reminders: number;
  readonly policy: string;
  readonly due: { readonly [leaf: string]: string };
}

/** One row: whose scenario it proposes (null until the authority says so), who proposed it, and what it is called. */
export interface ListRow {
  readonly id: string;
  readonly unit: string | null;
  readonly by: string;
  readonly name: string;
  /** How often it was edited since it was proposed. */
  readonly edits: number;
}

/** Who sealed the list, with which opinion, and the digests of exactly what was sealed. */
export interface Seal {
  readonly by: string;
  readonly opinion: string;
  readonly sha256: string;
  readonly sm3: string;
}
