import { describe, expect, it } from 'vitest';
import { begin } from '../../../machines/begin.ts';
import type { ListContext } from '../../../machines/list/context.ts';
import { replay } from '../../../machines/replay.ts';
import { mostRowsOfList } from '../../../shared/contracts/list.ts';
import { listRowNamed } from './samples.ts';
import { by, opened, policy, type Story } from './story.ts';

const list = () => opened('scenarioList', { id: 'L', title: '南宁市清单' }, 'lu-fang');
const context = (story: Story) => story.snapshot.context as unknown as ListContext;
const digest = 'c'.repeat(64);
const seal = { opinion: '同意报送', sealed: true, listSha256: digest, listSm3: digest };
const reason = { reason: '情况属实' };
const rows = (...names: string[]) => ({ rows: names.map(listRowNamed) });
const submitted = () => list().does('wei-lan', 'proposeRows', rows('甲', '乙')).does('lu-fang', 'sealList', seal).does('lu-fang', 'submitToBureau');

describe('a list of annex 1 (R-017, R-025, art. 8, art. 11(2))', () => {
  it('is opened by a city or a sector authority and by nobody else', () => {
    for (const who of ['lu-fang', 'nong-min']) expect(opened('scenarioList', { id: 'L', title: '清单' }, who).leaves).toEqual(['compiling.gathering']);
    for (const who of ['wei-lan', 'li-ning', 'expert-chen', 'long-fei', 'system']) expect(begin('scenarioList', { id: 'L', title: '清单' }, { actor: by(who), now: '2025-03-10T02:00:00.000Z', policy })).toMatchObject({ ok: false, problem: 'not-allowed' });
  });

  it('takes rows from units of the area only, each for itself', () => {
    const story = list().does('wei-lan', 'proposeRows', rows('甲'));
    expect(context(story).rows).toEqual([{ id: 'r1', unit: 'nanning-logistics', by: 'wei-lan', name: '甲', edits: 0 }]);
    // 柳州's company is neither of the city nor of the sector.
    expect(story.refused('qin-hai', 'proposeRows', rows('乙')).rule).toBe('proposerIsOfTheArea');
    expect(story.refused('wei-lan', 'proposeRows', { ...rows('乙'), unit: 'yongjiang-tech' }).rule).toBe('namedUnitIsOfTheArea');
    expect(story.refused('mo-qiang', 'proposeRows', rows('乙')).rule).toBe('proposerIsOfTheArea');
    expect(opened('scenarioList', { id: 'M', title: '行业清单' }, 'nong-min').does('wei-lan', 'proposeRows', rows('甲')).refused('meng-jie', 'proposeRows', rows('乙')).rule).toBe('proposerIsOfTheArea');
  });

  it('has rows that the authority types in for a unit of its area, named now or later', () => {
    const story = list().does('lu-fang', 'proposeRows', rows('甲')).does('lu-fang', 'proposeRows', { ...rows('乙'), unit: 'yongjiang-tech' });
    expect(context(story).rows.map(({ unit }) => unit)).toEqual([null, 'yongjiang-tech']);
    expect(story.refused('lu-fang', 'sealList', seal)).toMatchObject({ rule: 'everyRowHasItsUnit', figures: { rows: ['r1'] } });
    expect(story.refused('lu-fang', 'assignRow', { row: 'r1', unit: 'guiling-cement' }).rule).toBe('namedUnitIsOfTheArea');
    expect(story.refused('lu-fang', 'assignRow', { row: 'r1', unit: 'nobody' }).rule).toBe('namedUnitIsOfTheArea');
    expect(context(story.does('lu-fang', 'assignRow', { row: 'r1', unit: 'nanning-logistics' }).does('lu-fang', 'sealList', seal)).sealed).toMatchObject({ by: 'lu-fang', sha256: digest });
  });

  it('is mended by the authority, and each unit mends its own rows', () => {
    const story = list().does('wei-lan', 'proposeRows', rows('甲')).does('meng-jie', 'proposeRows', rows('乙'));
    expect(story.refused('meng-jie', 'editRow', { row: 'r1', content: listRowNamed('丙') }).rule).toBe('rowIsTheirs');
    expect(story.refused('meng-jie', 'removeRow', { row: 'r1', ...reason }).rule).toBe('rowIsTheirs');
    expect(story.refused('mo-qiang', 'editRow', { row: 'r1', content: listRowNamed('丙') }).rule).toBe('proposerIsOfTheArea');
    expect(story.refused('wei-lan', 'editRow', { row: 'r9', content: listRowNamed('丙') }).rule).toBe('rowIsThere');
    story.does('wei-lan', 'editRow', { row: 'r1', content: listRowNamed('甲之二') }).does('lu-fang', 'orderRows', { order: ['r2', 'r1'] });
    expect(context(story).rows.map(({ id, name, edits }) => [id, name, edits])).toEqual([['r2', '乙', 0], ['r1', '甲之二', 1]]);
    for (const order of [['r1'], ['r1', 'r1'], ['r1', 'r2', 'r3']]) expect(story.refused('lu-fang', 'orderRows', { order }).rule).toBe('orderIsComplete');
    expect(story.refused('wei-lan', 'orderRows', { order: ['r1', 'r2'] }).problem).toBe('not-allowed');
    // An id is never used twice.
    expect(context(story.does('lu-fang', 'removeRow', { row: 'r2', ...reason }).does('wei-lan', 'proposeRows', rows('丙'))).rows.map(({ id }) => id)).toEqual(['r1', 'r3']);
  });

  it('is sealed as it stands and not otherwise, never empty, never with one scenario twice, never too long', () => {
    expect(list().refused('lu-fang', 'sealList', seal).rule).toBe('listHasRows');
    const story = list().does('wei-lan', 'proposeRows', rows('甲', '（甲）'));
    expect(story.refused('lu-fang', 'sealList', seal)).toMatchObject({ rule: 'noRowTwice', figures: { rows: ['r2'] } });
    story.does('lu-fang', 'removeRow', { row: 'r2', ...reason });
    expect(story.refused('lu-fang', 'sealList', { ...seal, listSha256: 'd'.repeat(64) }).rule).toBe('sealsWhatStands');
    expect(story.refused('wei-lan', 'sealList', seal).problem).toBe('not-allowed');
    expect(story.refused('wei-lan', 'proposeRows', rows(...Array.from({ length: mostRowsOfList }, (_, index) => `场景${index}`))).rule).toBe('listHasRoom');
  });

  it('is shut while it is sealed, opened again by the authority, and closed once it is submitted', () => {
    const story = list().does('wei-lan', 'proposeRows', rows('甲')).does('lu-fang', 'sealList', seal);
    expect(story.refused('wei-lan', 'proposeRows', rows('乙')).problem).toBe('wrong-state');
    expect(context(story.does('lu-fang', 'unsealList', reason)).sealed).toBeNull();
    story.does('lu-fang', 'sealList', seal).does('lu-fang', 'submitToBureau');
    expect(story.refused('lu-fang', 'unsealList', reason).problem).toBe('wrong-state');
    expect(story.last.tasks).toMatchObject([{ queue: 'bureauOfficer#gx-bureau', leaf: 'submitted' }]);
  });

  it('comes back with a reason for each row, and is accepted by the Bureau alone', () => {
    const story = submitted().does('li-ning', 'returnForCorrection', { reason: '请补正', items: [{ pointer: '/rows/r2/demandContent', reason: '请写具体' }] });
    expect(story.leaves).toEqual(['compiling.returned']);
    expect(context(story)).toMatchObject({ returns: 1, sealed: null, returned: { items: [{ pointer: '/rows/r2/demandContent' }] } });
    story.does('wei-lan', 'editRow', { row: 'r2', content: listRowNamed('乙') }).does('lu-fang', 'sealList', seal).does('lu-fang', 'submitToBureau');
    for (const who of ['lu-fang', 'wei-lan', 'liang-shan']) expect(story.refused(who, 'acceptList').problem).toBe('not-allowed');
    story.does('li-ning', 'acceptList').does('system', 'finishOpening', { opened: 2 });
    expect(story.leaves).toEqual(['accepted']);
    expect(replay('scenarioList', story.events)).toEqual({ ok: true, snapshot: story.snapshot });
  });
});

