import type { Case, Reads } from './types.ts';

/** The name of a lifecycle. */
export type LifecycleName = Case['lifecycle'];

/** Who is signed in. */
export type Me = Reads['/me']['answer'];

/** A city or department that filings are handed to. */
export type Authority = Reads['/authorities']['answer']['items'][number];

/** The files of a scenario. */
export type FileList = Reads['/scenarios/{id}/attachments']['answer'];
