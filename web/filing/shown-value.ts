import { divisionName } from '../../shared/divisions.ts';
import { reformOptionWords } from '../../shared/contracts/form-words.zh.ts';
import type { Json } from '../api/types.ts';
import { isBlank, type Field, type Words } from './fields.ts';
import { choiceNames, sectorName } from '../words/choices.ts';
import { t } from '../words/language.ts';
import { yuan } from '../words/money.ts';

type Loose = { readonly [name: string]: Json };

/** The value of a field as a person reads it; undefined when nothing was filled in. */
export function shownValue(field: Field, value: Json | undefined): string | undefined {
  if (value === undefined || isBlank(value)) return undefined;
  switch (field.kind) {
    case 'fen':
      return typeof value === 'number' ? yuan(value) : undefined;
    case 'confirm':
      return value === true ? field.sentence : undefined;
    case 'yesNo':
      return value === true ? t('是') : t('否');
    case 'one':
    case 'many':
      return listOf(value).map((each) => optionText(field.options, each)).join(t('、'));
    case 'division':
      return nameOfDivision(value);
    case 'sectors':
      return listOf(value).map(nameOfDepartment).join(t('、'));
    case 'unit':
    case 'units':
      return listOf(value).map(unitText).join('\n');
    case 'lines':
      return listOf(value).map(String).join('\n');
    case 'reforms':
      return listOf(value).map(reformText).join('\n');
    default:
      return String(value);
  }
}

const optionText = (options: Words, value: Json): string => choiceNames(options)[String(value)] ?? String(value);
const nameOfDivision = (value: Json): string => divisionName(String(value)) ?? String(value);
const nameOfDepartment = (value: Json): string => sectorName(String(value));

function reformText(value: Json): string {
  const { option, text } = value as Loose;
  return t('{name}：{text}', { name: optionText(reformOptionWords, option ?? ''), text: String(text ?? '') });
}

function listOf(value: Json): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [value];
}

function unitText(value: Json): string {
  if (typeof value !== 'object' || value === null) return String(value);
  const { name, uscc } = value as Loose;
  return uscc ? t('{name}（{aside}）', { name: String(name ?? ''), aside: String(uscc) }) : String(name ?? '');
}