describe('a scenario that came from a list', () => {
  const input = {
    id: 's-1', form: { system: { name: '甲' }, annex1: {} }, filer: 'wei-lan',
    origin: { kind: 'list', case: 'L', title: '南宁市清单', unitName: '南宁市大数据发展局', row: 'r1' },
    unit: { id: 'nanning-logistics', name: '流通服务中心', kind: 'publicInstitution', division: '450100', sector: null, uscc: null },
  };

  it('is a draft of the unit that the row names, says where it came from, and replays', () => {
    const story = opened('governmentInvestment', input, 'system');
    expect(story.leaves).toEqual(['declaration.draft']);
    expect(story.context).toMatchObject({ unit: { id: 'nanning-logistics' }, filer: 'wei-lan', origin: { case: 'L', row: 'r1' } });
    expect(story.last.tasks).toMatchObject([{ queue: 'applicant#nanning-logistics' }]);
    expect(replay('governmentInvestment', story.events)).toEqual({ ok: true, snapshot: story.snapshot });
  });

  it('is opened by the workflow from a list, and in no other way', () => {
    expect(() => opened('governmentInvestment', { ...input, origin: undefined }, 'system')).toThrow('not opened');
    expect(() => opened('governmentInvestment', input, 'li-ning')).toThrow('not opened');
  });
});
