import { describe, expect, it } from 'vitest';
import { commandArgs } from '../../../shared/contracts/commands.ts';
import { directions, subFields } from '../../../shared/contracts/system-fields.ts';
import { parse } from '../../../shared/contracts/parse.ts';
import { decide } from '../../../machines/decide.ts';
import type { Json } from '../../../machines/decision.ts';
import { flagsOf } from '../../../machines/flags.ts';
import { offers } from '../../../machines/offers.ts';
import { commandsHere, restore } from '../../../machines/position.ts';
import { attachment, enterpriseParts, governmentFiling, publish, review, sheet, socialFiling, socialToPool, toPool } from './steps.ts';
import { by, government, opened, policy, social, type Story } from './story.ts';

const toCity = ['wei-lan', 'submit', { handler: 'nanning-data' }] as const;
const toIndustry = ['qin-hai', 'submit', { handler: 'gx-industry' }] as const;
const gap = (pointer: string) => ({ rule: 'formIsComplete', figures: { first: expect.arrayContaining([pointer]) as unknown } });

/** A draft whose form lacks or changes what a pointer names. */
function with_(story: Story, pointer: string, value?: Json): Story {
  const copy = structuredClone(story.form) as Record<string, unknown>;
  const keys = pointer.slice(1).split('/');
  const last = keys.pop() ?? '';
  const inner = keys.reduce((at, key) => at[key] as Record<string, unknown>, copy);
  if (value === undefined) delete inner[last];
  else inner[last] = value;
  return story.does(story.context.filer, 'saveForm', { form: copy });
}

const attached = () => social().all(enterpriseParts.map(attachment));
/** Submits with the call opened or closed by the Bureau. */
const submitWhile = (story: Story, [who, type, args]: readonly [string, string, object], callOpen: boolean) => {
  const command = { type, args: args as never };
  const asked = story.asked(who, command);
  return decide(story.snapshot, command, { ...asked, facts: { ...asked.facts, callOpen } });
};

describe('what a scenario is, and what is in scope', () => {
  it('R-001: a scenario that does not say what it is cannot be submitted', () => {
    expect(with_(government(), '/annex1/demandContent').refused(...toCity)).toMatchObject(gap('/annex1/demandContent'));
    expect(government().ask(...toCity).ok).toBe(true);
  });
  it('R-003: a secret scenario is never accepted, in either class', () => {
    expect(government({ nonSecret: false }).refused(...toCity).rule).toBe('isNotSecret');
    expect(with_(attached(), '/system/nonSecret', false).refused(...toIndustry).rule).toBe('isNotSecret');
  });
  it('R-009: the unit states demand and plan before it may build', () => {
    for (const column of ['architecture', 'smallEntryScenarios', 'demandName']) expect(with_(government(), `/annex1/${column}`).refused(...toCity).rule).toBe('formIsComplete');
    expect(with_(government(), '/system/totalInvestmentFen').refused(...toCity)).toMatchObject(gap('/system/totalInvestmentFen'));
  });
  it('R-013: at least one direction, and all three are possible', () => {
    expect(with_(government(), '/system/directions', []).refused(...toCity).rule).toBe('formIsComplete');
    expect(with_(government(), '/system/directions', [...directions]).ask(...toCity).ok).toBe(true);
  });
  it('R-014: 19 sub-fields and one for others; what is none of them is refused', () => {
    expect([subFields.length, subFields.includes('other')]).toEqual([20, true]);
    expect(with_(government(), '/system/subFields', ['other']).ask(...toCity).ok).toBe(true);
    expect(government().refused('wei-lan', 'saveForm', { form: { system: { subFields: 'astrology' } } }).rule).toBe('formFitsItsSchema');
  });
  it('R-017: need, content and expected effect stand in annex 1', () => {
    for (const column of ['demandContent', 'architecture', 'reformTasks']) expect(with_(government(), `/annex1/${column}`).refused(...toCity)).toMatchObject(gap(`/annex1/${column}`));
  });
  it('R-019, R-020: products without assessment or domestic basis need a written reason, and are then no obstacle', () => {
    const departing = with_(government(), '/system/assessedProducts', false);
    expect(departing.refused(...toCity)).toMatchObject(gap('/system/technologyReason'));
    expect(with_(departing, '/system/technologyReason', '无国产替代').ask(...toCity).ok).toBe(true);
  });
  it('R-021: a government scenario is proposed or built; a social one that is proposed is refused', () => {
    expect([government({ stage: 'proposed' }).ask(...toCity).ok, government({ stage: 'built' }).ask(...toCity).ok]).toEqual([true, true]);
    expect(with_(attached(), '/system/stage', 'proposed').refused(...toIndustry)).toMatchObject({ rule: 'isBuilt', article: 'art. 13' });
  });
  it('R-022: IRS resources are listed, or a reason says why there are none', () => {
    const none = with_(government(), '/system/irsResources', []);
    expect(none.refused(...toCity)).toMatchObject(gap('/system/irsResources'));
    expect(with_(none, '/system/irsReason', '无可用组件').ask(...toCity).ok).toBe(true);
  });
  it('R-066: a filing dated before the regulation is in force is flagged, not refused', () => {
    const flags = (story: Story) => flagsOf(story.snapshot, story.now, policy).map((flag) => flag.flag);
    const early = with_(attached(), '/annex2/cover/filedOn', '2024-12-31').does(...toIndustry);
    expect(flags(early)).toContain('filedBeforeEffect');
    expect(flags(with_(attached(), '/annex2/cover/filedOn', '2025-01-01').does(...toIndustry))).not.toContain('filedBeforeEffect');
    expect(flags(government().at('2024-12-31T15:59:59.999Z').does(...toCity))).toContain('filedBeforeEffect');
    expect(flags(government().at('2024-12-31T16:00:00.000Z').does(...toCity))).not.toContain('filedBeforeEffect');
  });
});

