import { paragraph, type Paragraph } from '../content.ts';

/** Signatures stand in the right half, with room behind them to sign. */
const room = '\u3000'.repeat(19);

/** The letter of commitment, word for word; it is printed, signed, sealed, and uploaded as class six. */
export const letter: readonly Paragraph[] = [
  paragraph('title', '承诺书', { align: 'center', before: 40, after: 24 }),
  paragraph(
    'body',
    '本单位郑重承诺：企业在广西注册并纳税，且公司主体5年内不搬离广西，本企业提供的一切申请材料内容真实、准确、完整、符合申报要求，承诺接受有关主管部门为审核本场景建设项目而进行的必要核查，如申报材料不属实，申报视为无效，将按相关规定接受相关处理。在项目申报和实施过程中，本企业承诺遵纪守法，并保证接受有关部门的监督检查。',
    { indented: true },
  ),
  paragraph('body', '本单位若违反上述承诺，愿意承担由此带来的一切后果和相关法律责任。', { indented: true }),
  paragraph('body', `${room}（单位公章）`, { before: 60 }),
  paragraph('body', `${room}法定代表人（签名）：`, { before: 24 }),
  paragraph('body', `${room}日期：`, { before: 12 }),
];
