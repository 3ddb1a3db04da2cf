import type { Head, StoredEvent } from '../store/case.ts';
import { eventsDown, loadEvent } from '../store/load.ts';
import type { Table } from '../store/table.ts';
import { titleOf } from '../cases/about.ts';
import { listContext } from '../lists/contents.ts';
import { sealedCode, type Certificate, type Found } from './sealed-code.ts';

/** The certificate of a sealed list: it is of the event that sealed it, and of exactly the rows that were sealed; `undefined` while it is not sealed. */
export async function listCertificate(table: Table, head: Head): Promise<Certificate | undefined> {
  if (listContext(head.snapshot).sealed === null) return undefined;
  for await (const stored of eventsDown(table, head.id)) {
    const made = certificateOfSeal(stored);
    if (made) return made;
  }
  throw new Error(`${head.id} is sealed, but no event sealed it`);
}

/** What the code of a sealed list stands for; `undefined` when that event sealed nothing. */
export async function listCertificateOf(table: Table, head: Head, n: number): Promise<Found | undefined> {
  const stored = await loadEvent(table, head.id, n);
  const certificate = stored && certificateOfSeal(stored);
  if (!certificate) return undefined;
  return { certificate, scenario: titleOf(head.snapshot), latest: head.version === n, unchanged: listContext(head.snapshot).sealed?.sha256 === certificate.content.sha256 };
}

function certificateOfSeal({ event, digests }: StoredEvent): Certificate | undefined {
  if (event.command !== 'sealList') return undefined;
  const content = { sha256: String(event.args['listSha256']), sm3: String(event.args['listSm3']) };
  return sealedCode('annex1', { case: event.case, version: event.n, at: event.at, event: digests }, content);
}
