import { attachmentParts, type AttachmentPart } from '../../shared/contracts/attachments.ts';
import { fieldOf, type FormPage } from '../filing/fields.ts';
import { argumentName } from '../words/names.ts';

/** What a pointer is about, in words: a field of the filing, an attachment, an argument. */
export function pointerWords(pages: readonly FormPage[], pointer: string): string {
  const part = /^\/attachments\/(\w+)/.exec(pointer)?.[1];
  if (part) return `附件：${attachmentParts[part as AttachmentPart]?.title ?? part}`;
  const found = fieldOf(pages, pointer);
  if (found) return `${found.page.title}：${found.field.label}`;
  return pointer.split('/').slice(1).map((name) => (/^\d+$/.test(name) ? `第${Number(name) + 1}项` : argumentName(name))).join(' ') || '内容';
}
