import { annex1Content } from './annex1/content.ts';
import { annex1Workbook } from './annex1/write-workbook.ts';
import { annex2Content } from './annex2/content.ts';
import type { Content } from './content.ts';
import type { DocumentName } from './names.ts';
import type { FontFiles } from './pdf.ts';
import type { Printing } from './printing.ts';

/** Makes a document. */
export async function print(name: DocumentName, printing: Printing, fonts: FontFiles): Promise<Uint8Array> {
  const { form, filed, files, mark } = printing;
  switch (name) {
    case 'annex1.xlsx':
      return annex1Workbook(filed, form.annex1 ? [form.annex1] : [], mark);
    case 'annex1.docx':
      return asWord(await annex1Content(filed, form.annex1 ? [form.annex1] : [], mark));
    case 'annex2.docx':
      return asWord(await annex2Content(form.annex2 ?? {}, files, mark));
    case 'annex2.pdf':
      return asPdf(await annex2Content(form.annex2 ?? {}, files, mark), fonts);
  }
}

// Both are loaded at their first use: who verifies a print or reads a list in waits for neither.
async function asWord(content: Content): Promise<Uint8Array> {
  const { wordOf } = await import('./word.ts');
  return wordOf(content);
}

async function asPdf(content: Content, fonts: FontFiles): Promise<Uint8Array> {
  const { pdfOf } = await import('./pdf.ts');
  return pdfOf(content, fonts);
}