describe('who pays decides the class', () => {
  const mixed = () => with_(attached(), '/system/localFiscalFen', 10_000_000);

  it('R-015, A-33: any local fiscal money makes a scenario one of government investment; none makes it a social one', () => {
    expect(mixed().refused(...toIndustry)).toMatchObject({ rule: 'isSociallyFunded', article: 'art. 7' });
    expect(with_(government(), '/system/localFiscalFen', 0).refused(...toCity)).toMatchObject({ rule: 'isFiscallyFunded', article: 'art. 7' });
  });
  it('R-015, A-33: mixed money can be asked about, and an officer lets the class stand with a reason', () => {
    const asked = mixed().does('qin-hai', 'askFundingClass', { reason: '政府仅补助电费' });
    expect(asked.last.tasks.map((task) => [task.slot, task.queue])).toContainEqual(['main:fundingClass', 'bureauOfficer#gx-bureau']);
    expect(asked.refused('qin-hai', 'askFundingClass', { reason: '再问' }).rule).toBe('classIsNotAsked');
    expect(asked.refused('qin-hai', 'decideFundingClass', { keep: true, reason: '自定' }).problem).toBe('not-allowed');
    asked.does('li-ning', 'decideFundingClass', { keep: true, reason: '建设资金均为企业自筹' });
    expect([asked.last.event.reason, asked.last.tasks.length, asked.ask(...toIndustry).ok]).toEqual(['建设资金均为企业自筹', 1, true]);
  });
  it('R-015, A-33: the decision is for the amount it was made for, and may be a no', () => {
    const kept = mixed().does('li-ning', 'decideFundingClass', { keep: true, reason: '认定' });
    expect(with_(kept, '/system/localFiscalFen', 20_000_000).refused(...toIndustry).rule).toBe('isSociallyFunded');
    expect(mixed().does('li-ning', 'decideFundingClass', { keep: false, reason: '属政府投资' }).refused(...toIndustry).rule).toBe('isSociallyFunded');
    expect(attached().refused('li-ning', 'decideFundingClass', { keep: true, reason: '认定' }).rule).toBe('classIsInDoubt');
  });
  it('R-016: the class fixes form and workflow, and no command changes it after submission', () => {
    expect(government().refused('wei-lan', 'saveForm', { form: social().form }).rule).toBe('formFitsItsSchema');
    expect(attached().refused('qin-hai', 'saveForm', { form: government().form }).rule).toBe('formFitsItsSchema');
    const submitted = government().does(...toCity);
    expect(commandsHere(restore(submitted.snapshot))).not.toContain('saveForm');
    expect(submitted.does('wei-lan', 'withdraw', { reason: '改按社会投资类申报' }).leaves).toEqual(['withdrawn']);
  });
  it('R-046: no government body files as a social body; companies, institutes and associations do', () => {
    const form = social().form;
    expect(() => opened('socialInvestment', { id: 'X', form }, 'lu-fang')).toThrow('not opened');
    expect(() => opened('socialInvestment', { id: 'X', form }, 'tan-jun')).toThrow('not opened');
    expect(opened('socialInvestment', { id: 'X', form }, 'meng-jie').leaves).toEqual(['declaration.draft']);
  });
});

