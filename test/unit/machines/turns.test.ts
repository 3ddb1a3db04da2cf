import { describe, expect, it } from 'vitest';
import { begin } from '../../../machines/begin.ts';
import { decide } from '../../../machines/decide.ts';
import { offers } from '../../../machines/offers.ts';
import { accept, approveProject, award, attachment, enterpriseParts, finishBuilding, governmentFiling, intoLibrary, leadUnitSteps, pay, paying, publish, review, selectionDecision, sheets, socialFiling, socialToPool, toPool } from './steps.ts';
import { by, government, opened, policy, social } from './story.ts';

const returned = { reason: '请修改', items: [{ pointer: '/system/name', reason: '名称过长' }, { pointer: '/attachments/projectApproval', reason: '不清晰' }] };

describe('a filing that is returned', () => {
  const story = () => government().all([...governmentFiling, ['li-ning', 'returnForCorrection', returned]]);
  const renamed = (name: string, more: Record<string, unknown> = {}) => {
    const form = government({ name, ...more }).form as unknown;
    return { form };
  };

  it('lets only the marked fields change', () => {
    expect(story().refused('wei-lan', 'saveForm', renamed('数智大市场', { division: '450102' }))).toMatchObject({ rule: 'onlyMarkedPartsChanged', figures: { unmarked: ['/system/division'] } });
    expect(story().ask('wei-lan', 'saveForm', renamed('数智市场')).ok).toBe(true);
  });

  it('lets only the marked attachments change, evidence aside', () => {
    const social_ = social().all([...socialFiling, ['li-ning', 'returnForCorrection', { ...returned, items: [{ pointer: '/attachments/auditReport', reason: '缺页' }] }]]);
    expect(social_.ask(...attachment('auditReport')).ok).toBe(true);
    expect(social_.refused(...attachment('fundingProof')).rule).toBe('attachmentIsMarked');
  });

  it('can be marked only at a place that its form or its attachments have', () => {
    const wrong = ['/nonsense/x', '/', '/annex2/plan', '/system/__proto__', '/annex1/demandTypes/x', '/attachments', '/attachments/noSuch', '/attachments/auditReport/x'];
    const items = ['/annex1/reformTasks/0/text', '/system/contact', ...wrong].map((pointer) => ({ pointer, reason: '请修改' }));
    expect(government().all(governmentFiling).refused('li-ning', 'returnForCorrection', { reason: '请修改', items })).toMatchObject({ rule: 'marksArePlaces', figures: { nowhere: wrong } });
    expect(government().all(toPool).refused('wei-lan', 'requestChange', { reason: '请修改', items: [{ pointer: '/annex1/noSuch', reason: '变更' }] }).rule).toBe('marksArePlaces');
  });

  it('is replayed as it was marked, though such a mark would be refused now', () => {
    const marked = { type: 'returnForCorrection', args: { reason: '请修改', items: [{ pointer: '/nonsense/x', reason: '请修改' }] } } as const;
    const { snapshot } = government().all(governmentFiling);
    expect(decide(snapshot, marked, { actor: by('li-ning'), now: '2025-03-10T02:00:00.000Z', policy, facts: { recorded: true } })).toMatchObject({ ok: true, snapshot: { context: { marks: ['/nonsense/x'] } } });
  });

  it('lets a list change where one of its items is marked', () => {
    const marked = government().all([...governmentFiling, ['li-ning', 'returnForCorrection', { reason: '请修改', items: [{ pointer: '/system/irsResources/0', reason: '请核对' }] }]]);
    expect(marked.ask('wei-lan', 'saveForm', renamed('数智大市场', { irsResources: ['电子证照'] })).ok).toBe(true);
  });

  it('is checked again after it comes back, and its marks are gone', () => {
    const again = story().does('wei-lan', 'saveForm', renamed('数智市场')).does('wei-lan', 'resubmit');
    expect([again.leaves, again.context.marks, again.context.returns, again.context.name]).toEqual([['intake.checking'], [], 1, '数智市场']);
  });

  it('is refused while something is missing, with the figures', () => {
    const draft = social();
    enterpriseParts.slice(1).forEach((part) => draft.does(...attachment(part)));
    expect(draft.refused('qin-hai', 'submit', { handler: 'gx-industry' })).toMatchObject({ rule: 'attachmentsAreComplete', figures: { missing: ['legalRepresentativeId'] } });
  });

  it('cannot go on while another filing of the same scenario is open', () => {
    const twice = government().all([...governmentFiling.slice(0, 3), ['system', 'finishPreflight', { gaps: 0, duplicates: ['GX-2025-0009'], similar: [] }]]);
    expect(twice.refused('li-ning', 'passFormalCheck')).toMatchObject({ rule: 'noOpenDuplicate', figures: { duplicates: ['GX-2025-0009'] } });
    expect(twice.does('li-ning', 'rejectFiling', { reason: '重复申报' }).leaves).toEqual(['rejected']);
  });
});

