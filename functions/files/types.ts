import { fileTypeFromBuffer } from 'file-type';

/** The kinds of files that may be attached, by content type, with how people call them. OFD is China's fixed-layout format (GB/T 33190). */
export const fileTypes = {
  'application/pdf': 'PDF',
  'image/jpeg': 'JPG',
  'image/png': 'PNG',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'Word（docx）',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'Excel（xlsx）',
  'application/ofd': 'OFD',
} as const;

/** A content type that may be attached. */
export type FileType = keyof typeof fileTypes;

/** All content types that may be attached, for schemas. */
export const fileTypeNames = Object.keys(fileTypes) as [FileType, ...FileType[]];

/** The largest attachment, in bytes: 50 MB. */
export const largestFile = 50 * 1024 * 1024;

/** How many bytes of a file's beginning `typeOfBytes` wants: office files name their kind in their first entries. */
export const telltaleBytes = 1024 * 1024;

/** What a file is by its first bytes, never by its name; `undefined` when it is nothing that may be attached. */
export async function typeOfBytes(beginning: Uint8Array): Promise<FileType | undefined> {
  const found = (await fileTypeFromBuffer(beginning))?.mime as string | undefined;
  if (found === 'application/zip') return hasEntry(beginning, 'OFD.xml') ? 'application/ofd' : undefined;
  return fileTypeNames.find((type) => type === found);
}

// A local file header is 30 bytes and then the name (APPNOTE 4.3.7); the name's length stands at offset 26.
function hasEntry(zip: Uint8Array, name: string): boolean {
  const bytes = Buffer.from(zip.buffer, zip.byteOffset, zip.byteLength);
  const signature = Buffer.from([0x50, 0x4b, 0x03, 0x04]);
  for (let at = bytes.indexOf(signature); at >= 0 && at + 30 + name.length <= bytes.length; at = bytes.indexOf(signature, at + 4))
    if (bytes.readUInt16LE(at + 26) === name.length && bytes.toString('latin1', at + 30, at + 30 + name.length) === name) return true;
  return false;
}
