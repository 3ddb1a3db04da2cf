import { strFromU8, unzipSync } from 'fflate';
import { readXlsx } from 'hucre/xlsx';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { evaluatedPhases } from '../../../functions/evaluations/evaluations.ts';
import { graphOf } from '../../../machines/derive/graph.ts';
import { lifecycles } from '../../../machines/lifecycles.ts';
import { Office } from '../../harness/office.ts';
import { requestOf } from '../../harness/small-cloud.ts';
import { accept, finishBuilding } from '../../unit/machines/steps.ts';
import type { Step } from '../../unit/machines/story.ts';
import { textOf } from '../../unit/documents/word-parts.ts';
import { storedScenario } from '../money/stored-story.ts';

let office: Office;
const accepted: readonly Step[] = [['wei-lan', 'waiveAward', { reason: '放弃' }], ...finishBuilding, accept(1_200_000_000)];
const evaluated = (grade: string, actual: string): readonly Step[] => [
  ['wei-lan', 'stateIndicators', { indicators: [{ name: '办件量', measure: '万件', goal: 'atLeast', target: '10', dueOn: '2025-12-31' }] }],
  ['li-ning', 'recordEvaluation', { year: 2025, grade, targetMet: Number(actual) >= 10, summary: '运行平稳。', judgements: [{ name: '办件量', actual, met: Number(actual) >= 10 }] }],
];
const report: Step = ['li-ning', 'reportToGovernment', { documentNo: '桂数报〔2025〕4号', sentOn: '2025-03-10' }];
beforeAll(async () => {
  office = await Office.start('2025-04-11T01:00:00.000Z');
  const { table } = office.cloud;
  await storedScenario(table, 'governmentInvestment', 's-good', [...accepted, ...evaluated('commended', '12.5'), report]);
  await storedScenario(table, 'governmentInvestment', 's-poor', [...accepted, ...evaluated('criticised', '9')]);
  await storedScenario(table, 'governmentInvestment', 's-plain', [...accepted, ...evaluated('ordinary', '10'), report]);
  await storedScenario(table, 'governmentInvestment', 's-none', accepted);
}, 120_000);
afterAll(() => office.cloud.stop());

interface List {
  readonly items: readonly { readonly case: string; readonly grade: string; readonly overdue: boolean; readonly documentNo: string | null; readonly reportDueOn: string }[];
}
/** A Word print's text, and the code on it (`''` where it has none). */
const wordText = (bytes: Uint8Array): string => textOf(strFromU8(unzipSync(bytes)['word/document.xml'] ?? new Uint8Array()));
const codeIn = (bytes: Uint8Array): string => /核验码：([\w-]+)/.exec(wordText(bytes))?.[1] ?? '';
const verified = async (code: string) => {
  const answer = await office.cloud.raw(requestOf(undefined, 'GET', `/verify/${code}`));
  return answer.statusCode === 200 ? (JSON.parse(answer.body ?? '') as Record<string, unknown>) : undefined;
};
const file = async (person: string, path: string) => {
  const answer = await office.cloud.raw(requestOf(person, 'GET', path));
  return { status: answer.statusCode, bytes: Buffer.from(answer.body ?? '', 'base64') };
};

