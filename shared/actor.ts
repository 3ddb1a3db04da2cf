import type { Role } from './roles.ts';

/** What kind of body an organisation is; it decides what it may file (art. 5(3), art. 14(2)) and which licence proves it (annex 2, part 3). */
export const organisationKinds = [
  'government',
  'publicInstitution',
  'enterprise',
  'research',
  'socialOrganisation',
] as const;

/** One kind of organisation. */
export type OrganisationKind = (typeof organisationKinds)[number];

/** The office an organisation holds in the programme, beside being a body that may apply; `none` for ordinary units. */
export type Office = 'none' | 'city' | 'sectorAuthority' | 'bureau' | 'leadingGroupOffice' | 'finance' | 'dataAuthority' | 'supervision';

/** An organisation as the records hold it. `division` is a GB/T 2260 code (six digits); `sector` is set for sector authorities and their units. */
export interface Organisation {
  readonly id: string;
  readonly name: string;
  readonly kind: OrganisationKind;
  readonly office: Office;
  readonly division: string;
  readonly sector?: string;
  readonly uscc?: string;
}

/** Who acts: one person, for one organisation, in the roles that the records give them (never the roles a token claims). */
export interface Actor {
  readonly person: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly org: Organisation;
  /** The colleague in whose place they act, while that one is away; rules about who did what look at the person who acts. */
  readonly onBehalfOf?: { readonly person: string; readonly name: string };
}
