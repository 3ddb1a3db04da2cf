import { describe, expect, it } from 'vitest';
import { replay } from '../../../machines/replay.ts';
import { isProperAuthority } from '../../../machines/demand/routing.ts';
import type { Organisation } from '../../../shared/actor.ts';
import { by, opened, type Step, type Story } from './story.ts';

const promises = [{ name: '接口', dueOn: '2025-03-20' }, { name: '目录', dueOn: '2025-04-02' }];
const demand = (): Story => opened('dataDemand', { id: 'D', scenario: { id: 'X', name: '数智大市场', unit: 'nanning-logistics', division: '450100' }, level: 'city', handler: by('shi-qing').org, dataTypes: ['登记'], scope: '全市', purpose: '核验' }, 'wei-lan');
const agreed: readonly Step[] = [['shi-qing', 'acceptDemand', { provider: 'gx-market' }], ['nong-min', 'offerData', { plan: '接口', promises }]];
const released: readonly Step[] = [...agreed, ['wei-lan', 'signAsUser', { responsible: '韦岚', undertaken: true }], ['nong-min', 'signAsProvider', { responsible: '农敏', undertaken: true }], ['shi-qing', 'releaseData']];

describe('who takes a demand for data (R-055)', () => {
  const org = (office: Organisation['office'], division: string): Organisation => ({ id: 'o', name: 'o', kind: 'government', office, division });
  it.each([
    ['region', '450103', org('dataAuthority', '450000'), true],
    ['region', '450103', org('city', '450000'), false],
    ['city', '450103', org('city', '450100'), true],
    ['city', '450103', org('city', '450200'), false],
    ['county', '450103', org('dataAuthority', '450103'), true],
    ['county', '450103', org('dataAuthority', '450105'), false],
    ['county', '450103', org('city', '450100'), true],
    ['county', '450000', org('dataAuthority', '450000'), false],
    ['city', '450103', org('sectorAuthority', '450100'), false],
    ['region', '450103', undefined, false],
  ] as const)('%s, from %s', (level, division, authority, proper) => {
    expect(isProperAuthority(authority, level, division)).toBe(proper);
  });
});

describe('a demand for data', () => {
  it('R-059: has a to-do for each side until it has signed, and none signs for the other', () => {
    const story = demand().all(agreed);
    expect(story.last.tasks.map(({ slot, queue }) => `${slot} ${queue}`)).toEqual(['main dataAuthority#nanning-data', 'main:user applicant#nanning-logistics', 'main:provider aggregator#gx-market']);
    expect(story.refused('nong-min', 'signAsUser', { responsible: '农敏', undertaken: true }).problem).toBe('not-allowed');
    expect(story.refused('tan-jun', 'signAsProvider', { responsible: '谭军', undertaken: true }).problem).toBe('not-allowed');
    story.does('wei-lan', 'signAsUser', { responsible: '韦岚', undertaken: true });
    expect(story.refused('huang-yu', 'signAsUser', { responsible: '黄宇', undertaken: true }).rule).toBe('userHasNotSigned');
    expect(story.last.tasks.map(({ slot }) => slot)).toEqual(['main', 'main:provider']);
    expect(story.refused('shi-qing', 'releaseData').rule).toBe('bothHaveSigned');
  });

  it('R-057: waits for the last promise, and is not delivered before all are kept', () => {
    const story = demand().all(released);
    expect(story.last.entered).toEqual({ delivering: '2025-04-02T15:59:59.999Z' });
    expect(story.refused('nong-min', 'reportDelivered')).toMatchObject({ rule: 'promisesAreKept', figures: { open: promises } });
    expect(story.refused('nong-min', 'recordDelivery', { name: '照片', deliveredOn: '2025-03-10' }).rule).toBe('promiseIsOpen');
    expect(story.refused('nong-min', 'recordDelivery', { name: '接口', deliveredOn: '2025-03-11' }).rule).toBe('deliveryIsNotInTheFuture');
    for (const { name } of promises) story.does('nong-min', 'recordDelivery', { name, deliveredOn: '2025-03-10' });
    story.does('nong-min', 'reportDelivered');
    expect(story.refused('wei-lan', 'reportDefects', { reason: '缺', items: [{ pointer: '/promises/照片', reason: '缺' }], dueOn: '2025-03-12' }).rule).toBe('defectsArePromised');
    story.does('wei-lan', 'reportDefects', { reason: '缺', items: [{ pointer: '/promises/目录', reason: '缺' }], dueOn: '2025-03-12' });
    expect(story.snapshot.context['promises']).toMatchObject([{ doneOn: '2025-03-10' }, { name: '目录', dueOn: '2025-03-12', doneOn: null }]);
  });

  it('promises nothing in the past, and no name twice', () => {
    const story = demand().all(agreed.slice(0, 1));
    for (const wrong of [[{ name: '接口', dueOn: '2025-03-09' }], [{ name: '接口', dueOn: '2025-03-20' }, { name: '接口', dueOn: '2025-03-21' }]]) expect(story.refused('nong-min', 'offerData', { plan: '接口', promises: wrong }).rule).toBe('promisesAreDated');
  });

  it('reads the same from its log', () => {
    const story = demand().all(released);
    expect(replay('dataDemand', story.events)).toEqual({ ok: true, snapshot: story.snapshot });
  });
});
