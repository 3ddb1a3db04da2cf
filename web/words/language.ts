import { preferences } from '../shell/preferences.ts';

/** English words by their Chinese ones; empty until somebody reads English. */
let english: Readonly<Record<string, string>> = {};

/** Whether the person reads the shell and the labels in English; what people filed stays as they wrote it. */
export const isEnglish = (): boolean => preferences().english;

/** Loads the English words when they are wanted: who reads Chinese never fetches them. */
export async function loadLanguage(): Promise<void> {
  if (isEnglish()) ({ english } = await import('./english.ts'));
}

/** A text of the shell in the person's language: Chinese is written in the code, English looked up; `{name}` is filled from `parts`. */
export function t(chinese: string, parts: Readonly<Record<string, string | number>> = {}): string {
  const text = isEnglish() ? (english[chinese] ?? chinese) : chinese;
  return text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => String(parts[name] ?? whole));
}
