import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { begin } from '../../../machines/begin.ts';
import { decide } from '../../../machines/decide.ts';
import type { Json, Snapshot } from '../../../machines/decision.ts';
import { formalCheck } from '../../../machines/formal-check.ts';
import { doubtsIn } from '../../../machines/scenario/doubts.ts';
import { attachmentPartNames, requiredParts } from '../../../shared/contracts/attachments.ts';
import { changedPointers, withValueAt } from '../../../shared/pointers.ts';
import { governmentPages } from '../../../web/filing/government.ts';
import { socialPages } from '../../../web/filing/social.ts';
import { governmentFormFixture, socialFormFixture } from '../../fixtures/forms.ts';
import { by, policy } from './story.ts';

const now = '2025-03-10T02:00:00.000Z';
const classes = {
  governmentInvestment: { person: 'wei-lan', form: governmentFormFixture() as unknown as Json, handler: 'nanning-data' },
  socialInvestment: { person: 'qin-hai', form: socialFormFixture() as unknown as Json, handler: 'liuzhou-data' },
} as const;
type Class = keyof typeof classes;

function draft(funding: Class, form: Json, parts: readonly string[]): Snapshot {
  const opened = begin(funding, { id: 's-1', form }, { actor: by(classes[funding].person), now, policy });
  if (!opened.ok) throw new Error(opened.detail);
  return { ...opened.snapshot, context: { ...opened.snapshot.context, parts: Object.fromEntries(parts.map((part) => [part, 1])) } };
}

const check = (funding: Class, form: Json, parts: readonly string[]) => formalCheck(draft(funding, form, parts), form, { actor: by(classes[funding].person), now, policy });

function isAccepted(funding: Class, form: Json, parts: readonly string[]): boolean {
  const { person, handler } = classes[funding];
  const organisations = { [handler]: { id: handler, name: handler, kind: 'government', office: 'city', division: funding === 'governmentInvestment' ? '450100' : '450200' } };
  return decide(draft(funding, form, parts), { type: 'submit', args: { handler } }, { actor: by(person), now, policy, facts: { organisations } }).ok;
}

const allParts = requiredParts('enterprise').map(([part]) => part ?? '');

describe('the formal check (R-017, R-067, R-074)', () => {
  it.each(Object.keys(classes) as Class[])('finds nothing to mend in a complete filing: %s', (funding) => {
    expect(check(funding, classes[funding].form, allParts).filter(({ weight }) => weight === 'mustMend')).toEqual([]);
    expect(isAccepted(funding, classes[funding].form, allParts)).toBe(true);
  });

  it('names the field, the article and what to do', () => {
    const form = withValueAt(classes.socialInvestment.form, '/annex2/benefits', '字'.repeat(101)) as Json;
    expect(check('socialInvestment', form, allParts)).toContainEqual({ weight: 'mustMend', kind: 'field', pointer: '/annex2/benefits', article: 'art. 14(2), annex 2', sentence: '最多100字，现有101字' });
  });

  it.each(Object.keys(classes) as Class[])('asks for everything that is missing by its name in the form, on a basis of its own: %s', (funding) => {
    const [pages, annex] = funding === 'governmentInvestment' ? [governmentPages, { annex1: {} }] : [socialPages, { annex2: { cover: {}, basic: { period: {} }, plan: {}, opinion: {}, report: {} } }];
    const empty = check(funding, { system: { contact: {} }, ...annex }, allParts).filter(({ kind }) => kind === 'field');
    const asked = empty.filter(({ sentence }) => /^请(填写|选择)“/.test(sentence));
    expect(empty.filter(({ sentence, article }) => /^(必填|不能为空)$/.test(sentence) || article.includes('requirements 0'))).toEqual([]);
    for (const { pointer, sentence } of asked) {
      const labels = [...pages, ...governmentPages].flatMap(({ fields }) => fields).filter((field) => field.pointer === pointer).map(({ kind, label }) => `请${['one', 'many', 'division'].includes(kind) ? '选择' : '填写'}“${label}”`);
      if (labels.length > 0) expect(labels).toContain(sentence);
    }
    expect(asked.length).toBeGreaterThan(15);
    expect(asked.map(({ sentence }) => sentence)).toContain('请选择“建设阶段”');
  });

  it('asks for a section or a member of a list by the nearest name', () => {
    const form = withValueAt(classes.governmentInvestment.form, '/annex1/reformTasks', [{ option: 'dataSharing' }]) as Json;
    expect([...check('governmentInvestment', form, []), ...check('socialInvestment', { system: {} }, allParts)].map(({ pointer, sentence }) => [pointer, sentence])).toEqual(
      expect.arrayContaining([['/annex1/reformTasks/0/text', '请填写“12 改革任务”'], ['/annex2', '请填写“附件2 申报书”'], ['/system/contact', '请填写“项目负责人和联系电话”']]),
    );
  });

  it('names each attachment that is missing (R-067)', () => {
    const missing = check('socialInvestment', classes.socialInvestment.form, allParts.filter((part) => part !== 'auditReport')).filter(({ kind }) => kind === 'attachment');
    expect(missing).toEqual([{ weight: 'mustMend', kind: 'attachment', pointer: '/attachments/auditReport', article: 'annex 2 part 3, policy R-067', sentence: '缺少会计师事务所审计的上一年年度财务报告，请上传' }]);
  });

  it('tells of another filing of the same scenario, which hinders no submission but the passing (A-41)', () => {
    const { form } = classes.socialInvestment;
    const twins = formalCheck(draft('socialInvestment', form, allParts), form, { actor: by('qin-hai'), now, policy }, { duplicates: ['s-2'] }).filter(({ kind }) => kind === 'rule');
    expect(twins).toMatchObject([{ weight: 'lookAgain', article: 'policy A-41', figures: { duplicates: ['s-2'] } }]);
  });

  it('names the rule that stands in the way of the filing as a whole (R-044)', () => {
    const form = withValueAt(classes.socialInvestment.form, '/system/stage', 'proposed') as Json;
    expect(check('socialInvestment', form, allParts).filter(({ kind }) => kind === 'rule')).toMatchObject([{ article: 'art. 13', pointer: '' }]);
  });

  it.each(Object.keys(classes) as Class[])('is ready exactly when the same filing is accepted, whatever is missing: %s', (funding) => {
    const { form } = classes[funding];
    const places = fc.subarray(changedPointers({}, form).flatMap((top) => changedPointers({}, (form as Record<string, unknown>)[top.slice(1)]).map((inner) => `${top}${inner}`)), { maxLength: 2 });
    const parts = funding === 'socialInvestment' ? fc.subarray([...attachmentPartNames], { minLength: attachmentPartNames.length - 2 }) : fc.constant([]);
    const fiscal = fc.constantFrom(undefined, 0, 5_000_000);
    fc.assert(
      fc.property(places, parts, fiscal, (gone, present, localFiscalFen) => {
        const mutilated = gone.reduce<unknown>((left, pointer) => withValueAt(left, pointer, undefined), localFiscalFen === undefined ? form : withValueAt(form, '/system/localFiscalFen', localFiscalFen)) as Json;
        const ready = check(funding, mutilated, present).every(({ weight }) => weight !== 'mustMend');
        return ready === isAccepted(funding, mutilated, present);
      }),
      { numRuns: 200 },
    );
  });
});

