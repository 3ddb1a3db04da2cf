import { describe, expect, it } from 'vitest';
import { blockersOf } from '../../../machines/blockers.ts';
import type { Asked, Json, Snapshot } from '../../../machines/decision.ts';
import { graphOf } from '../../../machines/derive/graph.ts';
import { lifecycles } from '../../../machines/lifecycles.ts';
import { systemActor } from '../../../functions/store/people.ts';

const asked: Asked = { actor: systemActor, now: '2025-06-01T00:00:00.000Z', policy: 'gx-2025-draft' };
const base = { id: 's-1', crossCutting: [], leadUnit: null, sheets: {}, experts: [], scoreHundredths: 8000, proposal: null, objections: 0, held: false, duplicates: [], repeats: [], gaps: 0, parts: {}, marks: [], findings: [], recoveries: {}, policy: 'gx-2025-draft', due: {}, localFiscalFen: 1, unit: { id: 'u', kind: 'enterprise' } };
const at = (value: Json, context: object = {}, lifecycle: Snapshot['lifecycle'] = 'governmentInvestment'): Snapshot => ({ lifecycle, definition: `${lifecycle}@${lifecycles[lifecycle].version}`, status: 'active', value, context: { ...base, ...context } as unknown as Snapshot['context'] });
const nested = (path: string): Json => path.split('.').reduceRight<Json | undefined>((inner, name) => (inner === undefined ? name : { [name]: inner }), undefined) ?? path;

describe('what keeps a scenario off the list', () => {
  it('is nothing where it only waits for its batch', () => {
    expect(blockersOf(at('awaitingBatch'), asked)).toEqual([]);
  });

  it.each([
    ['a quorum that is not reached', { selection: 'reviewing' }, { sheets: { a: 8000 } }, { command: 'closeReview', rule: 'quorumIsReached', figures: { sheets: 1, quorum: 3 } }],
    ['a score below the line', { selection: 'proposing' }, { scoreHundredths: 5900 }, { command: 'proposeSelection', rule: 'scoreReachesPassLine' }],
    ['a department that has not agreed', { leadUnit: 'confirming' }, { crossCutting: ['levels'], leadUnit: { unit: 'a', departments: ['a', 'b'], agreed: ['a'], refused: [], confirmed: false } }, { command: 'confirmLeadUnit', rule: 'everyDepartmentAgreed', figures: { asked: 2, agreed: 1 } }],
    ['an open objection', 'publicNotice', { objections: 1, noticeOver: true }, { command: 'closeNotice', rule: 'noObjectionIsOpen' }],
    ['a public notice that is not over', 'publicNotice', { due: { publicNotice: '2025-06-05T00:00:00.000Z' } }, { rule: 'noticePeriodIsOver', dueAt: '2025-06-05T00:00:00.000Z' }],
    ['a leader who has not approved', { selection: 'approving' }, { proposal: { by: 'li-ning', outcome: 'select', amountFen: null } }, { command: 'approveSelection', sentence: '处于“遴选意见审批”，请自治区数据局负责人办理“批准入选”' }],
    ['an officer who has proposed the opposite', { selection: 'approving' }, { proposal: { by: 'li-ning', outcome: 'reject', amountFen: null } }, { rule: 'selectionIsProposed' }],
    ['an officer who has not checked', { intake: 'formalCheck' }, {}, { command: 'passFormalCheck', sentence: '处于“形式审查”，请自治区数据局经办人办理“通过形式审查”' }],
    ['a check that the system makes', { intake: 'checking' }, {}, { command: 'finishPreflight', sentence: expect.stringContaining('系统') as string }],
  ] as const)('is %s, with its article and who mends it', (_, value, context, wanted) => {
    const found = blockersOf(at(value as Json, context), asked);
    expect(found[0]).toMatchObject(wanted);
    expect(found.every(({ sentence, article }) => /[一-鿿]/.test(sentence) && article !== '')).toBe(true);
  });

  it('is a hold, wherever it stands', () => {
    expect(blockersOf(at('awaitingBatch', { held: true }), asked)).toMatchObject([{ rule: 'isNotHeld', command: 'resume' }]);
  });

  it.each(['governmentInvestment', 'socialInvestment'] as const)('is known for every leaf of %s before the list', (name) => {
    const { leaves } = graphOf(name, lifecycles[name].version, lifecycles[name].machine);
    const before = leaves.filter(({ path, kind }) => kind !== 'final' && /^(declaration|intake|selection|leadUnit|publicNotice)\b/.test(path)).map(({ path }) => path);
    for (const path of before) expect(blockersOf(at(nested(path), {}, name), asked).length, path).toBeGreaterThan(0);
  });
});
