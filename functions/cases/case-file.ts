import type * as z from 'zod/mini';
import type * as answers from '../api/answers.ts';
import type { Json } from '../../machines/decision.ts';
import { attachmentAnswer, attachmentOf } from '../files/attachment.ts';
import type { Head, StoredEvent } from '../store/case.ts';
import { sealed, type Verification } from '../../shared/evidence.ts';
import { verifyCase } from '../store/chain.ts';
import { digestsOf } from '../store/digest.ts';
import { count, sk, text } from '../store/keys.ts';
import { leavesOf } from '../store/leaves.ts';
import { itemsOf } from '../store/lists.ts';
import { eventsAfter } from '../store/load.ts';
import { unpack } from '../store/pack.ts';
import type { Table } from '../store/table.ts';

/** A case file before anything is withheld from a reader. */
export interface CaseFile {
  readonly head: Head;
  readonly events: readonly StoredEvent[];
  readonly payments: readonly { readonly [name: string]: Json }[];
  readonly attachments: readonly z.infer<typeof answers.attachment>[];
  readonly verification: Verification;
}

/** Everything about a case, with the proof that its events are complete and unchanged. */
export async function caseFile(table: Table, head: Head): Promise<CaseFile> {
  const events: StoredEvent[] = [];
  for await (const event of eventsAfter(table, head.id)) if (event.event.n <= head.version) events.push(event);
  const [payments, attachments] = await Promise.all([itemsOf(table, head.id, 'P#'), itemsOf(table, head.id, sk.attachment(''))]);
  return {
    head,
    events,
    payments: payments.filter((item) => count(item, 'n') <= head.version).map((item) => ({ n: count(item, 'n'), at: text(item, 'at'), kind: text(item, 'kind'), amountFen: count(item, 'amountFen'), explanation: unpack<Json>(item['explanation']) })),
    attachments: registered(attachments.map((item) => attachmentAnswer(attachmentOf(item))), events),
    verification: provenAgainst(head, events),
  };
}

/** A case file as the sealed JSON that is exported and archived, events as `event` answers or as stored; the verifier (`/verifier.html`) checks every byte of it. */
export function caseFileText(file: CaseFile, events: readonly Json[]): string {
  const { head, payments, attachments, verification } = file;
  return sealed({ case: head.id, lifecycle: head.lifecycle, version: head.version, end: head.digests, state: leavesOf(head.snapshot.value), events, payments, attachments, verification, verifier: '/verifier.html' }, digestsOf);
}

/** An event as it is archived: exactly what was hashed, and its digests. */
export function archivedEvent({ event, digests }: StoredEvent): Json {
  return { event, digests } as unknown as Json;
}

// Files are confirmed beside everything else: the file lists those that its own events registered, as they left them.
function registered(attachments: CaseFile['attachments'], events: readonly StoredEvent[]): CaseFile['attachments'] {
  const named = (command: string): ReadonlySet<Json | undefined> => new Set(events.filter(({ event }) => event.command === command).map(({ event }) => event.args['attachment']));
  const [confirmed, removed] = [named('confirmAttachment'), named('removeAttachment')];
  return attachments.filter(({ id }) => confirmed.has(id)).map((one) => ({ ...one, status: removed.has(one.id) ? 'removed' : 'confirmed' }));
}

// Events cut off at the end would still chain; the head knows how many there are and how the last one ends.
function provenAgainst(head: Head, events: readonly StoredEvent[]): Verification {
  const found = verifyCase(events);
  if (!found.ok) return found;
  if (found.events !== head.version) return { ok: false, n: found.events + 1, reason: 'gap' };
  const last = events.at(-1)?.digests;
  if (last?.sha256 !== head.digests.sha256) return { ok: false, n: head.version, reason: 'sha256' };
  return last.sm3 === head.digests.sm3 ? found : { ok: false, n: head.version, reason: 'sm3' };
}