describe('the evaluations of a year (R-031)', () => {
  it('are looked for in every phase that the chart leads to from an evaluation', () => {
    const { edges } = graphOf('governmentInvestment', lifecycles.governmentInvestment.version, lifecycles.governmentInvestment.machine);
    const reached = new Set(['evaluation']);
    const phaseOf = (leaf: string) => leaf.split('.')[0] ?? leaf;
    for (let before = 0; before < reached.size; ) {
      before = reached.size;
      for (const { from, to } of edges) if (reached.has(phaseOf(from))) reached.add(phaseOf(to));
    }
    expect([...reached].toSorted()).toEqual([...evaluatedPhases].toSorted());
  });

  it('are listed for the Bureau with what was reported and what is late, by grade where asked, and for nobody else', async () => {
    const { body } = await office.cloud.send<List>('li-ning', 'GET', '/evaluations?year=2025');
    expect(body.items.toSorted((a, b) => a.case.localeCompare(b.case))).toMatchObject([
      { case: 's-good', grade: 'commended', overdue: false, documentNo: '桂数报〔2025〕4号' },
      { case: 's-plain', grade: 'ordinary', overdue: false },
      { case: 's-poor', grade: 'criticised', overdue: true, documentNo: null, reportDueOn: '2025-03-24', targetMet: false, indicators: [{ name: '办件量', actual: '9', met: false }] },
    ]);
    expect((await office.cloud.send<List>('li-ning', 'GET', '/evaluations?year=2025&grade=commended')).body.items.map((row) => row.case)).toEqual(['s-good']);
    expect((await office.cloud.send<List>('li-ning', 'GET', '/evaluations?year=2026')).body.items).toEqual([]);
    expect((await office.cloud.send('li-ning', 'GET', '/evaluations?grade=best')).status).toBe(400);
    for (const person of ['wei-lan', 'lu-fang', 'expert-chen']) expect((await office.cloud.send(person, 'GET', '/evaluations')).status, person).toBe(403);
  });

  it('go to the regional government as a report in Word and PDF, and as a workbook', async () => {
    expect((await file('liang-shan', '/evaluations.docx?year=2025')).bytes.subarray(0, 2).toString()).toBe('PK');
    expect((await file('liang-shan', '/evaluations.pdf?year=2025')).bytes.subarray(0, 5).toString()).toBe('%PDF-');
    const book = await readXlsx((await file('liang-shan', '/evaluations.xlsx?year=2025')).bytes);
    expect(book.sheets[0]?.rows.slice(2).map((row) => [row[1], row[3], row[8]]).toSorted()).toEqual([['s-good', '表扬', '桂数报〔2025〕4号'], ['s-plain', '一般', '桂数报〔2025〕4号'], ['s-poor', '通报', '逾期未报']]);
    expect((await file('wei-lan', '/evaluations.pdf?year=2025')).status).toBe(403);
  });

  it('carries a code that anybody can check; a later print of other contents says that there is a newer one', async () => {
    const first = codeIn((await file('li-ning', '/evaluations.docx?year=2025')).bytes);
    expect(first).toMatch(/^evaluations-2025-3-[0-9a-f]{16}$/);
    expect(codeIn((await file('liang-shan', '/evaluations.docx?year=2025')).bytes)).toBe(first);
    expect(await verified(first)).toMatchObject({ form: 'evaluations', title: '广西数字应用场景成效评估报告（2025年度）', scenario: '3个场景', version: 3, latest: true, unchanged: true });
    expect(await verified(`${first.slice(0, -1)}${first.endsWith('0') ? '1' : '0'}`)).toBeUndefined();
    const commended = codeIn((await file('li-ning', '/evaluations.docx?year=2025&grade=commended')).bytes);
    expect(await verified(commended)).toMatchObject({ scenario: '1个场景', latest: true });
    await office.does('li-ning', '/scenarios/s-poor', 'reportToGovernment', { documentNo: '桂数报〔2025〕9号', sentOn: '2025-04-11' });
    expect(await verified(first)).toMatchObject({ latest: true });
    const second = codeIn((await file('li-ning', '/evaluations.docx?year=2025')).bytes);
    expect([second === first, await verified(first), await verified(second)]).toMatchObject([false, { latest: false, unchanged: false }, { latest: true }]);
    expect(codeIn((await file('li-ning', '/evaluations.docx?year=2026')).bytes)).toBe('');
  });

  it('R-032, R-033: commends and criticises by a letter of its own; who is ordinary, or was not evaluated, gets none', async () => {
    for (const id of ['s-good', 's-poor']) for (const [format, head] of [['docx', 'PK'], ['pdf', '%PDF']] as const) expect((await file('wei-lan', `/scenarios/${id}/evaluation-notices/2025.${format}`)).bytes.toString('latin1')).toMatch(new RegExp(`^${head}`));
    for (const path of ['s-plain/evaluation-notices/2025.pdf', 's-good/evaluation-notices/2026.pdf', 's-none/evaluation-notices/2025.pdf', 's-good/evaluation-notices/x']) expect((await file('li-ning', `/scenarios/${path}`)).status, path).toBe(404);
  });
});

