import type { Case, Reads } from './types.ts';

/** The name of a lifecycle. */
export type LifecycleName = Case['lifecycle'];

/** Who is signed in. */
export type Me = Reads['/me']['answer'];

/** A city or department that filings are handed to. */
export type Authority = Reads['/authorities']['answer']['items'][number];

/** The files of a scenario. */
export type FileList = Reads['/scenarios/{id}/attachments']['answer'];

/** One result of a formal check. */
export type CheckItem = Reads['/scenarios/{id}/formal-check']['answer']['items'][number];

/** One place where two revisions of a form differ. */
export type FormChange = Reads['/scenarios/{id}/revisions/{revision}/changes']['answer']['changes'][number];

/** A to-do as a row of a list. */
export type TaskRow = Reads['/tasks']['answer']['items'][number];

/** A step that the reader took, as a row of a list. */
export type WorkRow = Reads['/done']['answer']['items'][number];

/** A row of a list of annex 1. */
export type ListRow = Reads['/lists/{id}/rows']['answer']['items'][number];
