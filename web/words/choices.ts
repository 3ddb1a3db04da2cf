import { conflictLabels } from '../../machines/labels.zh.ts';
import { argumentHints, choiceLabels } from '../../machines/labels-of-arguments.zh.ts';
import type { Annex1Column } from '../../shared/annex1/columns.ts';
import { attachmentParts, type AttachmentPart } from '../../shared/contracts/attachments.ts';
import { departmentOf } from '../../shared/sectors.ts';
import { isEnglish, t } from './language.ts';
import { spoken } from './spoken.ts';

/** Choices by value, with what they are called. */
type Choices = { readonly [value: string]: string };

/** The choices of a field in the person's language: their Chinese names are handed in, the English ones are their values. */
export const choiceNames = (chinese: Choices): Choices => (isEnglish() ? Object.fromEntries(Object.keys(chinese).map((value) => [value, spoken(value)])) : chinese);

/** The name of one choice of an argument. */
export const choiceName = (argument: string, value: string): string => (isEnglish() ? spoken(value) : (choiceLabels[argument]?.[value] ?? value));

/** The name of a kind of attachment. */
export const partName = (part: string): string => (isEnglish() ? spoken(part) : (attachmentParts[part as AttachmentPart]?.title ?? part));

/** The name of a department; `short` as lists show it. */
export const sectorName = (id: string, form: 'name' | 'short' = 'name'): string => (isEnglish() ? spoken(id) : (departmentOf(id)?.[form] ?? id));

/** What ties an expert to a unit. */
export const conflictName = (kind: keyof typeof conflictLabels): string => (isEnglish() ? spoken(kind) : conflictLabels[kind]);

/** The name of a column of annex 1. */
export const columnName = ({ key, label }: Annex1Column): string => (isEnglish() ? spoken(key) : label);

/** What helps to fill in an argument, if anything does. */
export function hintOf(argument: string): string | undefined {
  const hint = argumentHints[argument];
  return hint === undefined ? undefined : t(hint);
}
