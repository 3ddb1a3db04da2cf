import type { FiledAttachment } from './annex2/attachments.ts';
import type { Certificate } from './sealed-code.ts';
import type { Annex1Head } from '../../shared/annex1/columns.ts';
import type { Draft } from '../../shared/draft.ts';
import type { PrintedForm } from './printed-form.ts';

/** What proves a final print: its certificate, and the address where that is checked. */
export interface Proof {
  readonly certificate: Certificate;
  readonly address: string;
}

/** Whether a print may leave the house as it is: a draft says so across every page, anything else carries its proof; what was compiled of several cases has none. */
export type Mark = { readonly draft: true } | { readonly draft: false; readonly proof?: Proof };

/** All that a print is made from. */
export interface Printing {
  readonly form: Draft<PrintedForm>;
  /** Who files, and the day of the filing (`''` before it). */
  readonly filed: Annex1Head;
  /** The files that were filed with the form. */
  readonly files: readonly FiledAttachment[];
  readonly mark: Mark;
}
