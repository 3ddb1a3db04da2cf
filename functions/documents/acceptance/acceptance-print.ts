import { canonical } from '../../../shared/canonical.ts';
import type { Digests } from '../../../shared/evidence.ts';
import { formatYuan } from '../../../shared/money.ts';
import type { ScenarioContext } from '../../../machines/scenario/context.ts';
import { buildingRecord, type BuildingRecord } from '../../cases/building-record.ts';
import { recordAsSeen, recordEvents } from '../../cases/building.ts';
import type { Actor } from '../../../shared/actor.ts';
import type { Head, StoredEvent } from '../../store/case.ts';
import { digestsOf } from '../../store/digest.ts';
import type { Table } from '../../store/table.ts';
import { chineseDay } from '../chinese-day.ts';
import { sealedCode, type Certificate, type Found } from '../sealed-code.ts';

/** All that the print of an acceptance is made from: names with values for its head, and what the log says. */
export interface AcceptancePrint {
  readonly facts: readonly (readonly [string, string])[];
  readonly record: BuildingRecord;
}

/** Whether a case has an acceptance to print. */
export function hasAcceptance({ snapshot }: Pick<Head, 'snapshot'>): boolean {
  return snapshot.context['acceptance'] !== undefined;
}

/** Whether it has a result: before that, its print is a draft. */
export function acceptanceIsOver({ snapshot }: Pick<Head, 'snapshot'>): boolean {
  return (snapshot.context as unknown as ScenarioContext).acceptance?.outcome !== undefined;
}

/** The print as a reader may see it, and its certificate once there is a result. */
export async function acceptancePrint(table: Table, head: Head, actor: Actor): Promise<{ readonly print: AcceptancePrint; readonly certificate: Certificate | undefined }> {
  const stored = await recordEvents(table, head);
  const record = recordAsSeen(buildingRecord(stored.map(({ event }) => event)), head, actor);
  const print = { facts: factsOf(head), record };
  return { print, certificate: certificateIn(stored, print) };
}

/** What the code of such a print stands for; `undefined` when the event ended no acceptance. */
export async function acceptanceFound(table: Table, head: Head, n: number): Promise<Found | undefined> {
  if (!hasAcceptance(head)) return undefined;
  const stored = await recordEvents(table, head);
  const record = buildingRecord(stored.map(({ event }) => event));
  const certificate = record.ending?.event === n ? certificateIn(stored, { facts: factsOf(head), record }) : undefined;
  return certificate && { certificate, scenario: (head.snapshot.context as unknown as ScenarioContext).name, latest: head.version === n, unchanged: true };
}

// The certificate is of the event that ended the acceptance: whatever is done to the case later, the print stays the same.
function certificateIn(stored: readonly StoredEvent[], { facts, record }: AcceptancePrint): Certificate | undefined {
  const end = stored.find(({ event }) => event.n === record.ending?.event);
  return end && sealedCode('acceptance', { case: end.event.case, version: end.event.n, at: end.event.at, event: end.digests }, contentOf(facts, record));
}

function contentOf(facts: AcceptancePrint['facts'], record: BuildingRecord): Digests {
  // Lists and optional members alone: JSON leaves out what is undefined, as the log does.
  return digestsOf(canonical(JSON.parse(JSON.stringify({ form: 'acceptance', facts, record }))));
}

function factsOf({ id, snapshot }: Head): AcceptancePrint['facts'] {
  const { name, listNumber, unit, approval, irs, completedOn, acceptance, rectifications } = snapshot.context as unknown as ScenarioContext;
  return [
    ['场景名称', name],
    ['清单编号', listNumber ?? ''],
    ['办件编号', id],
    ['建设主体单位', unit.name],
    ['立项批复', approval ? `${approval.no}（${chineseDay(approval.on)}），批复总投资${formatYuan(approval.fen)}` : '已建场景'],
    ['IRS应用编码', irs?.code ?? ''],
    ['竣工日期', chineseDay(completedOn ?? '')],
    ['申请验收日期', chineseDay(acceptance?.appliedOn ?? '')],
    ['整改次数', String(rectifications)],
  ];
}
