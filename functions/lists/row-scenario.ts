import { createHash } from 'node:crypto';
import { canonical } from '../../shared/canonical.ts';

/** The id of the scenario that a row of a list becomes: derived from both, so that however often the list is opened, each row becomes one. */
export function scenarioOfRow(list: string, row: string): string {
  return `s-${createHash('sha256').update(canonical({ list, row })).digest('hex').slice(0, 20)}`;
}
