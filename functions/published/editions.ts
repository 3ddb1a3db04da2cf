import type { Correction, PublicationContext } from '../../machines/publication.ts';
import type { Head } from '../store/case.ts';
import type { Digests } from '../../shared/evidence.ts';
import { digestsOf } from '../store/digest.ts';
import { loadHeads } from '../store/load.ts';
import type { Table } from '../store/table.ts';
import { canonical } from '../../shared/canonical.ts';

/** One published edition of a half-year's list: the batch itself (1), or one of the runs that corrected it. */
export interface Edition {
  readonly batch: string;
  readonly edition: number;
  /** The run that made it. */
  readonly case: string;
  readonly number: string;
  readonly documentNo: string;
  readonly count: number;
  /** When it was published (UTC ISO instant). */
  readonly publishedAt: string;
  /** What it corrected, and why; absent for the first edition. */
  readonly correction?: Correction;
  /** The digests of its file, and the code that proves them; absent for lists of before there were codes. */
  readonly proof?: Proof;
}

/** What proves an edition: the digests of its file and of the event that published it, and the code made of them. */
export interface Proof {
  readonly code: string;
  readonly version: number;
  readonly content: Digests;
  readonly event: Digests;
}

/** A half-year as batches are named: `2025-H1`. */
export const halfShape = /^\d{4}-H[12]$/;

/** The run that first publishes a half-year's list. */
export const batchId = (half: string): string => `batch-${half}`;

/** The run of a half-year's correction number `n`, counted from 1, cancelled ones included. */
export const correctionId = (half: string, n: number): string => `${batchId(half)}-c${n}`;

// One read of five heads is enough for all but a few half-years.
const readTogether = 4;

/** The runs of a half-year, in the order they were opened: the batch, then its corrections, whatever became of them. Strongly consistent. */
export async function runsOf(table: Table, half: string): Promise<Head[]> {
  const found = await loadHeads(table, [batchId(half), ...corrections(half, 1)]);
  for (let next = 1 + readTogether; found.length === next; next += readTogether) found.push(...(await loadHeads(table, corrections(half, next))));
  return found;
}

function corrections(half: string, first: number): string[] {
  return Array.from({ length: readTogether }, (_, index) => correctionId(half, first + index));
}

/** The published editions of a half-year's list, the first one first. */
export async function editionsOf(table: Table, half: string): Promise<Edition[]> {
  return (await runsOf(table, half)).flatMap((head) => editionIn(head) ?? []);
}

/** The edition that a run has published; `undefined` while it has not. */
export function editionIn(head: Head): Edition | undefined {
  if (head.lifecycle !== 'publication' || head.snapshot.status !== 'done' || head.snapshot.value !== 'published') return undefined;
  const context = head.snapshot.context as unknown as PublicationContext;
  const { half, edition = 1, number, documentNo, published, correction } = context;
  const proof = proofOf(head, context);
  return {
    batch: half, edition, case: head.id, number: number ?? '', documentNo: documentNo ?? '', count: published, publishedAt: head.changedAt,
    ...(correction ? { correction } : {}), ...(proof ? { proof } : {}),
  };
}

// The last event of a run is the one that published: nothing is decided on it afterwards.
function proofOf({ id, version, digests, changedAt }: Head, { listing }: PublicationContext): Proof | undefined {
  if (!listing) return undefined;
  const seal = digestsOf(canonical({ form: 'list', case: id, version, at: changedAt, event: { ...digests }, content: { ...listing } })).sha256.slice(0, 16);
  return { code: `${id}-${version}-${seal}`, version, content: listing, event: digests };
}
