import type { Reach } from '../define.ts';
import type { Role } from '../../shared/roles.ts';
import type { Leaf } from '../../shared/step.ts';

/** A rule as the derived pages show it: its article or policy, and the Chinese sentence for the person refused. */
export interface RuleWords {
  readonly name: string;
  readonly article: string;
  readonly sentence: string;
}

/** Everything a page says in Chinese, handed to the derivers so that they stay independent of how labels are kept. Each throws for what it does not know. */
export interface Words {
  lifecycle(name: string): string;
  /** The label of a leaf or of a group, without the labels of the groups around it. */
  state(lifecycle: string, path: Leaf): string;
  command(name: string): string;
  role(role: Role): string;
  rule(name: string): RuleWords;
  /** A period of the policy pack with its length: `审核期限（10 个工作日）`. */
  deadline(name: string): string;
}

/** How far a role may reach, as a person reads it. */
export const reachWords: Readonly<Record<Reach, string>> = {
  ownUnit: '本单位',
  handlingAuthority: '本地区或本行业',
  appointed: '受指派',
  provider: '被指明提供数据的部门',
  anyCase: '全区',
};

/** Article and policy references in Chinese: `art. 12(2)` is 第十二条（二）, `policy A-08` is 实施口径 A-08; lists stay lists, English remarks go. */
export function articleWords(reference: string): string {
  return reference
    .replaceAll(/art\. (\d+)((?:\(\d+\))?)/g, (_, article: string, paragraph: string) => `第${numeral(article)}条${paragraph ? `（${numeral(paragraph.slice(1, -1))}）` : ''}`)
    .replaceAll(/ and \((\d+)\)/g, (_, paragraph: string) => `、（${numeral(paragraph)}）`)
    .replaceAll(/annex (\d)/g, '附件$1')
    .replaceAll(' part 3', '第三部分')
    .replaceAll(' letter', '承诺书')
    .replaceAll(/policy requirements \d+(?:\.\d+)?/g, '实施口径')
    .replaceAll('policy ', '实施口径 ')
    .replaceAll(/ \([a-z][a-z -]*\)/g, '')
    .replaceAll(', ', '；');
}

function numeral(figure: string): string {
  const number = Number(figure);
  const digits = ['', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
  const tens = Math.floor(number / 10);
  return `${tens > 1 ? digits[tens] : ''}${tens > 0 ? '十' : ''}${digits[number % 10]}`;
}