describe('the way to the Bureau', () => {
  it('R-024, R-045: without an open call there are drafts only, in both classes', () => {
    for (const [story, step] of [[government(), toCity], [attached(), toIndustry]] as const) {
      expect(submitWhile(story, step, false)).toMatchObject({ ok: false, rule: 'callIsOpen' });
      expect(story.ask(story.context.filer, 'saveForm', { form: story.form }).ok).toBe(true);
      expect(submitWhile(story, step, true).ok).toBe(true);
    }
  });
  it('R-007, R-025: annex 1 goes through the own city or the own sector authority, never straight to the Bureau or through another', () => {
    const reached = ['nanning-data', 'gx-market'].map((handler) => government().ask('wei-lan', 'submit', { handler }).ok);
    const refused = ['liuzhou-data', 'gx-industry', 'gx-bureau', 'guiling-cement'].map((handler) => government().refused('wei-lan', 'submit', { handler }).rule);
    expect([reached, new Set(refused)]).toEqual([[true, true], new Set(['handlerMayForward'])]);
    expect(government().does(...toCity).refused('wei-lan', 'submitToBureau', {}).problem).toBe('wrong-state');
  });
  it('R-007: an authority does not act on cases that were submitted to another', () => {
    const story = government().does(...toCity);
    for (const who of ['mo-qiang', 'nong-min', 'tan-jun']) expect(story.refused(who, 'aggregate', { opinion: '同意', sealed: true }).problem).toBe('not-allowed');
    expect(story.ask('lu-fang', 'aggregate', { opinion: '同意', sealed: true }).ok).toBe(true);
  });
  it('R-025: what is aggregated carries the seal', () => {
    expect(parse(commandArgs.aggregate, { opinion: '同意', sealed: false }).ok).toBe(false);
    expect(parse(commandArgs.aggregate, { opinion: '同意', sealed: true }).ok).toBe(true);
  });
  it('R-047: one route is enough, and the Bureau receives nothing that was not endorsed', () => {
    for (const [handler, who] of [['gx-industry', 'tan-jun'], ['liuzhou-data', 'mo-qiang']] as const) {
      const story = attached().does('qin-hai', 'submit', { handler });
      expect(story.refused(who, 'submitToBureau', {}).problem).toBe('wrong-state');
      expect(story.does(who, 'endorse', { opinion: '通过', sealed: true }).does(who, 'submitToBureau').leaves).toEqual(['intake.checking']);
    }
  });
  it('R-047: who does not endorse says why, and the applicant mends it or it ends there', () => {
    const story = () => attached().does(...toIndustry);
    expect(story().does('tan-jun', 'returnForCorrection', { reason: '缺页', items: [{ pointer: '/attachments/auditReport', reason: '缺页' }] }).leaves).toEqual(['declaration.returned']);
    expect(story().does('tan-jun', 'decline', { reason: '不属实' }).leaves).toEqual(['declined']);
    expect(parse(commandArgs.decline, {}).ok).toBe(false);
  });
  it.each(['2025-01-01', '2025-06-29', '2025-07-01', '2025-12-31'])('R-026, R-048: review begins on receipt, also on %s: no window closes', (day) => {
    for (const story of [government().all(governmentFiling), social().all(socialFiling)]) {
      expect(story.at(`${day}T02:00:00.000Z`).does('li-ning', 'passFormalCheck').leaves).toEqual(['selection.reviewing']);
    }
  });
  it('R-027, R-048: each sheet has all five criteria, each from 0 to 100', () => {
    const [, , full] = sheet('expert-chen', 80);
    const { scores } = full as { scores: Record<string, number> };
    expect(Object.keys(scores)).toHaveLength(5);
    for (const criterion of Object.keys(scores)) {
      const { [criterion]: _, ...four } = scores;
      expect(parse(commandArgs.submitSheet, { ...full, scores: four }).ok).toBe(false);
      expect(parse(commandArgs.submitSheet, { ...full, scores: { ...scores, [criterion]: 101 } }).ok).toBe(false);
    }
    expect(parse(commandArgs.submitSheet, full).ok).toBe(true);
  });
  it('R-008: a scenario that crosses departments is not published without its lead unit; one that crosses nothing needs none', () => {
    const story = government().all([...governmentFiling, ...review, ['li-ning', 'proposeSelection', { reason: '好' }], ['liang-shan', 'approveSelection', {}]]);
    expect([story.leaves, story.refused(...publish).problem]).toEqual([['leadUnit.confirming'], 'wrong-state']);
    expect(story.refused('zhao-wen', 'confirmLeadUnit', { record: '直接确认' }).rule).toBe('everyDepartmentAgreed');
    expect(social().all(socialToPool).leaves).toEqual(['awaitingBatch']);
  });
  it('R-028, R-049: selected scenarios wait in the pool, and no person can publish one', () => {
    for (const story of [government().all(toPool), social().all(socialToPool)]) {
      expect(story.leaves).toEqual(['awaitingBatch']);
      for (const who of ['li-ning', 'liang-shan', 'zhao-wen', 'wei-lan']) expect(story.refused(who, 'publish', publish[2]).problem).toBe('not-allowed');
      expect(story.does(...publish).context.batch).toBe('2025-H1');
    }
  });
  it('R-028: an officer checks the very list that a leader then signs; nobody does both', () => {
    const listSha256 = 'd'.repeat(64);
    const signed = { documentNo: '桂数发〔2025〕1号', listSha256 };
    const story = opened('publication', { id: 'B', half: '2025-H1' }, 'system').does('system', 'finishFreeze', { count: 1, number: '1', listKey: 'k', listSha256 });
    expect(story.last.tasks.map((task) => task.queue)).toEqual(['bureauLeader#gx-bureau', 'bureauOfficer#gx-bureau']);
    expect(story.refused('liang-shan', 'signOff', signed).rule).toBe('listIsChecked');
    story.does('li-ning', 'checkList', { listSha256 });
    expect(story.last.tasks.map((task) => task.queue)).toEqual(['bureauLeader#gx-bureau']);
    const both = { ...by('li-ning'), roles: ['bureauOfficer', 'bureauLeader'] as const };
    expect(decide(story.snapshot, { type: 'signOff', args: signed }, { actor: both, now: story.now, policy })).toMatchObject({ rule: 'signerIsNotTheChecker' });
    const again = story.does('liang-shan', 'refreeze', { reason: '补一项' }).does('system', 'finishFreeze', { count: 2, number: '1', listKey: 'k', listSha256 });
    expect(again.refused('liang-shan', 'signOff', signed).rule).toBe('listIsChecked');
  });
});

