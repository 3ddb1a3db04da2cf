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

// How the name of a saved file may end; the first is given to a name that ends in none of them.
const extensions: Readonly<Record<FileType, readonly [string, ...string[]]>> = {
  'application/pdf': ['.pdf'],
  'image/jpeg': ['.jpg', '.jpeg'],
  'image/png': ['.png'],
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': ['.docx'],
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': ['.xlsx'],
  'application/ofd': ['.ofd'],
};

/** The name under which a file is saved: it ends as its type does. Bytes that are a PDF and something else besides would be run by who opens them as `.html` or `.hta`. */
export function savedName({ name, type }: { readonly name: string; readonly type: FileType }): string {
  const known = extensions[type];
  return known.some((extension) => name.toLowerCase().endsWith(extension)) ? name : `${name}${known[0]}`;
}

/** All content types that may be attached, for schemas. */
export const fileTypeNames = Object.keys(fileTypes) as [FileType, ...FileType[]];

/** How many bytes `typeOfBytes` wants of a file's end: the list of a package's entries stands there, about 100 bytes each. */
export const telltaleBytes = 512 * 1024;

const signatures: readonly (readonly [FileType, readonly number[]])[] = [
  ['application/pdf', [0x25, 0x50, 0x44, 0x46, 0x2d]],
  ['image/jpeg', [0xff, 0xd8, 0xff]],
  ['image/png', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
];
const packageSignature = [0x50, 0x4b, 0x03, 0x04];

// What a package must hold to be of a kind, and what it must not: macros run code on the reader's machine.
const packages: readonly (readonly [FileType, string])[] = [
  ['application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'word/document.xml'],
  ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'xl/workbook.xml'],
  ['application/ofd', 'OFD.xml'],
];
const macros = /vbaProject\.bin$/;

/** What a file is by its bytes, never by its name: from its first bytes and, for packages, from the list of entries at its end; `undefined` when it is nothing that may be attached. */
export function typeOfBytes(beginning: Uint8Array, ending: Uint8Array): FileType | undefined {
  const plain = signatures.find(([, bytes]) => startsWith(beginning, bytes));
  if (plain) return plain[0];
  if (!startsWith(beginning, packageSignature)) return undefined;
  const entries = entryNames(ending);
  if (entries.some((name) => macros.test(name))) return undefined;
  return packages.find(([, entry]) => entries.includes(entry))?.[0];
}

function startsWith(bytes: Uint8Array, beginning: readonly number[]): boolean {
  return bytes.length >= beginning.length && beginning.every((byte, index) => bytes[index] === byte);
}

// A central directory header is 46 bytes and then the name; the name's length stands at offset 28 (APPNOTE 4.3.12).
function entryNames(ending: Uint8Array): string[] {
  const bytes = Buffer.from(ending.buffer, ending.byteOffset, ending.byteLength);
  const signature = Buffer.from([0x50, 0x4b, 0x01, 0x02]);
  const names: string[] = [];
  for (let at = bytes.indexOf(signature); at >= 0 && at + 46 <= bytes.length; at = bytes.indexOf(signature, at + 46))
    names.push(bytes.toString('utf8', at + 46, at + 46 + bytes.readUInt16LE(at + 28)));
  return names;
}
