import { printedForms, printTitles, type FormName } from './printed-form.ts';

/** A document as it is asked for by name: which form, in which format. */
export interface DocumentKind {
  readonly form: FormName;
  readonly type: string;
  readonly title: string;
}

const word = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const pdf = 'application/pdf';
const spreadsheet = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** Every document that can be had of a scenario, by its name in the path. */
export const documentKinds = {
  'annex1.xlsx': { form: 'annex1', type: spreadsheet, title: `${printedForms.annex1}（Excel）` },
  'annex1.docx': { form: 'annex1', type: word, title: `${printedForms.annex1}（Word）` },
  'annex2.docx': { form: 'annex2', type: word, title: `${printedForms.annex2}（Word）` },
  'annex2.pdf': { form: 'annex2', type: pdf, title: `${printedForms.annex2}（PDF）` },
} as const satisfies Record<string, DocumentKind>;

/** The certificate of an acceptance, by its names in the path. */
export const acceptanceKinds = {
  'acceptance.docx': { type: word, title: `${printTitles.acceptance}（Word）` },
  'acceptance.pdf': { type: pdf, title: `${printTitles.acceptance}（PDF）` },
} as const satisfies Record<string, { readonly type: string; readonly title: string }>;

/** The name of one of them. */
export type AcceptanceName = keyof typeof acceptanceKinds;

/** The name of one document. */
export type DocumentName = keyof typeof documentKinds;

/** The names of the official forms. */
export const documentNames = Object.keys(documentKinds) as [DocumentName, ...DocumentName[]];

/** All names, for schemas. */
export const scenarioDocuments = [...documentNames, ...(Object.keys(acceptanceKinds) as [AcceptanceName, ...AcceptanceName[]])] as const;

/** The media types of what is made. */
export const workbookType = spreadsheet;
/** Of Word. */
export const wordType = word;
/** Of PDF. */
export const pdfType = pdf;

/** Every format in which a published list can be had, by its name in the path. */
export const publishedKinds = {
  'list.xlsx': { type: spreadsheet },
  'list.docx': { type: word },
  'list.pdf': { type: pdf },
  'list.json': { type: 'application/json; charset=utf-8' },
} as const satisfies Record<string, { readonly type: string }>;

/** The name of one format. */
export type PublishedName = keyof typeof publishedKinds;

/** All names, for schemas. */
export const publishedNames = Object.keys(publishedKinds) as [PublishedName, ...PublishedName[]];
