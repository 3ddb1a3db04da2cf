import type { Reads } from '../api/types.ts';

/** The accounts of a unit as the API answers them. */
export type Accounts = Reads['/unit-accounts']['answer'];
