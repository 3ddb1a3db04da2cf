import { isDeepStrictEqual } from 'node:util';
import type { Bucket } from '../../files/bucket.ts';
import { editionIn, editionsOf } from '../../published/editions.ts';
import { loadCase } from '../../store/load.ts';
import type { Table } from '../../store/table.ts';
import type { Verification } from '../verification.ts';
import { listTitle } from './columns.ts';
import { extractFound } from './extract.ts';

/** The published edition that a code stands for; `undefined` when it is of none. The digest is that of the list's JSON file. */
export async function verifiedList(table: Table, code: string): Promise<Verification | undefined> {
  const [, id] = /^(batch-\d{4}-H[12](?:-c\d{1,3})?)-[1-9]\d{0,9}-[0-9a-f]{16}$/.exec(code) ?? [];
  const head = id === undefined ? undefined : await loadCase(table, id);
  const edition = head && editionIn(head);
  const proof = edition?.proof;
  if (!edition || proof?.code !== code) return undefined;
  const latest = (await editionsOf(table, edition.batch)).at(-1)?.edition === edition.edition;
  const { batch, edition: number, documentNo, publishedAt } = edition;
  return { code, form: 'list', title: '广西数字应用场景清单', scenario: listTitle(edition), case: edition.case, version: proof.version, at: publishedAt, batch, edition: number, documentNo, latest, unchanged: latest, content: proof.content, event: proof.event };
}

/** The extract that a code stands for, and whether its entry is still on the newest list and says the same; `undefined` when it is of none. */
export async function verifiedExtract(table: Table, bucket: Bucket, code: string): Promise<Verification | undefined> {
  const found = await extractFound(table, bucket, code);
  const proof = found?.edition.proof;
  if (!found || !proof) return undefined;
  const { edition, entry, newest, now, content } = found;
  const { batch, edition: number, documentNo, publishedAt } = edition;
  return {
    code, form: 'extract', title: '广西数字应用场景清单节录', scenario: entry.name, case: entry.case, version: proof.version, at: publishedAt, batch, edition: number, number: entry.number, documentNo,
    latest: newest.edition === number, unchanged: isDeepStrictEqual(now, entry), onList: now !== undefined, content, event: proof.event,
  };
}
