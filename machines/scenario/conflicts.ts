import { addYears, type Day } from '../../shared/days.ts';
import { noExpertise, type Expertise } from '../../shared/expert.ts';
import type { Organisation } from '../../shared/actor.ts';
import type { Policy } from '../../shared/policy.ts';
import type { ScenarioContext } from './context.ts';

/** Why an expert cannot review a case: what ties them to which unit. */
export interface Conflict {
  readonly kind: ConflictKind;
  readonly unit: string;
}

/** The ties that keep an expert from a case (requirements 8: same unit, cooperating unit, declared interest, worked there). */
export type ConflictKind = 'ownUnit' | 'cooperatingUnit' | 'declaredInterest' | 'workedThere';

/** An expert as the pool knows them. */
export interface Candidate {
  readonly org: Organisation;
  readonly expertise?: Expertise;
}

type Filing = Pick<ScenarioContext, 'unit' | 'cooperating'>;

/** Every tie between an expert and the units of a filing, as far as the records know; `today` is a day in Asia/Shanghai. Empty: they may be invited. */
export function conflictsOf(candidate: Candidate, filing: Filing, today: Day, policy: Policy): Conflict[] {
  const { interests, workedAt } = candidate.expertise ?? noExpertise;
  const units = unitsOf(filing);
  const since = addYears(today, -policy.recusalYears.value);
  const recent = workedAt.filter(({ until }) => until === null || until >= since).map(({ unit }) => unit);
  return units.flatMap(({ names, shown, kind }): Conflict[] => [
    ...(isNamed(namesOf(candidate.org), names) ? [{ kind, unit: shown }] : []),
    ...(isNamed(interests, names) ? [{ kind: 'declaredInterest' as const, unit: shown }] : []),
    ...(isNamed(recent, names) ? [{ kind: 'workedThere' as const, unit: shown }] : []),
  ]);
}

interface NamedUnit {
  readonly kind: 'ownUnit' | 'cooperatingUnit';
  readonly names: readonly string[];
  readonly shown: string;
}

function unitsOf({ unit, cooperating }: Filing): NamedUnit[] {
  const others = cooperating.map((name) => ({ kind: 'cooperatingUnit' as const, names: [name], shown: name }));
  return [{ kind: 'ownUnit', names: namesOf(unit), shown: unit.name }, ...others];
}

function namesOf({ id, name, uscc }: { readonly id: string; readonly name: string; readonly uscc?: string | null | undefined }): string[] {
  return uscc ? [id, name, uscc] : [id, name];
}

function isNamed(some: readonly string[], others: readonly string[]): boolean {
  const known = new Set(others.map(plain));
  return some.some((name) => known.has(plain(name)));
}

// People write the same unit in full-width and half-width brackets, with and without spaces.
function plain(name: string): string {
  return name.normalize('NFKC').replace(/\s+/gu, '').toUpperCase();
}
