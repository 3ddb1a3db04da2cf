import { open, type Desk } from '../cases/act.ts';
import type { Command, Json } from '../../machines/decision.ts';
import type { Organisation } from '../../shared/actor.ts';
import { fullRows, listContext, type FullRow } from '../lists/contents.ts';
import { scenarioOfRow } from '../lists/row-scenario.ts';
import type { Head } from '../store/case.ts';
import { orgKey, personKey } from '../store/keys.ts';
import { loadCase, nameOf, readItems } from '../store/load.ts';
import { orgOf, systemActor } from '../store/people.ts';
import { Conflict } from '../store/save.ts';

const atOnce = 8;

/** Makes a scenario of each row of an accepted list, a draft of the unit that builds it (art. 11(2)). Each has an id that follows from its row: a run that died half way goes on, and opens none twice. */
export async function openScenarios(desk: Desk, head: Head): Promise<Command> {
  const list = listContext(head.snapshot);
  const rows = await fullRows(desk.table, list);
  const units = await unitsOf(desk, rows);
  for (let at = 0; at < rows.length; at += atOnce) await Promise.all(rows.slice(at, at + atOnce).map((row) => openOne(desk, head, row, units)));
  return { type: 'finishOpening', args: { opened: rows.length } };
}

async function unitsOf({ table }: Desk, rows: readonly FullRow[]): Promise<ReadonlyMap<string, Organisation>> {
  const found = new Map<string, Organisation>();
  const ids = [...new Set(rows.flatMap(({ unit }) => unit ?? []))];
  for (let at = 0; at < ids.length; at += 100) for (const item of (await readItems(table, ids.slice(at, at + 100).map(orgKey))).values()) found.set(orgOf(item).id, orgOf(item));
  return found;
}

async function openOne(desk: Desk, head: Head, row: FullRow, units: ReadonlyMap<string, Organisation>): Promise<void> {
  const id = scenarioOfRow(head.id, row.id);
  const unit = units.get(row.unit ?? '');
  if (!unit) throw new Error(`${row.id} of ${head.id} names a unit that is not there`);
  const { title, unit: authority } = listContext(head.snapshot);
  const input = {
    id,
    form: formOf(row, unit) as Json,
    origin: { kind: 'list' as const, case: head.id, title, unitName: authority.name, row: row.id },
    unit: { id: unit.id, name: unit.name, kind: unit.kind, division: unit.division, sector: unit.sector ?? null, uscc: unit.uscc ?? null },
    filer: await filerOf(desk, row),
  };
  try {
    const done = await open(desk, { lifecycle: 'governmentInvestment', input, actor: systemActor });
    if (!done.ok) throw new Error(`${row.id} of ${head.id} did not become a scenario: ${done.detail}`);
  } catch (error) {
    if (!(error instanceof Conflict) || !(await loadCase(desk.table, id))) throw error; // it is there from an earlier run
  }
}

/** The row under its number in the list, and what the records know of the unit; the rest of the form is the unit's to fill in. */
function formOf({ content, seqNo }: FullRow, unit: Organisation): object {
  return {
    system: { name: content.applicationName, division: unit.division, constructUnit: { name: unit.name, ...(unit.uscc === undefined ? {} : { uscc: unit.uscc }) } },
    annex1: { ...content, seqNo },
  };
}

// Who filed a scenario decides nothing on it; an authority that typed a unit's row in has not filed it.
async function filerOf({ table }: Desk, { by, unit }: FullRow): Promise<string> {
  const item = (await readItems(table, [personKey(by)])).get(nameOf(personKey(by)));
  return item?.['org']?.S === unit ? by : '';
}
