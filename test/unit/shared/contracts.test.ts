import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { governmentForm } from '../../../shared/contracts/annex1.ts';
import { socialForm } from '../../../shared/contracts/annex2.ts';
import { annex2Counts } from '../../../shared/contracts/annex2-counts.ts';
import { missingParts, requiredParts } from '../../../shared/contracts/attachments.ts';
import { commandArgs, type CommandType } from '../../../shared/contracts/commands.ts';
import { parse } from '../../../shared/contracts/parse.ts';
import { countCharacters } from '../../../shared/contracts/text.ts';
import { governmentFormFixture, socialFormFixture } from '../../fixtures/forms.ts';

type Loose = Record<string, unknown>;

/** A copy of a form with the value at a pointer replaced. */
function changed(form: unknown, pointer: string, value: unknown): unknown {
  const copy = structuredClone(form) as Loose;
  const keys = pointer.slice(1).split('/');
  const last = keys.pop() ?? '';
  const inner = keys.reduce((at, key) => at[key] as Loose, copy);
  inner[last] = value;
  return copy;
}

const errorsOf = (form: unknown, schema: typeof socialForm | typeof governmentForm = socialForm) => {
  const parsed = parse(schema, form);
  return parsed.ok ? [] : parsed.errors.map(({ pointer, detail }) => `${pointer} ${detail}`);
};

describe('counting 字', () => {
  it('leaves white space out, counts code points, and composes first', () => expect([countCharacters('中 国\n'), countCharacters('𠀀𠀁'), countCharacters('e\u0301'), countCharacters('5G专网')]).toEqual([2, 2, 1, 4]));
  it('leaves out what Chinese keyboards type as space, and counts digits, letters and signs one by one', () => expect([countCharacters('\u3000\u00a0\t中\r\n'), countCharacters('2025年，5G！'), countCharacters('👨‍👩‍👧')]).toEqual([1, 9, 5]));
  it('counts the limited texts of a form, whole or not, as the limits do', () => {
    const counts = (form: unknown) => annex2Counts(form).map(({ count, limit }) => [count, limit]);
    expect(counts({})).toEqual([[0, 300], [0, 500], [0, 100], [0, 5000]]);
    expect(counts({ annex2: { necessity: ' 中 国 ', plan: { goals: '甲e', content: '\u0301乙' }, report: { implementation: '图\n见附件' } } })).toEqual([[2, 300], [4, 500], [0, 100], [4, 5000]]);
    expect(counts({ annex2: null })).toEqual(counts(undefined));
  });
});

describe('annex 1', () => {
  it('takes the regulation\'s own example with all 12 columns', () => expect(errorsOf(governmentFormFixture(), governmentForm)).toEqual([]));
  it.each(['seqNo', 'demandName', 'demandTypes', 'demandContent', 'applicationName', 'planningBasis', 'projectType', 'architecture', 'smallEntryScenarios', 'responsibleUnit', 'reformProject', 'reformTasks'])('needs column %s', (column) =>
    expect(errorsOf(changed(governmentFormFixture(), `/annex1/${column}`, undefined), governmentForm)).toEqual([`/annex1/${column} 必填`]));
  it('names unknown members', () => expect(errorsOf(changed(governmentFormFixture(), '/annex1/colour', 1), governmentForm)).toEqual(['/annex1/colour 没有“colour”这一项，请删除或改正名称']));
  it('wants IRS resources or the reason for none, and a reason for products without assessment', () => {
    expect(errorsOf(governmentFormFixture({ irsResources: [] }), governmentForm)[0]).toMatch('第十条');
    expect(errorsOf(governmentFormFixture({ irsResources: [], irsReason: '无可用组件' }), governmentForm)).toEqual([]);
    expect(errorsOf(governmentFormFixture({ assessedProducts: false }), governmentForm)).toEqual(['/system/technologyReason 未选用经安全测评、信创的产品，请说明理由（办法第九条）']);
  });
  it('takes no secret scenario', () => expect(errorsOf(governmentFormFixture({ nonSecret: false }), governmentForm)[0]).toMatch('涉密场景不得申报'));
});

