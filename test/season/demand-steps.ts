import { openPromises, pointerOf, type DemandContext } from '../../machines/demand/rules.ts';
import { addDays, type Day } from '../../shared/days.ts';
import type { DemandFate } from './fate.ts';
import type { Followed } from './followed.ts';
import { personOf } from './people.ts';
import { does, type Move, type Onward, type Wait } from './step.ts';

const demand = ({ view }: Followed) => view.context as unknown as DemandContext;
const authority = (one: Followed) => personOf('dataAuthority', demand(one).handler);
const provider = (one: Followed) => personOf('aggregator', demand(one).provider ?? '');
const promises = (today: Day) => [{ name: '目录', dueOn: addDays(today, 10) }, { name: '接口', dueOn: addDays(today, 20) }];

/** A demand for data: checked, answered or talked over, signed for, delivered, judged. */
export const demandSteps: Readonly<Record<string, Onward>> = {
  checking: (one) => checked(one),
  returned: ({ fate }) => does(fate.filer, 'resubmitDemand', { dataTypes: ['企业登记'], scope: '全区近三年', purpose: '核验经营主体' }),
  answering: (one, today) => answered(one, today),
  coordinating: (one, today) => does(authority(one), 'recordMeeting', { heldOn: today, participants: ['使用方', '提供方'], minutes: '商定提供方式与期限', promises: promises(today) }),
  signing: (one) => signed(one),
  delivering: (one, today) => delivered(one, today),
  accepting: (one, today) => judged(one, today),
};

function checked(one: Followed): Move {
  if (isTurnOf(one, 'refused')) return does(authority(one), 'refuseDemand', { reason: '依法不予共享' });
  if (isTurnOf(one, 'returned')) return does(authority(one), 'returnDemand', { reason: '用途不够具体' });
  if (isTurnOf(one, 'transferred')) return does(authority(one), 'transferDemand', { handler: 'nanning-data', reason: '由持有数据的层级受理' });
  return does(authority(one), 'acceptDemand', { provider: 'gx-market' });
}

function answered(one: Followed, today: Day): Move {
  if (isTurnOf(one, 'withdrawn')) return does(one.fate.filer, 'withdraw', { reason: '已从其他渠道取得' });
  if (isTurnOf(one, 'metAbout')) return does(provider(one), 'raiseDifficulty', { reason: '部分字段涉及敏感信息' });
  return does(provider(one), 'offerData', { plan: '按月推送', promises: promises(today) });
}

function signed(one: Followed): Move {
  const { user, provider: other } = demand(one).signed;
  if (user === null) return does(one.fate.filer, 'signAsUser', { responsible: '某某', undertaken: true });
  if (other === null) return does(provider(one), 'signAsProvider', { responsible: '某某', undertaken: true });
  return does(authority(one), 'releaseData');
}

function delivered(one: Followed, today: Day): Move | Wait {
  const [next] = openPromises(demand(one));
  if (!next) return does(provider(one), 'reportDelivered');
  return today < next.dueOn ? { until: next.dueOn } : does(provider(one), 'recordDelivery', { name: next.name, deliveredOn: today });
}

function judged(one: Followed, today: Day): Move {
  const [first] = demand(one).promises;
  if (first && isTurnOf(one, 'defects')) return does(one.fate.filer, 'reportDefects', { reason: '部分数据缺失', items: [{ pointer: pointerOf(first.name), reason: '字段不全' }], dueOn: addDays(today, 14) });
  return does(one.fate.filer, 'confirmUsable', { accuracy: 5, completeness: 4, timeliness: 5, comment: '满足使用需求' });
}

/** Whether the demand takes the turn that its fate names, which it takes once. */
function isTurnOf({ fate, notes }: Followed, turn: DemandFate): boolean {
  if (fate.demand !== turn || notes.has(turn)) return false;
  notes.set(turn, 'yes');
  return true;
}
