import type { LifecycleName, Snapshot } from '../../machines/decision.ts';

/** What a case is called in lists: its own name, or what it is about; an id tells nobody anything. */
export function titleOf(snapshot: Snapshot): string {
  const { name, title, scenarioName, half, edition } = snapshot.context;
  const [called] = [name, title, scenarioName].filter((value): value is string => typeof value === 'string' && value !== '');
  if (called !== undefined) return called;
  if (typeof half === 'string') return edition === undefined ? `${half} 批次清单` : `${half} 批次清单（第 ${String(edition)} 版更正）`;
  return '未命名场景';
}

/** The partition of byOwner that a case is listed in: scenarios under their unit, recoveries, demands, batches and lists in lists of their own. */
export function ownerOf(snapshot: Snapshot): string {
  return ownerPartition(snapshot.lifecycle, unitOf(snapshot));
}

/** The partition of byOwner for a unit's cases of a kind. */
export function ownerPartition(lifecycle: LifecycleName, unit: string): string {
  switch (lifecycle) {
    case 'governmentInvestment':
    case 'socialInvestment':
      return unit;
    case 'recovery':
      return `recovery#${unit}`;
    case 'scenarioList':
      return listPartition(unit);
    case 'dataDemand':
      return `demand#${unit}`;
    case 'publication':
      return 'batch';
    case 'fund':
      return 'fund';
  }
}

/** The partition of byOwner for the lists of a city or sector authority. */
export function listPartition(authority: string): string {
  return `list#${authority}`;
}

/** The organisation a case belongs to. */
export function unitOf(snapshot: Snapshot): string {
  const { unit } = snapshot.context;
  if (typeof unit === 'string') return unit;
  const id = typeof unit === 'object' && unit !== null && 'id' in unit ? (unit as { readonly id: unknown }).id : undefined;
  return typeof id === 'string' ? id : '';
}

/** Where the unit of a case stands: its name, division (GB/T 2260) and sector, as far as the case holds them. */
export function unitPlace(snapshot: Snapshot): { readonly name: string; readonly division: string; readonly sector: string } {
  const { unit } = snapshot.context;
  const held = (typeof unit === 'object' && unit !== null ? unit : {}) as { readonly [name: string]: unknown };
  const word = (name: string): string => (typeof held[name] === 'string' ? (held[name] as string) : '');
  return { name: word('name'), division: word('division'), sector: word('sector') };
}
