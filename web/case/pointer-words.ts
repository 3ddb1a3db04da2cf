import { fieldOf, type FormPage } from '../filing/fields.ts';
import { argumentName } from '../words/names.ts';
import { partName } from '../words/choices.ts';
import { t } from '../words/language.ts';

/** What a pointer is about, in words: a field of the filing, an attachment, an argument. */
export function pointerWords(pages: readonly FormPage[], pointer: string): string {
  const part = /^\/attachments\/(\w+)/.exec(pointer)?.[1];
  if (part) return t('附件：{title}', { title: partName(part) });
  const found = fieldOf(pages, pointer);
  if (found) return t('{name}：{text}', { name: found.page.title, text: found.field.label });
  return pointer.split('/').slice(1).map((name) => (/^\d+$/.test(name) ? t('第{name}项', { name: Number(name) + 1 }) : argumentName(name))).join(' ') || t('内容');
}
