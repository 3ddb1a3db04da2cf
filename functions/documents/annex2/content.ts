import { printedForms } from '../printed-form.ts';
import type { Annex2 } from '../printed-form.ts';
import type { Content } from '../content.ts';
import type { Draft } from '../../../shared/draft.ts';
import type { Mark } from '../printing.ts';
import { footerOf, stampOf } from '../stamp.ts';
import { attachmentsPart, type FiledAttachment } from './attachments.ts';
import { cover } from './cover.ts';
import { letter } from './letter.ts';
import { report } from './report.ts';
import { situation } from './situation.ts';

/** Annex 2 as the regulation lays it out: cover, part 1 with the unit's opinion, part 2, part 3, letter of commitment. */
export async function annex2Content(form: Draft<Annex2>, files: readonly FiledAttachment[], mark: Mark): Promise<Content> {
  const pageBreak = { kind: 'pageBreak' } as const;
  return {
    title: printedForms.annex2,
    landscape: false,
    draft: mark.draft,
    footer: footerOf(mark),
    blocks: [...cover(form.cover ?? {}), ...(await stampOf(mark)), pageBreak, ...situation(form), pageBreak, ...report(form.report ?? {}), pageBreak, ...attachmentsPart(files), pageBreak, ...letter],
  };
}
