import { largestFile, uploadPieceBytes } from '../../shared/contracts/attachments.ts';
import { freshKey, Refused, write } from '../api/client.ts';
import type { Writes } from '../api/types.ts';
import { keep, keptValue } from '../parts/kept.ts';
import { t } from '../words/language.ts';

type Announcement = Writes['/scenarios/{id}/attachments']['body'];
type Places = Writes['/scenarios/{id}/attachments']['answer']['upload'];

/** How far an upload is: from 0 to 1 while bytes go out, then the check; `waiting` while the line is down. */
export type Progress = { readonly step: 'hashing' | 'checking' | 'waiting' } | { readonly step: 'sending'; readonly part: number };

/** A file to be uploaded as a part of a scenario; `key` makes every attempt the same upload, `year` is the year an audit is about. */
export interface Parcel {
  readonly id: string;
  readonly part: string;
  readonly file: File;
  readonly key: string;
  readonly year?: number;
}

/** A file for a part of a scenario, with a key of its own. */
export const parcel = (id: string, part: string, file: File, year?: number): Parcel => ({ id, part, file, key: freshKey(), ...(year === undefined ? {} : { year }) });

/** The content types of what may be attached, by the ending of a name; browsers do not know OFD. */
const typeOfEnding: Readonly<Record<string, string>> = {
  pdf: 'application/pdf', jpg: 'image/jpeg', jpeg: 'image/jpeg', png: 'image/png', ofd: 'application/ofd',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

/** Endings that may be chosen, for the file dialog. */
export const accepted = Object.keys(typeOfEnding).map((ending) => `.${ending}`).join(',');

/** Why a file cannot be taken at all, found out before anything is read or sent. */
export class Unfit extends Error {}

/** The line broke before everything was said and answered: to be tried again. */
class BrokenLine extends Error {}

// A line that is down for some seconds is waited for; after that the person decides.
const pausesMs = [1_000, 3_000, 8_000];

/** What a file is announced with: its digest, and that of each piece where it is sent in pieces. */
interface Digests {
  readonly sha256: string;
  readonly pieces?: readonly string[];
}

/** Whether the same upload may do better another time. */
export const mayPass = (error: unknown): boolean => error instanceof BrokenLine || (error instanceof Refused && error.document.retry === 'yes');

/**
 * Uploads one file: announces it, sends it straight to the bucket, has it checked. Where the line breaks it goes on by itself, as the same
 * upload: what had arrived is not sent again. A large file goes in pieces, and goes on even after the page was closed, once the same file
 * is chosen again. Throws `Refused`, `Unfit`, or another error with a sentence.
 */
export async function upload(parcel: Parcel, tell: (progress: Progress) => void): Promise<void> {
  mustFit(parcel.file);
  tell({ step: 'hashing' });
  const digests = await digestsOf(parcel.file);
  const name = `upload.${parcel.id}.${parcel.part}.${digests.sha256}`;
  const begun = digests.pieces ? keptValue<string>(name) : undefined;
  if (digests.pieces && !begun) keep(name, parcel.key);
  try {
    await untilThere({ ...parcel, key: begun ?? parcel.key }, digests, tell);
    keep(name, undefined);
  } catch (error) {
    // What was refused is not gone on with.
    if (!mayPass(error)) keep(name, undefined);
    throw error;
  }
}

function mustFit({ name, size }: File): void {
  if (typeOf(name) === undefined) throw new Unfit(t('只能上传 PDF、JPG、PNG、Word（docx）、Excel（xlsx）、OFD 文件。旧版 doc、xls 请另存为 docx、xlsx，其他文件请打印成 PDF 或扫描后上传。'));
  if (size === 0) throw new Unfit(t('文件是空的，请检查后重新选择。'));
  if (size > largestFile) throw new Unfit(t('文件有 {size} MB，超过 50 MB。请压缩，或分成几份上传。', { size: Math.ceil(size / 1024 / 1024) }));
}

const typeOf = (name: string): string | undefined => typeOfEnding[name.split('.').at(-1)?.toLowerCase() ?? ''];

async function untilThere(parcel: Parcel, digests: Digests, tell: (progress: Progress) => void): Promise<void> {
  for (const pause of [...pausesMs, undefined]) {
    try {
      return await attempt(parcel, digests, tell);
    } catch (error) {
      if (!mayPass(error) || pause === undefined) throw error;
      tell({ step: 'waiting' });
      await lineBack(pause);
    }
  }
}

async function attempt({ id, part, file, key, year }: Parcel, digests: Digests, tell: (progress: Progress) => void): Promise<void> {
  const type = typeOf(file.name) ?? file.type;
  const announced = await write('/scenarios/{id}/attachments', { id }, { part, name: file.name, type, size: file.size, ...digests, ...(year === undefined ? {} : { year }) } as Announcement, key);
  await sendTo(announced.upload, file, (sent) => tell({ step: 'sending', part: sent / file.size }));
  tell({ step: 'checking' });
  await write('/scenarios/{id}/attachments/{attachment}/confirm', { id, attachment: announced.attachment.id }, undefined, key);
}

/** Sends a file to its place, or each piece that has not arrived to its own; tells how many bytes are there. */
async function sendTo(places: Places, file: File, tell: (bytes: number) => void): Promise<void> {
  if (!('pieces' in places)) return put(places.url, places.headers, file, tell);
  let there = file.size - places.pieces.reduce((sum, { from, to }) => sum + to - from, 0);
  tell(there);
  for (const { from, to, url, headers } of places.pieces) {
    await put(url, headers, file.slice(from, to), (sent) => tell(there + sent));
    there += to - from;
  }
}

/** The digest of a file, and of its pieces where there are several. */
async function digestsOf(file: File): Promise<Digests> {
  const sha256 = await digestOf(file);
  if (file.size <= uploadPieceBytes) return { sha256 };
  const pieces: string[] = [];
  for (let from = 0; from < file.size; from += uploadPieceBytes) pieces.push(await digestOf(file.slice(from, from + uploadPieceBytes)));
  return { sha256, pieces };
}

async function digestOf(bytes: Blob): Promise<string> {
  // A file that was moved or saved anew after it was chosen is closed to the page.
  const read = await bytes.arrayBuffer().catch(() => {
    throw new Unfit(t('读不到这个文件：可能已移动、改名或重新保存过，请重新选择。'));
  });
  return hex(await crypto.subtle.digest('SHA-256', read));
}

/** Until the browser is on line again, or the pause is over, whichever is later; a browser that never says so ends with the pause. */
function lineBack(pause: number): Promise<void> {
  return new Promise((resolve) => {
    const go = () => (navigator.onLine ? resolve() : window.addEventListener('online', () => resolve(), { once: true }));
    setTimeout(go, pause);
  });
}

// The place of a whole file takes its bytes once: whoever finds them there already has nothing more to send.
const alreadyThere = 412;

// fetch tells nothing about bytes that go out; the old interface does.
function put(url: string, headers: { readonly [name: string]: string }, bytes: Blob, tell: (sent: number) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('PUT', url);
    // The browser sets the length itself and lets nobody else do it.
    for (const [name, value] of Object.entries(headers)) if (name !== 'content-length') request.setRequestHeader(name, value);
    request.upload.addEventListener('progress', ({ loaded }) => tell(loaded));
    const done = (status: number) => status < 300 || status === alreadyThere;
    request.addEventListener('load', () => (done(request.status) ? resolve() : reject(request.status >= 500 ? new BrokenLine(t('文件没有传完（{status}），请重试', { status: request.status })) : new Error(t('文件没有传完（{status}），请重试', { status: request.status })))));
    request.addEventListener('error', () => reject(new BrokenLine(t('文件没有传完，请检查网络后重试'))));
    request.send(bytes);
  });
}

function hex(buffer: ArrayBuffer): string {
  return [...new Uint8Array(buffer)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
