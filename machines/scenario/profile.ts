import type { Organisation } from '../../shared/actor.ts';
import type { UnitProfile } from '../../shared/contracts/profile.ts';
import { valueAt, withValueAt } from '../../shared/pointers.ts';
import type { Json } from '../decision.ts';
import type { FundingClass } from './context.ts';

/** A form with the unit's profile in the places that are blank, as a copy: what the profile says later changes no filing (requirements 7, 8.15). */
export function filledFrom(form: Json, funding: FundingClass, org: Organisation, profile: UnitProfile): Json {
  return placesOf(funding, org, profile).reduce<Json>((filled, [pointer, value]) => (value === undefined || !isBlank(valueAt(filled, pointer)) ? filled : (withValueAt(filled, pointer, value) as Json)), form ?? {});
}

function placesOf(funding: FundingClass, org: Organisation, { contact, projectLead, address, legalRepresentative, cooperatingUnits }: UnitProfile): readonly (readonly [string, unknown])[] {
  const both = [
    ['/system/division', org.division],
    ['/system/constructUnit', { name: org.name, ...(org.uscc === undefined ? {} : { uscc: org.uscc }) }],
    ['/system/contact', contact],
    ['/system/cooperatingUnits', cooperatingUnits],
    ['/system/sectors', org.sector === undefined ? undefined : [org.sector]],
  ] as const;
  if (funding === 'governmentInvestment') return [...both, ['/annex1/responsibleUnit', org.name]];
  return [
    ...both,
    ['/annex2/cover/applicant', org.name],
    ['/annex2/cover/projectLead', projectLead ?? contact?.name],
    ['/annex2/cover/phone', contact?.phone],
    ['/annex2/basic/address', address],
    ['/annex2/basic/constructUnit', org.name],
    ['/annex2/basic/cooperatingUnits', cooperatingUnits?.map(({ name }) => name)],
    ['/annex2/opinion/signedBy', legalRepresentative],
  ];
}

function isBlank(value: unknown): boolean {
  return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
}