describe('who may open a case', () => {
  const asked = (id: string) => ({ actor: by(id), now: '2025-03-10T02:00:00.000Z', policy });
  it('a government body cannot file a social scenario', () => {
    const actor = { ...by('wei-lan'), org: { ...by('wei-lan').org, kind: 'government' as const } };
    expect(begin('socialInvestment', { id: 'X', form: {} }, { ...asked('wei-lan'), actor })).toMatchObject({ ok: false, problem: 'not-allowed', article: 'art. 14(2)' });
  });
  it('an officer cannot file', () => expect(begin('governmentInvestment', { id: 'X', form: {} }, asked('li-ning'))).toMatchObject({ problem: 'not-allowed' }));
  it('a form with unknown fields is refused by name', () =>
    expect(begin('governmentInvestment', { id: 'X', form: { system: { colour: 1 } } }, asked('wei-lan'))).toMatchObject({ problem: 'invalid-input', figures: { errors: [{ pointer: '/system/colour' }] } }));
  it('only the system opens a batch', () => expect(begin('publication', { id: 'B', half: '2025-H1' }, asked('liang-shan'))).toMatchObject({ problem: 'not-allowed' }));
});

describe('the lead unit of a cross-cutting scenario', () => {
  it('holds up publication, not review', () => {
    const story = government().all([...governmentFiling, ...review, ...selectionDecision]);
    expect(story.leaves).toEqual(['leadUnit.confirming']);
    expect(story.refused('system', 'publish', publish[2]).problem).toBe('wrong-state');
    expect(story.all(leadUnitSteps).leaves).toEqual(['awaitingBatch']);
  });
  it('may be settled during review', () => {
    const story = government().all([...governmentFiling, ...review.slice(0, 2), ...leadUnitSteps]);
    expect(story.all([...review.slice(2), ...selectionDecision]).leaves).toEqual(['awaitingBatch']);
  });
  it('needs every department, each seen in its own list', () => {
    const story = government().all([...governmentFiling, ...review.slice(0, 2), ...leadUnitSteps.slice(0, 2)]);
    expect(story.refused('zhao-wen', 'confirmLeadUnit', { record: '确认' })).toMatchObject({ rule: 'everyDepartmentAgreed', figures: { asked: 2, agreed: 1 } });
    expect(story.last.tasks.map((task) => [task.slot, task.queue])).toEqual([
      ['main', 'bureauOfficer#gx-bureau'],
      ['main:expert-chen', 'person#expert-chen'],
      ['main:expert-zhou', 'person#expert-zhou'],
      ['main:expert-wu', 'person#expert-wu'],
      ['main:leadUnit', 'leadingGroupOffice#gx-leading-group-office'],
      ['main:gx-industry', 'aggregator#gx-industry'],
    ]);
    expect(story.refused('nong-min', 'replyOnLeadUnit', { agree: false, comment: '改' }).rule).toBe('departmentHasNotReplied');
  });
});

describe('review', () => {
  it('drops the highest and the lowest of five sheets', () => {
    const experts = ['expert-chen', 'expert-zhou', 'expert-wu', 'expert-lin', 'expert-xie'];
    const story = government().all([...governmentFiling, ['li-ning', 'passFormalCheck', {}], ['li-ning', 'assignExperts', { experts }], ...[0, 70, 71, 72, 100].flatMap((points, i) => [...sheets({ [experts[i] ?? '']: points })]), ['li-ning', 'closeReview', {}]]);
    expect(story.context.scoreHundredths).toBe(7100);
  });
  it('refuses to select below the pass line', () => {
    const story = government().all([...governmentFiling, ...review.slice(0, 2), ...sheets({ 'expert-chen': 59, 'expert-zhou': 60, 'expert-wu': 60 }), ['li-ning', 'closeReview', {}]]);
    expect(story.refused('li-ning', 'proposeSelection', { reason: '好' })).toMatchObject({ rule: 'scoreReachesPassLine', figures: { passLine: 60 } });
    expect(story.does('li-ning', 'proposeRejection', { reason: '未达线' }).does('liang-shan', 'approveRejection').leaves).toEqual(['notSelected']);
  });
  it('leaves no leaf when a sheet comes in; its event keeps it', () => {
    const story = government().all([...governmentFiling, ...review.slice(0, 4)]);
    expect([story.last.routes, story.last.entered]).toEqual([{}, {}]);
    expect(story.last.event).toMatchObject({ command: 'submitSheet', args: { scores: expect.any(Object) } });
  });
});

