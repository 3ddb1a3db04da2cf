import { batchKeys, type ListEntry } from '../../activities/batch-list.ts';
import { readObject, type Bucket } from '../../files/bucket.ts';
import { signedLink } from '../../files/presign.ts';
import { Problem } from '../../http/problem.ts';
import type { HttpAnswer, HttpRequest } from '../../http/shell.ts';
import { editionAsked, notPublished } from '../../published/pages.ts';
import { entriesOf, entryNumbered } from '../../published/entries.ts';
import type { Edition } from '../../published/editions.ts';
import type { Table } from '../../store/table.ts';
import { fileAnswer } from '../answering.ts';
import { publishedKinds, publishedNames, type PublishedName } from '../names.ts';
import type { FontFiles } from '../pdf.ts';
import { asPdf, asWord } from '../print.ts';
import { codeAddress } from '../stamp.ts';
import { listTitle } from './columns.ts';
import { extractContent, extractOf, numberShape } from './extract.ts';
import { listContent } from './list-content.ts';
import { listWorkbook } from './list-workbook.ts';

/** Where published lists are read, and the fonts of their prints. */
export interface PublishedDesk {
  readonly table: Table;
  readonly bucket: Bucket;
  readonly fonts: FontFiles;
}

// A list is printed within the half minute that the gateway waits; a longer one is data.
const mostPrinted = { 'list.xlsx': 20_000, 'list.docx': 2000, 'list.pdf': 2000 } as const;

// A Lambda answers 6 MB at most, and base64 adds a third.
const mostAnswered = 4 * 1024 * 1024;

/** A published list in one of its formats, of the newest edition or of the one asked for; public. Throws `Problem`. */
export async function publishedDocument(desk: PublishedDesk, request: HttpRequest, half: string, asked: string): Promise<HttpAnswer> {
  const name = publishedNames.find((known) => known === asked);
  if (!name) throw new Problem('not-found', `没有这种格式，可下载：${publishedNames.join('、')}`);
  const { edition } = await editionAsked(desk.table, request, half);
  const { type } = publishedKinds[name];
  const title = listTitle(edition);
  if (name === 'list.json') return dataFile(desk.bucket, edition, title);
  if (edition.count > mostPrinted[name]) throw new Problem('too-large', `清单有${edition.count}个场景，超过这种格式的上限（${mostPrinted[name]}个），请下载 Excel 或 JSON`);
  const entries: ListEntry[] = [];
  for await (const entry of entriesOf(desk.bucket, edition.batch, edition.edition)) entries.push(entry);
  const bytes = await printed(name, edition, entries, edition.proof ? codeAddress(request, edition.proof.code) : '', desk.fonts);
  return fileAnswer({ name, type, title, bytes, cache: publicForAWhile });
}

// An edition never changes; which one is the newest may.
const publicForAWhile = 'public, max-age=300';

async function printed(name: Exclude<PublishedName, 'list.json'>, edition: Edition, entries: readonly ListEntry[], address: string, fonts: FontFiles): Promise<Uint8Array> {
  switch (name) {
    case 'list.xlsx':
      return listWorkbook(edition, entries, address);
    case 'list.docx':
      return asWord(await listContent(edition, entries, address));
    case 'list.pdf':
      return asPdf(await listContent(edition, entries, address), fonts);
  }
}

/** The very file that was published, byte for byte, so that its digest can be compared; a large one by a link. */
async function dataFile(bucket: Bucket, { batch, edition }: Edition, title: string): Promise<HttpAnswer> {
  const file = batchKeys.published(batch, edition);
  const object = await readObject(bucket, file);
  if (!object) throw notPublished(batch);
  if (object.size > mostAnswered) return { statusCode: 302, headers: { location: await signedLink(bucket, file), 'cache-control': 'no-store' } };
  const pieces: Uint8Array[] = [];
  for await (const piece of object.pieces) pieces.push(piece);
  return fileAnswer({ name: 'list.json', type: publishedKinds['list.json'].type, title, bytes: Buffer.concat(pieces), cache: publicForAWhile });
}

/** One page about one entry of a published list, with the code that proves it; public. Throws `Problem`: an entry that a newer edition has struck has no extract of that edition. */
export async function publishedExtract(desk: PublishedDesk, request: HttpRequest, half: string, number: string): Promise<HttpAnswer> {
  if (numberShape.exec(number)?.[1] !== half) throw new Problem('not-found', '没有这个清单编号；编号形如 GX-2025-H1-0001');
  const { edition } = await editionAsked(desk.table, request, half);
  const entry = await entryNumbered(desk.bucket, half, edition.edition, number);
  if (!entry) throw edition.edition > 1 && (await entryNumbered(desk.bucket, half, 1, number)) ? new Problem('wrong-state', `${number} 已从清单中撤销，第${edition.edition}版清单没有这一项`) : new Problem('not-found', `批次 ${half} 的清单中没有 ${number}`);
  const extract = extractOf(edition, entry);
  const bytes = await asPdf(await extractContent(extract, codeAddress(request, extract.code)), desk.fonts);
  return fileAnswer({ name: 'extract.pdf', type: 'application/pdf', title: `场景清单节录-${number}`, bytes, cache: publicForAWhile });
}