describe('what wants a second look', () => {
  const { form } = classes.socialInvestment;
  const doubts = (pointer: string, value: unknown): string[] => doubtsIn(withValueAt(form, pointer, value)).map((doubt) => doubt.pointer);

  it('is nothing in a careful form', () => expect(doubtsIn(form)).toEqual([]));
  it('is a target without a number (R-077)', () => expect(doubts('/annex2/plan/goals', '明显提升效率')).toEqual(['/annex2/plan/goals']));
  it('is no number in Chinese either', () => expect(doubts('/annex2/plan/goals', '效率提升三成')).toEqual([]));
  it('is same-kind funding that was had (R-076)', () => expect([doubts('/annex2/basic/sameKindFunding', '2024年获得50万元'), doubts('/annex2/basic/sameKindFunding', '无。')]).toEqual([['/annex2/basic/sameKindFunding'], []]));
  it('is a period outside the decade of the form (A-32)', () => expect(doubts('/annex2/basic/period', { from: '2019-12', to: '2024-12' })).toEqual(['/annex2/basic/period']));
  it('is a unit or a direction that stands differently in two places', () => {
    expect([doubts('/annex2/basic/constructUnit', '另一家公司'), doubts('/annex2/cover/directions', ['digitalSociety'])]).toEqual([['/annex2/basic/constructUnit'], ['/annex2/cover/directions']]);
  });
  it('never stumbles over a form in any state of filling', () => {
    fc.assert(fc.property(fc.jsonValue(), (any) => Array.isArray(doubtsIn(any))));
  });
});

describe('an audited report (R-070)', () => {
  const { form } = classes.socialInvestment;
  const looked = (audited: readonly (number | undefined)[]) =>
    formalCheck(draft('socialInvestment', form, allParts), form, { actor: by('qin-hai'), now, policy }, { audited }).filter(({ kind }) => kind === 'attachment');

  it('of the year before the filing needs no second look', () => expect(looked([2023, 2024])).toEqual([]));
  it('of another year, or of none that was named, wants one and forbids nothing', () => {
    expect([looked([2023])[0]?.sentence, looked([undefined])[0]?.sentence]).toEqual([
      '审计报告应为上一年（2024年）的年度财务报告，请核对；该年度审计尚未完成的请在备注中说明',
      '审计报告没有注明年度：应为上一年（2024年）的年度财务报告，请在上传时注明',
    ]);
    expect(looked([2023])[0]?.weight).toBe('lookAgain');
  });
});

describe('a period of building', () => {
  it('ends by the month of the filing: the scenario is built (R-044)', () => {
    const form = withValueAt(classes.socialInvestment.form, '/annex2/basic/period/to', '2025-04') as Json;
    expect(check('socialInvestment', form, allParts)).toContainEqual(expect.objectContaining({ pointer: '/annex2/basic/period/to', sentence: '场景已建成：建设周期的结束不能晚于报送的月份（办法第十三条）' }));
  });
});