describe('public notice, where the policy has it', () => {
  const story = () => {
    const told = social();
    told.policy = 'gx-2025-draft-notice';
    return told.all(socialToPool);
  };
  it('waits five working days and then goes on by itself', () => {
    const told = story();
    expect([told.leaves, told.context.due]).toEqual([['publicNotice'], { publicNotice: '2025-03-17T15:59:59.999Z' }]);
    expect(told.refused('li-ning', 'closeNotice').rule).toBe('noticePeriodIsOver');
    expect(told.at('2025-03-17T15:59:59.999Z').does('system', 'deadlinePassed', { leaf: 'publicNotice' }).leaves).toEqual(['awaitingBatch']);
  });
  it('stops while an objection is open, and may go back to review', () => {
    const told = story().does('li-ning', 'fileObjection', { objector: '某单位', phone: '0771-1', reason: '数据不实' }).at('2025-03-18T00:00:00.000Z');
    told.does('system', 'deadlinePassed', { leaf: 'publicNotice' });
    expect([told.leaves, told.context.reminders, told.last.routes, told.last.entered]).toEqual([['publicNotice'], 1, {}, { publicNotice: '2025-04-17T15:59:59.999Z' }]);
    expect(told.does('liang-shan', 'reopenReview', { reason: '异议成立' }).leaves).toEqual(['selection.reviewing']);
  });
  it('is closed as soon as the last objection is settled once its period is over, and has a whole period again after a new review', () => {
    const told = story().does('li-ning', 'fileObjection', { objector: '某单位', phone: '0771-1', reason: '数据不实' }).at('2025-03-18T00:00:00.000Z');
    told.does('system', 'deadlinePassed', { leaf: 'publicNotice' }).does('li-ning', 'resolveObjection', { finding: '异议不成立' });
    expect(told.does('li-ning', 'closeNotice').leaves).toEqual(['awaitingBatch']);
    const again = story().does('li-ning', 'fileObjection', { objector: '某单位', phone: '0771-1', reason: '数据不实' }).at('2025-03-18T00:00:00.000Z');
    again.does('system', 'deadlinePassed', { leaf: 'publicNotice' }).does('liang-shan', 'reopenReview', { reason: '异议成立' });
    expect(again.context.noticeOver).toBe(false);
  });
});

