import { directionWords } from '../../../shared/contracts/form-words.zh.ts';
import { box } from '../boxes.ts';
import { chineseDay, chineseMonth } from '../chinese-day.ts';
import { paragraph, type Paragraph, type Run } from '../content.ts';
import type { Draft } from '../../../shared/draft.ts';
import { printedForms, type Annex2 } from '../printed-form.ts';

/** The cover, with the imprint as the form has it, under the Bureau's older name. */
export function cover(form: Draft<Annex2['cover']>): Paragraph[] {
  const chosen = (form.directions ?? []) as readonly string[];
  const direction = (id: keyof typeof directionWords): string => box(chosen.includes(id), directionWords[id]);
  return [
    paragraph('cover', printedForms.annex2, { align: 'center', before: 60, after: 40 }),
    field(['数字应用场景名称：', line(form.name, 30)]),
    field(['申报方向（可多选）：'], 6),
    field([`${direction('digitalGovernment')}    ${direction('digitalSociety')}`], 0),
    field([direction('digitalEconomy')], 0),
    field(['申报单位：', line(form.applicant, 30), '（盖章）'], 36),
    field(['项目负责人：', line(form.projectLead, 12), '联系电话：', line(form.phone, 14)]),
    field(['报送日期：', line(chineseDay(form.filedOn) || '      年      月      日', 0)]),
    paragraph('heading', '广西壮族自治区大数据发展局制', { align: 'center', before: 50 }),
    paragraph('heading', chineseMonth(form.filedOn?.slice(0, 7)) || '202  年  月', { align: 'center', after: 20 }),
  ];
}

function field(runs: readonly Run[], before = 16): Paragraph {
  return paragraph('body', runs, { before });
}

// Blanks of the form are as long as it prints them; a longer text takes its own room.
function line(text: string | undefined, length: number): Run {
  const width = [...(text ?? '')].reduce((sum, character) => sum + (character.charCodeAt(0) < 0x80 ? 1 : 2), 0);
  const rest = '\u3000'.repeat(Math.max(0, Math.ceil((length - width) / 2)));
  return { text: `\u00a0${text ?? ''}${rest}\u00a0`, underlined: true };
}