describe('papers of a social filing', () => {
  const without = (part: string) => social().all(enterpriseParts.filter((each) => each !== part).map(attachment));

  it.each(enterpriseParts)('R-067, R-074: without %s nothing is submitted, and the refusal names it', (part) => {
    expect(without(part).refused(...toIndustry)).toMatchObject({ rule: 'attachmentsAreComplete', figures: { missing: [part] } });
  });
  it('R-067: with all six classes it is', () => expect(attached().ask(...toIndustry).ok).toBe(true));
  it('R-068: a government filing needs none of the six classes', () => {
    expect(government().context.parts).toEqual({});
    expect(government().ask(...toCity).ok).toBe(true);
  });
  it('R-069: the certificate of another kind of unit is not enough', () => {
    const story = without('businessLicence').does(...attachment('associationCertificate'));
    expect(story.refused(...toIndustry)).toMatchObject({ figures: { missing: ['businessLicence'] } });
  });
  it('R-071: a unit that is not registered and taxed in Guangxi cannot submit', () => {
    expect(with_(attached(), '/system/registeredInGuangxi', false).refused(...toIndustry).rule).toBe('isInGuangxi');
  });
  it.each(['truthful', 'signedBy', 'sealed', 'signedOn'])('R-075: the opinion box needs %s', (field) => {
    expect(with_(attached(), `/annex2/opinion/${field}`).refused(...toIndustry)).toMatchObject(gap(`/annex2/opinion/${field}`));
  });
  it('R-076: funding of the same kind must be answered; 无 is an answer, and an amount is no bar', () => {
    expect(with_(attached(), '/annex2/basic/sameKindFunding', ' ').refused(...toIndustry)).toMatchObject(gap('/annex2/basic/sameKindFunding'));
    for (const answer of ['无', '2024年获补助50万元']) expect(with_(attached(), '/annex2/basic/sameKindFunding', answer).ask(...toIndustry).ok).toBe(true);
  });
  it('R-044: what is not built cannot be submitted, and the refusal cites the article', () => {
    const offer = offers(with_(attached(), '/system/stage', 'proposed').snapshot, social().asked('qin-hai', { type: 'submit', args: {} })).find((each) => each.command === 'submit');
    expect(offer).toMatchObject({ allowed: false, refusal: { rule: 'isBuilt', article: 'art. 13' } });
    expect(attached().context.stage).toBe('built');
  });
});
