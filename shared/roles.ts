/** The roles of the programme; `system` is the workflow itself (timers, schedules, activities), `public` is anybody not signed in. */
export const roles = [
  'applicant',
  'unitAdmin',
  'aggregator',
  'bureauOfficer',
  'bureauLeader',
  'expert',
  'leadingGroupOffice',
  'finance',
  'dataAuthority',
  'supervisor',
  'public',
  'system',
] as const;

/** One role of the programme. */
export type Role = (typeof roles)[number];

/** Who may see the figures of all cases together: the Bureau, the Leading Group Office, supervision. */
export const overseers: readonly Role[] = ['bureauOfficer', 'bureauLeader', 'leadingGroupOffice', 'supervisor'];
