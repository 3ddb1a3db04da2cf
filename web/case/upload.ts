import { freshKey, Refused, write } from '../api/client.ts';
import type { Writes } from '../api/types.ts';

type Announcement = Writes['/scenarios/{id}/attachments']['body'];

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

/** The line broke before everything was said and answered: to be tried again. */
class BrokenLine extends Error {}

// A line that is down for some seconds is waited for; after that the person decides.
const pausesMs = [1_000, 3_000, 8_000];

/**
 * Uploads one file: announces it, sends it straight to the bucket, has it checked. Where the line breaks it goes on by itself, as the same
 * upload: what had arrived whole is not sent again. Throws `Refused`, or an error with a sentence.
 */
export async function upload(parcel: Parcel, tell: (progress: Progress) => void): Promise<void> {
  tell({ step: 'hashing' });
  const sha256 = hex(await crypto.subtle.digest('SHA-256', await parcel.file.arrayBuffer()));
  for (const pause of [...pausesMs, undefined]) {
    try {
      return await attempt(parcel, sha256, tell);
    } catch (error) {
      if (!mayPass(error) || pause === undefined) throw error;
      tell({ step: 'waiting' });
      await lineBack(pause);
    }
  }
}

async function attempt({ id, part, file, key, year }: Parcel, sha256: string, tell: (progress: Progress) => void): Promise<void> {
  const type = typeOfEnding[file.name.split('.').at(-1)?.toLowerCase() ?? ''] ?? file.type;
  const announced = await write('/scenarios/{id}/attachments', { id }, { part, name: file.name, type, size: file.size, sha256, ...(year === undefined ? {} : { year }) } as Announcement, key);
  await put(announced.upload.url, announced.upload.headers, file, (sent) => tell({ step: 'sending', part: sent }));
  tell({ step: 'checking' });
  await write('/scenarios/{id}/attachments/{attachment}/confirm', { id, attachment: announced.attachment.id }, undefined, key);
}

const mayPass = (error: unknown): boolean => error instanceof BrokenLine || (error instanceof Refused && error.document.retry === 'yes');

/** Until the browser is on line again, or the pause is over, whichever is later; a browser that never says so ends with the pause. */
function lineBack(pause: number): Promise<void> {
  return new Promise((resolve) => {
    const go = () => (navigator.onLine ? resolve() : window.addEventListener('online', () => resolve(), { once: true }));
    setTimeout(go, pause);
  });
}

// The place takes its bytes once: whoever finds them there already has nothing more to send.
const alreadyThere = 412;

// fetch tells nothing about bytes that go out; the old interface does.
function put(url: string, headers: { readonly [name: string]: string }, file: File, tell: (part: number) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('PUT', url);
    // The browser sets the length itself and lets nobody else do it.
    for (const [name, value] of Object.entries(headers)) if (name !== 'content-length') request.setRequestHeader(name, value);
    request.upload.addEventListener('progress', ({ loaded, total }) => tell(total > 0 ? loaded / total : 0));
    const done = (status: number) => status < 300 || status === alreadyThere;
    request.addEventListener('load', () => (done(request.status) ? resolve() : reject(request.status >= 500 ? new BrokenLine(`文件没有传完（${request.status}），请重试`) : new Error(`文件没有传完（${request.status}），请重试`))));
    request.addEventListener('error', () => reject(new BrokenLine('文件没有传完，请检查网络后重试')));
    request.send(file);
  });
}

function hex(buffer: ArrayBuffer): string {
  return [...new Uint8Array(buffer)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