describe('at any time', () => {
  it('a case on hold refuses everything but what may come all the same, and goes on where it was', () => {
    const held = government().does('li-ning', 'hold', { reason: '核查' });
    expect([held.last.routes, held.refused('wei-lan', 'submit', { handler: 'nanning-data' }).rule]).toEqual([{}, 'isNotHeld']);
    expect(held.refused('li-ning', 'hold', { reason: '再次' }).rule).toBe('isNotHeld');
    expect(held.does('liang-shan', 'resume', { reason: '恢复' }).ask('wei-lan', 'submit', { handler: 'nanning-data' }).ok).toBe(true);
  });
  it('an applicant may withdraw before selection and not after', () => {
    expect(government().all([...governmentFiling, ...review]).does('wei-lan', 'withdraw', { reason: '撤回' }).leaves).toEqual(['withdrawn']);
    expect(government().all(toPool).refused('wei-lan', 'withdraw', { reason: '撤回' }).problem).toBe('wrong-state');
  });
  it('a late timer for a leaf that was left is refused and harmless', () => {
    expect(government().all(governmentFiling).refused('system', 'deadlinePassed', { leaf: 'declaration.draft' }).problem).toBe('wrong-state');
  });
  it('a timer that is early counts nothing and keeps the wait', () => {
    const story = government().does('system', 'deadlinePassed', { leaf: 'declaration.draft' });
    expect([story.context.reminders, story.last.entered]).toEqual([0, {}]);
  });
  it.each(['xstate.done.state.selection', 'xstate.init', 'xstate.after.1000.x', 'constructor', '__proto__', 'toString', ''])('the forged event %j is refused', (type) => {
    const story = government();
    for (const who of ['wei-lan', 'system']) expect(decide(story.snapshot, { type, args: {} }, story.asked(who, { type, args: {} }))).toMatchObject({ ok: false, problem: 'invalid-input' });
  });
  it('a finished case refuses everything but what untrue materials and money still need', () => {
    const story = government().does('wei-lan', 'withdraw', { reason: '撤回' });
    expect(story.refused('liang-shan', 'terminate', { reason: 'x' })).toMatchObject({ problem: 'wrong-state', detail: '事项已办结，不能再办理' });
    const offered = (who: string) => offers(story.snapshot, story.asked(who, { type: 'terminate', args: {} })).filter((offer) => offer.allowed).map((offer) => offer.command);
    expect([offered('liang-shan'), offered('wei-lan'), offered('li-ning')]).toEqual([['void'], ['recordExpense'], []]);
  });
  it('what an audit finds after the end is on the record, and the money is asked back (R-063)', () => {
    const story = government().all([...toPool, publish, approveProject, ...award(240_000_000), ...paying(120_000_000), ...finishBuilding, accept(1_200_000_000), ...paying(120_000_000), ...intoLibrary]);
    expect([story.snapshot.status, story.refused('liang-shan', 'orderRecovery', { amountFen: 1000, finding: 'F-9', reason: '挪用' }).rule]).toEqual(['done', 'findingIsOpen']);
    story.does('long-fei', 'recordFinding', { finding: 'F-9', severity: 'severe', reason: '审计发现挪用' });
    expect([story.last.routes, story.snapshot.status]).toEqual([{}, 'done']);
    expect(story.does('liang-shan', 'orderRecovery', { amountFen: 1000, finding: 'F-9', reason: '挪用' }).last.effects).toMatchObject([{ type: 'openCase' }]);
    expect(story.does('long-fei', 'resolveFinding', { finding: 'F-9', reason: '已追回' }).context.findings).toEqual([]);
  });
  it('an open finding blocks acceptance', () => {
    const built = [...toPool, publish, approveProject, ...award(240_000_000), ...paying(120_000_000), ...finishBuilding];
    const story = government().all([...built, ['long-fei', 'recordFinding', { finding: 'F1', reason: '弱口令' }]]);
    expect(story.refused(...accept(1_200_000_000))).toMatchObject({ rule: 'noFindingIsOpen', figures: { findings: ['F1'] } });
    expect(story.does('long-fei', 'resolveFinding', { finding: 'F1', reason: '已整改' }).ask(...accept(1_200_000_000)).ok).toBe(true);
  });
  it('facts that were not given are our mistake and throw', () => {
    const story = government();
    expect(() => decide(story.snapshot, { type: 'submit', args: { handler: 'nanning-data' } }, { actor: by('wei-lan'), now: story.now, policy })).toThrow('facts not given: organisations');
  });
});

describe('money', () => {
  const payable = () => government().all([...toPool, publish, approveProject, ...award(240_000_000)]);
  it('is not awarded before the project is approved', () => {
    expect(government().all([...toPool, publish]).refused('li-ning', 'proposeAward', { amountFen: 10, reason: '核定' }).rule).toBe('projectIsApproved');
  });
  it('is not awarded above the ceiling, and the refusal explains it', () => {
    expect(government().all([...toPool, publish, approveProject]).refused('li-ning', 'proposeAward', { amountFen: 240_000_001, reason: '核定' })).toMatchObject({ rule: 'awardWithinCeiling', figures: { amountFen: 240_000_001, ceilingFen: 240_000_000, tier: 3 } });
  });
  it('is not paid to a unit with an open recovery', () => {
    const story = payable();
    story.openRecoveries = 1;
    expect(story.refused(...pay(120_000_000)).rule).toBe('unitHasNoOpenRecovery');
  });
  it('is not paid twice', () => {
    expect(payable().all(paying(120_000_000)).refused(...pay(120_000_000)).problem).toBe('wrong-state');
  });
});

