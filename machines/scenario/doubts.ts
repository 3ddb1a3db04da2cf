import { valueAt } from '../../shared/pointers.ts';

/** Something in a form that forbids nothing but wants a second look: where, under which rule, and what to look at. */
export interface Doubt {
  readonly pointer: string;
  readonly article: string;
  readonly sentence: string;
}

interface Test extends Doubt {
  readonly arises: (form: unknown) => boolean;
}

const text = (form: unknown, pointer: string): string => {
  const value = valueAt(form, pointer);
  return typeof value === 'string' ? value.trim() : '';
};

const both = (form: unknown, one: string, other: string): boolean => text(form, one) !== '' && text(form, other) !== '' && text(form, one) !== text(form, other);
const hasNoNumber = (form: unknown, pointer: string): boolean => text(form, pointer) !== '' && !/[\d０-９一二三四五六七八九十百千万亿]/u.test(text(form, pointer));
const isOutsideDecade = (month: string): boolean => month !== '' && !/^202\d-/.test(month);
const setOf = (form: unknown, pointer: string): string => JSON.stringify([...((valueAt(form, pointer) as readonly string[] | undefined) ?? [])].toSorted());

/** Whether an answer about other funding says that there was none: 「无」 in the words people use; whoever names an amount had something. */
export const saysNone = (words: string): boolean => /^(无|均无|没有|不涉及)|未曾?(申请|申报|获得|享受)/.test(words) && !/元/.test(words);

const tests: readonly Test[] = [
  {
    pointer: '/annex2/plan/goals',
    article: 'annex 2, policy R-077',
    sentence: '建设目标须有量化指标，现在没有写出任何数字',
    arises: (form) => hasNoNumber(form, '/annex2/plan/goals'),
  },
  {
    pointer: '/annex2/plan/operation',
    article: 'annex 2, policy R-077',
    sentence: '应用效果须有量化指标，现在没有写出任何数字',
    arises: (form) => hasNoNumber(form, '/annex2/plan/operation'),
  },
  {
    pointer: '/annex2/basic/sameKindFunding',
    article: 'annex 2, policy R-076, A-14',
    sentence: '近两年有同类财政资金支持：请评审时注意是否重复支持（仅提示，不影响申报）',
    arises: (form) => text(form, '/annex2/basic/sameKindFunding') !== '' && !saysNone(text(form, '/annex2/basic/sameKindFunding')),
  },
  {
    pointer: '/annex2/basic/period',
    article: 'annex 2, policy A-32',
    sentence: '建设周期不在2020年代，请核对年份',
    arises: (form) => ['from', 'to'].some((end) => isOutsideDecade(text(form, `/annex2/basic/period/${end}`))),
  },
  {
    pointer: '/annex2/basic/constructUnit',
    article: 'annex 2',
    sentence: '建设主体单位与系统登记的名称不一致，请核对',
    arises: (form) => both(form, '/annex2/basic/constructUnit', '/system/constructUnit/name'),
  },
  {
    pointer: '/annex2/cover/name',
    article: 'annex 2',
    sentence: '封面的场景名称与系统登记的名称不一致，请核对',
    arises: (form) => both(form, '/annex2/cover/name', '/system/name'),
  },
  {
    pointer: '/annex2/cover/directions',
    article: 'art. 6, annex 2',
    sentence: '封面的申报方向与系统登记的方向不一致，请核对',
    arises: (form) => valueAt(form, '/annex2/cover/directions') !== undefined && setOf(form, '/annex2/cover/directions') !== setOf(form, '/system/directions'),
  },
];

/** What in a form wants a second look by whoever files or checks it; pure, of forms in any state of filling. */
export function doubtsIn(form: unknown): readonly Doubt[] {
  return tests.filter(({ arises }) => arises(form)).map(({ pointer, article, sentence }) => ({ pointer, article, sentence }));
}
