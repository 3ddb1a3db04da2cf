import { attachmentParts } from '../../shared/contracts/attachments.ts';
import { completionDocuments } from '../../shared/contracts/building-kinds.ts';
import { policyOf } from '../../shared/policy.ts';
import type { Actor } from '../../shared/actor.ts';
import type { ScenarioContext } from '../../machines/scenario/context.ts';
import { inspectionOf } from '../../machines/scenario/inspection.ts';
import { panelAtWork } from '../../machines/scenario/panel.ts';
import type { Head, StoredEvent } from '../store/case.ts';
import { eventsDown } from '../store/load.ts';
import type { Table } from '../store/table.ts';
import type { Desk } from './act.ts';
import { buildingRecord, isOfTheRecord, type BuildingRecord } from './building-record.ts';
import { namesOf } from './people-names.ts';
import { isBeingInspected, seesReview } from './see.ts';

/**
 * What the log says of a scenario's construction and acceptance, with the panel and the documents of completion, as one reader may
 * see it: while a panel inspects, its opinions are the Bureau's, and each expert's own.
 */
export async function buildingOf(desk: Desk, head: Head, actor: Actor): Promise<Record<string, unknown>> {
  const context = head.snapshot.context as unknown as ScenarioContext;
  const stored = await recordEvents(desk.table, head);
  const { ending, ...record } = recordAsSeen(buildingRecord(stored.map(({ event }) => event)), head, actor);
  const policy = policyOf(String(context.policy));
  return {
    ...record,
    ending: ending && withoutEvent(ending),
    appliedOn: inspectionOf(context).appliedOn,
    quorum: policy.acceptanceQuorum.value,
    checks: [...policy.acceptanceChecks.value],
    documents: completionDocuments.map((part) => ({ part, title: attachmentParts[part].title, files: context.parts[part] ?? 0, wanted: policy.acceptanceDocuments.value.includes(part) && (part !== 'projectApproval' || context.stage === 'proposed') })),
    panel: context.acceptance ? await panelOf(desk.table, context, seesReview(actor)) : [],
  };
}

/** The events of a case's construction and acceptance, oldest first. */
export async function recordEvents(table: Table, head: Pick<Head, 'id'>): Promise<StoredEvent[]> {
  const found: StoredEvent[] = [];
  for await (const stored of eventsDown(table, head.id)) {
    if (stored.event.command === 'publish') break;
    if (isOfTheRecord(stored.event.command)) found.unshift(stored);
  }
  return found;
}

/** A record without the opinions that a reader may not see yet. */
export function recordAsSeen(record: BuildingRecord, { snapshot }: Pick<Head, 'snapshot'>, actor: Actor): BuildingRecord {
  if (!isBeingInspected(snapshot) || seesReview(actor)) return record;
  const { round } = inspectionOf(snapshot.context as unknown as ScenarioContext);
  return { ...record, rounds: record.rounds.map((each) => (each.round === round ? { ...each, opinions: each.opinions.filter(({ expert }) => expert === actor.person) } : each)) };
}

async function panelOf(table: Table, context: ScenarioContext, whole: boolean): Promise<{ expert: string; name: string; standing: string }[]> {
  const { experts, declared = [], answered, alternates = [], recused } = panelAtWork(context);
  const standing = (id: string): string => (answered.includes(id) ? 'submitted' : declared.includes(id) ? 'declared' : 'invited');
  const rows = [...experts.map((expert) => ({ expert, standing: standing(expert) })), ...(whole ? [...alternates.map((expert) => ({ expert, standing: 'alternate' })), ...recused.map((expert) => ({ expert, standing: 'recused' }))] : [])];
  const names = await namesOf(table, rows.map(({ expert }) => expert));
  return rows.map((row) => ({ ...row, name: names.get(row.expert) ?? row.expert }));
}

function withoutEvent({ event: _event, ...ending }: NonNullable<BuildingRecord['ending']>): Omit<NonNullable<BuildingRecord['ending']>, 'event'> {
  return ending;
}