describe('annex 2', () => {
  const text = (count: number) => '字'.repeat(count);

  it('takes the fixture', () => expect(errorsOf(socialFormFixture())).toEqual([]));
  it.each([['/annex2/necessity', 300], ['/annex2/benefits', 100], ['/annex2/report/implementation', 5000]])('%s takes %i 字 and not one more', (pointer, limit) => {
    expect(errorsOf(changed(socialFormFixture(), pointer, text(limit)))).toEqual([]);
    expect(errorsOf(changed(socialFormFixture(), pointer, text(limit + 1)))).toEqual([`${pointer} 最多${limit}字，现有${limit + 1}字`]);
  });
  it('blames the blanks of a text only where they are too many', () => {
    const said = (value: string) => errorsOf(changed(socialFormFixture(), '/annex2/benefits', value));
    expect(said(text(601))).toEqual(['/annex2/benefits 最多100字，现有601字']);
    expect(said(`${text(100)}${' '.repeat(501)}`)).toEqual(['/annex2/benefits 空白过多，请删除多余的空格和换行']);
  });
  it('names the format of a telephone number', () => expect(errorsOf(changed(socialFormFixture(), '/annex2/cover/phone', '无'))).toEqual(['/annex2/cover/phone 联系电话格式不正确，请填写5到20位数字，可含空格、+和-，如 0771-5550101']));
  it('takes 500 字 over the five headings of the plan together', () => {
    const plan = (count: number) => ({ goals: text(100), content: text(100), innovation: text(100), technology: text(100), operation: text(count) });
    expect(errorsOf(changed(socialFormFixture(), '/annex2/plan', plan(100)))).toEqual([]);
    expect(errorsOf(changed(socialFormFixture(), '/annex2/plan', plan(101)))).toEqual(['/annex2/plan 建设方案五项合计最多500字，现有501字']);
  });
  it.each(['new', 'underConstruction'])('takes no scenario that is %s, citing the article', (progress) => expect(errorsOf(changed(socialFormFixture(), '/annex2/basic/progress', progress))[0]).toMatch('第十三条'));
  it('asks for the stage where none was chosen', () => expect(errorsOf(changed(socialFormFixture(), '/system/stage', undefined))).toEqual(['/system/stage 必填']));
  it('takes no proposed scenario', () => expect(errorsOf(socialFormFixture({ stage: 'proposed' }))[0]).toMatch('第十三条'));
  it('wants the same name on the cover', () => expect(errorsOf(changed(socialFormFixture(), '/annex2/cover/name', '别名'))).toEqual(['/annex2/basic/name 场景名称须与封面一致']));
  it('wants the other field named', () => expect(errorsOf(changed(socialFormFixture(), '/annex2/basic/technicalFields', ['other']))).toEqual(['/annex2/basic/otherTechnicalField 选了“其他”，请写明技术领域']));
  it('wants a period that ends after it begins', () => expect(errorsOf(changed(socialFormFixture(), '/annex2/basic/period', { from: '2025-02', to: '2025-01' }))).toEqual(['/annex2/basic/period/to 建设周期的结束不能早于开始']));
  it('wants the two-year statement answered', () => expect(errorsOf(changed(socialFormFixture(), '/annex2/basic/sameKindFunding', ' '))).toEqual(['/annex2/basic/sameKindFunding 不能为空']));
  it('wants a seal', () => expect(errorsOf(changed(socialFormFixture(), '/annex2/opinion/sealed', false))).toEqual(['/annex2/opinion/sealed 须加盖单位公章']));
});

describe('attachments of part 3', () => {
  it('are eight parts in six classes for a company', () => expect(requiredParts('enterprise').flat()).toHaveLength(8));
  it('need one certificate that fits the kind of unit', () => {
    const others = requiredParts('enterprise').flat().filter((part) => part !== 'businessLicence');
    expect(missingParts('socialOrganisation', [...others, 'businessLicence'])).toEqual(['associationCertificate']);
    expect(missingParts('research', [...others, 'businessLicence'])).toEqual([]);
  });
});

describe('the arguments of every command', () => {
  const commands = Object.keys(commandArgs) as CommandType[];
  it.each(commands)('%s names an unknown member', (command) => {
    const parsed = parse(commandArgs[command], { surprise: 1 });
    expect(parsed.ok ? [] : parsed.errors.map((error) => error.pointer)).toContain('/surprise');
  });
  it('any JSON gives an answer with Chinese messages and pointers', () => {
    fc.assert(fc.property(fc.constantFrom(...commands), fc.jsonValue(), (command, value) => {
      const parsed = parse(commandArgs[command], value);
      return parsed.ok || parsed.errors.every((error) => /[一-鿿]/.test(error.detail) && (error.pointer === '' || error.pointer.startsWith('/')));
    }), { numRuns: 500 });
  });
  it.each([['proposeAward', { amountFen: 0.5, reason: 'x' }], ['proposeAward', { amountFen: -1, reason: 'x' }], ['proposeAward', { amountFen: '1', reason: 'x' }], ['proposeAward', { amountFen: 2 ** 53, reason: 'x' }], ['submitSheet', { scores: { majorTask: 101 }, comment: 'x', conflictFree: true }], ['submitSheet', { scores: {}, comment: 'x', conflictFree: false }], ['registerIrs', { appCode: 'A', registeredOn: '2025-02-30' }], ['withdraw', { reason: '\ud800' }]] as const)('%s refuses %j', (command, args) => expect(parse(commandArgs[command], args).ok).toBe(false));
});