describe('the letters of a recovery (R-041)', () => {
  it('are printed as soon as they are due, for the unit as well, in Word and PDF', async () => {
    const path = await storedScenario(office.cloud.table, 'governmentInvestment', 's-letters');
    await office.cloud.settle({ lost: true });
    await office.does('li-ning', path, 'proposeAward', { amountFen: 100_000_000, reason: '核定' });
    await office.does('liang-shan', path, 'approveAward');
    await office.pays(path, 50_000_000, '2025-04-11');
    await office.does('liang-shan', path, 'orderRecovery', { amountFen: 50_000_000, reason: '挪用' });
    await office.cloud.settle();
    const recovery = '/recoveries/s-letters-R1';
    const letters = async (person: string) => (await office.cloud.send<{ readonly items: readonly { readonly name: string }[] }>(person, 'GET', `${recovery}/documents`)).body.items?.map(({ name }) => name);
    expect(await letters('wei-lan')).toEqual([]);
    expect((await file('wei-lan', `${recovery}/documents/notice.pdf`)).status).toBe(404);
    await office.does('li-ning', recovery, 'issueNotice', { documentNo: '桂数函〔2025〕1号', reason: '挪用奖励资金' });
    await office.does('wei-lan', recovery, 'fileStatement', { statement: '无异议' });
    await office.does('li-ning', recovery, 'proposeRecovery', { amountFen: 50_000_000, reason: '收回' });
    await office.does('liang-shan', recovery, 'approveRecovery', { documentNo: '桂数决〔2025〕1号' });
    await office.does('li-ning', recovery, 'issueDemand', { documentNo: '桂数函〔2025〕2号', dueOn: '2025-05-31' });
    expect(await letters('wei-lan')).toEqual(['notice.docx', 'notice.pdf', 'decision.docx', 'decision.pdf', 'demand.docx', 'demand.pdf']);
    expect(await letters('qin-hai')).toBeUndefined();
    for (const name of ['notice', 'decision', 'demand']) {
      expect((await file('wei-lan', `${recovery}/documents/${name}.pdf`)).bytes.subarray(0, 5).toString(), name).toBe('%PDF-');
      expect((await file('li-ning', `${recovery}/documents/${name}.docx`)).bytes.subarray(0, 2).toString(), name).toBe('PK');
    }
    expect((await file('qin-hai', `${recovery}/documents/notice.pdf`)).status).toBe(404);
    const letter = async (name: string) => { const { bytes } = await file('wei-lan', `${recovery}/documents/${name}.docx`); return { code: codeIn(bytes), text: wordText(bytes) }; };
    const [notice, demand] = [await letter('notice'), await letter('demand')];
    expect([notice.text, (await letter('decision')).text, demand.text].map((text) => /桂数.〔2025〕\d号/.exec(text)?.[0])).toEqual(['桂数函〔2025〕1号', '桂数决〔2025〕1号', '桂数函〔2025〕2号']);
    expect([notice.text.includes('500,000.00元。'), demand.text.includes('分2期')]).toEqual([true, false]);
    expect(await verified(notice.code)).toMatchObject({ form: 'recoveryNotice', title: '资金收回告知书', case: 's-letters-R1', latest: false, unchanged: true });
    await office.does('li-ning', recovery, 'proposeInstalments', { instalments: [{ dueOn: '2025-05-31', amountFen: 20_000_000 }, { dueOn: '2025-08-31', amountFen: 30_000_000 }], reason: '分期缴回' });
    expect((await letter('demand')).code).toBe(demand.code);
    await office.does('liang-shan', recovery, 'approveInstalments');
    const anew = await letter('demand');
    expect([anew.code === demand.code, anew.text.includes('第2期2025年8月31日前300,000.00元')]).toEqual([false, true]);
    expect([await verified(demand.code), await verified(anew.code)]).toMatchObject([{ form: 'recoveryDemand', unchanged: false }, { unchanged: true, latest: true }]);
    expect((await letter('notice')).code).toBe(notice.code);
  }, 60_000);
});
