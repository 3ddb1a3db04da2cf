import type { Organisation } from '../../shared/actor.ts';
import { cityOf, region } from '../../shared/divisions.ts';

/** The level whose data are wanted: the region's, a city's or a county's (art. 16). */
export type DataLevel = 'region' | 'city' | 'county';

/** Whether an organisation takes data demands: a data authority, or a city's bureau of big data. */
export function isDataAuthority(org: Organisation | undefined): boolean {
  return org?.office === 'dataAuthority' || org?.office === 'city';
}

/**
 * Whether an organisation is the data authority of a level for a unit in a division (art. 16, R-055): the region's; the unit's city's; the
 * unit's county's, and where a county has none, its city's.
 */
export function isProperAuthority(org: Organisation | undefined, level: DataLevel, division: string): boolean {
  if (!org || !isDataAuthority(org)) return false;
  if (level === 'region') return org.office === 'dataAuthority' && org.division === region.code;
  if (division === region.code) return false;
  const ofTheCity = org.division === cityOf(division);
  return level === 'city' ? ofTheCity : ofTheCity || (org.office === 'dataAuthority' && org.division === division);
}
