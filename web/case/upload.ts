import { freshKey, write } from '../api/client.ts';
import type { Writes } from '../api/types.ts';

type Announcement = Writes['/scenarios/{id}/attachments']['body'];

/** How far an upload is: from 0 to 1 while bytes go out, then the check. */
export type Progress = { readonly step: 'hashing' | 'checking' } | { readonly step: 'sending'; readonly part: number };

/** The content types of what may be attached, by the ending of a name; browsers do not know OFD. */
const typeOfEnding: Readonly<Record<string, string>> = {
  pdf: 'application/pdf', jpg: 'image/jpeg', jpeg: 'image/jpeg', png: 'image/png', ofd: 'application/ofd',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

/** Endings that may be chosen, for the file dialog. */
export const accepted = Object.keys(typeOfEnding).map((ending) => `.${ending}`).join(',');

/** Uploads one file as a part of a scenario: announces it, sends it straight to the bucket, has it checked. Throws `Refused`, or an error with a sentence. */
export async function upload(id: string, part: string, file: File, tell: (progress: Progress) => void): Promise<void> {
  tell({ step: 'hashing' });
  const sha256 = hex(await crypto.subtle.digest('SHA-256', await file.arrayBuffer()));
  const type = typeOfEnding[file.name.split('.').at(-1)?.toLowerCase() ?? ''] ?? file.type;
  const announced = await write('/scenarios/{id}/attachments', { id }, { part, name: file.name, type, size: file.size, sha256 } as Announcement, freshKey());
  await put(announced.upload.url, announced.upload.headers, file, (sent) => tell({ step: 'sending', part: sent }));
  tell({ step: 'checking' });
  await write('/scenarios/{id}/attachments/{attachment}/confirm', { id, attachment: announced.attachment.id }, undefined, freshKey());
}

// fetch tells nothing about bytes that go out; the old interface does.
function put(url: string, headers: { readonly [name: string]: string }, file: File, tell: (part: number) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('PUT', url);
    // The browser sets the length itself and lets nobody else do it.
    for (const [name, value] of Object.entries(headers)) if (name !== 'content-length') request.setRequestHeader(name, value);
    request.upload.addEventListener('progress', ({ loaded, total }) => tell(total > 0 ? loaded / total : 0));
    request.addEventListener('load', () => (request.status < 300 ? resolve() : reject(new Error(`文件没有传完（${request.status}），请重试`))));
    request.addEventListener('error', () => reject(new Error('文件没有传完，请检查网络后重试')));
    request.send(file);
  });
}

function hex(buffer: ArrayBuffer): string {
  return [...new Uint8Array(buffer)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