describe('the publication run', () => {
  const digest = 'd'.repeat(64);
  const frozen = () => opened('publication', { id: 'B-2025-H1', half: '2025-H1' }, 'system').does('system', 'finishFreeze', { count: 2, number: '2025年第1批', listKey: 'batches/B-2025-H1/frozen.json', listSha256: digest });
  it('R-028: freezes, is checked by an officer, signed off by a leader on the very list they saw, and publishes', () => {
    const story = frozen();
    expect(story.refused('liang-shan', 'signOff', { documentNo: '1', listSha256: digest }).rule).toBe('listIsChecked');
    expect(story.refused('li-ning', 'checkList', { listSha256: 'e'.repeat(64) }).rule).toBe('listIsUnchanged');
    story.does('li-ning', 'checkList', { listSha256: digest });
    expect(story.refused('liang-shan', 'signOff', { documentNo: '1', listSha256: 'e'.repeat(64) }).rule).toBe('listIsUnchanged');
    expect(story.refused('li-ning', 'signOff', { documentNo: '1', listSha256: digest }).problem).toBe('not-allowed');
    story.does('liang-shan', 'signOff', { documentNo: '桂数发〔2025〕1号', listSha256: digest });
    expect([story.leaves, story.last.routes]).toEqual([['publishing'], { awaitingSignOff: { to: 'publishing' } }]);
    expect(story.does('system', 'finishPublication', { published: 2, refused: 0 }).leaves).toEqual(['published']);
  });
  it('may be frozen again or cancelled', () => {
    expect(frozen().does('liang-shan', 'refreeze', { reason: '漏项' }).leaves).toEqual(['freezing']);
    expect(frozen().does('liang-shan', 'cancelBatch', { reason: '无场景' }).leaves).toEqual(['cancelled']);
  });
});

describe('a recovery', () => {
  const open = (mandatory: boolean) => opened('recovery', { id: 'GX-1-R1', scenario: 'GX-1', scenarioName: '数智大市场', unit: government().context.unit, cause: 'acceptanceFailed', amountFen: 1000, mandatory, reason: '验收不合格' }, 'system').does('li-ning', 'issueNotice', { documentNo: '1', reason: '告知' });
  const demanded = () => open(true).all([['wei-lan', 'fileStatement', { statement: '无异议' }], ['li-ning', 'proposeRecovery', { amountFen: 1000, reason: '全额' }], ['liang-shan', 'approveRecovery', { documentNo: '1' }], ['li-ning', 'issueDemand', { documentNo: '2', dueOn: '2025-04-09' }]]);
  const repay = (amountFen: number) => ['pan-hong', 'recordRepayment', { amountFen, receiptNo: 'R', paidOn: '2025-03-10' }] as const;

  it('collects by instalments and tells the scenario each time', () => {
    const story = demanded().does(...repay(400));
    expect(story.last.effects).toMatchObject([{ type: 'recordPayment', kind: 'recovered', amountFen: 400 }, { type: 'tellCase', id: 'GX-1', command: 'noteRecovery', args: { recovery: 'GX-1-R1', recoveredFen: 400, closed: false } }, { type: 'tellCase', id: 'fund', command: 'returnFunds', args: { scenario: 'GX-1', amountFen: 400, because: 'repaid' } }]);
    expect(story.refused('pan-hong', 'confirmRecovered').rule).toBe('everythingCameBack');
    expect(story.refused(...repay(601)).rule).toBe('repaymentIsOwed');
    story.does(...repay(600)).does('pan-hong', 'confirmRecovered');
    expect([story.leaves, story.last.effects]).toMatchObject([['recovered'], [{ type: 'tellCase', args: { recoveredFen: 1000, closed: true } }]]);
  });
  it('of prepaid money cannot be dropped or lessened', () => {
    const story = open(true).at('2025-03-20T00:00:00.000Z').does('system', 'deadlinePassed', { leaf: 'awaitingStatement' });
    expect(story.leaves).toEqual(['deciding.proposing']);
    expect(story.refused('li-ning', 'proposeDrop', { reason: 'x' }).rule).toBe('mayBeDropped');
    expect(story.refused('li-ning', 'proposeRecovery', { amountFen: 999, reason: 'x' }).rule).toBe('amountFitsTheCause');
  });
  it('that the Bureau decides may be dropped by two people', () => {
    const story = open(false).all([['wei-lan', 'fileStatement', { statement: '申辩' }], ['li-ning', 'proposeDrop', { reason: '不可抗力' }], ['liang-shan', 'approveDrop', {}]]);
    expect(story.leaves).toEqual(['dropped']);
  });
  it('may be written off by two people, with the rest recorded', () => {
    const story = demanded().all([repay(400), ['li-ning', 'proposeWriteOff', { reason: '注销' }], ['liang-shan', 'approveWriteOff', {}]]);
    expect([story.leaves, story.last.event.money]).toMatchObject([['writtenOff'], { recoveredFen: 400, openFen: 600 }]);
  });
});
