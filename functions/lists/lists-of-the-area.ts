import { isInArea } from '../../machines/list/rules.ts';
import type { Actor } from '../../shared/actor.ts';
import { listPartition } from '../cases/about.ts';
import type { Desk } from '../cases/act.ts';
import { organisationsIn } from '../store/lists.ts';

/** The partitions of byOwner in which a unit finds the lists that it may propose rows to: those of the authorities it files through. */
export async function listsOfTheArea(desk: Desk, { org }: Actor): Promise<string[]> {
  const found = await Promise.all((['city', 'sectorAuthority'] as const).map((office) => organisationsIn(desk.table, office)));
  return found.flat().filter(({ id, division, sector }) => isInArea(org, { unit: { id, division, sector: sector ?? null } })).map(({ id }) => listPartition(id));
}
