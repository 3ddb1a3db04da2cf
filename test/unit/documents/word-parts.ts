import { strFromU8, unzipSync } from 'fflate';
import type { Content } from '../../../functions/documents/content.ts';
import { wordOf } from '../../../functions/documents/word.ts';

/** What a Word file is made of: the body's markup, that of its page headers and footers, the names of its parts. */
export interface WordParts {
  readonly body: string;
  readonly headers: string;
  readonly footers: string;
  readonly names: readonly string[];
}

/** Sets a document as Word and opens it. */
export async function wordParts(content: Content): Promise<WordParts> {
  const parts = unzipSync(await wordOf(content));
  const names = Object.keys(parts);
  const read = (name: string): string => strFromU8(parts[name] ?? new Uint8Array());
  const all = (kind: string): string => names.filter((name) => name.startsWith(`word/${kind}`)).map(read).join('');
  return { body: read('word/document.xml'), headers: all('header'), footers: all('footer'), names };
}

/** The text of some markup, as people read it. */
export function textOf(xml: string): string {
  const text = [...xml.matchAll(/<w:t[^>]*>([^<]*)</g)].map(([, piece]) => piece).join('');
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
