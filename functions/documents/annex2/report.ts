import { paragraph, paragraphs, type Paragraph } from '../content.ts';
import type { Draft } from '../../../shared/draft.ts';
import type { Annex2 } from '../printed-form.ts';

interface Question {
  readonly key: keyof Annex2['report'];
  readonly words?: string;
  /** What the form asks to be written there; shown until something is. */
  readonly asks: string;
}

const chapters: readonly (readonly [string, readonly Question[]])[] = [
  ['一、数字应用场景建设详情', [
    { key: 'background', words: '1.数字应用场景建设背景。', asks: '包括项目的所属领域，建设必要性，主要用途及重要意义，核心技术来源，知识产权状况等。' },
    { key: 'goals', words: '2.数字应用场景建设目标。', asks: '对场景建设完成内容及目标进行细化。突出场景建设的技术创新性、产业协同性、可推广性等内容。' },
    { key: 'implementation', words: '3.数字应用场景建设实施方案（5000字以内，可配图说明）。', asks: '包括场景建设内容、项目任务分工、建设完成节点及相关量化指标。' },
    { key: 'funding', words: '4.数字应用场景建设资金情况。', asks: '包括场景建设投资估算、场景建设资金来源及资金使用方案。' },
    { key: 'benefits', words: '5.数字应用场景建设经济效益、社会效益分析。', asks: '' },
  ]],
  ['二、数字应用场景建设团队情况', [{ key: 'team', asks: '介绍数字应用场景建设责任人及项目团队情况、研究成果等。' }]],
  ['三、数字应用场景建设技术可行性分析', [
    { key: 'independence', words: '1.数字应用场景建设实施过程中应用的软件、硬件，是否自主研发，是否有独立的知识产权。', asks: '' },
    { key: 'innovation', words: '2.数字应用场景建设的技术创新性及先进性。', asks: '包括技术创新、产品结构创新、生产工艺创新、产品性能及使用效果的显著变化等。' },
  ]],
  ['四、数字应用场景建设的效果', [
    { key: 'results', words: '1.描述可落地应用的场景，应用后所产生的效果或能解决的问题。', asks: '' },
    { key: 'industry', words: '2.技术对产业链的带动作用分析。', asks: '数字应用场景建设是否对制约产业链发展的关键技术进行研发，对整个产业链有促进作用，以及对区域经济产业结构有提升作用等。' },
    { key: 'promotion', words: '3.数字应用场景建设推广情况。', asks: '已取得的典型案例和面向国内外市场的推广情况。并说明其应用亮点、行业优势、成效，如在数据采集、整理、分析、挖掘、展现、应用、服务等环节形成的亮点，在社会治理效率和公共服务水平提高、经营管理方式变革，服务模式和商业模式创新等方面的优势和成效，形成新应用、新服务、新业态等。' },
  ]],
];

/** Part 2: the report under the form's own headings; where nothing is written yet, what the form asks for stands in brackets. */
export function report(form: Draft<Annex2['report']>): Paragraph[] {
  return [
    paragraph('title', '第二部分 广西数字应用场景建设申报报告', { align: 'center', after: 10 }),
    ...chapters.flatMap(([words, questions]) => [paragraph('heading', words, { before: 10 }), ...questions.flatMap((question) => answer(question, form[question.key]))]),
  ];
}

function answer({ words, asks }: Question, text: string | undefined): Paragraph[] {
  const heading = words === undefined ? [] : [paragraph('subheading', words, { before: 6 })];
  if (text) return [...heading, ...paragraphs('body', text, { indented: true })];
  return [...heading, ...(asks === '' ? [paragraph('body', '')] : [paragraph('hint', `【${asks}】`)])];
}
