import { annex1Content } from './annex1/content.ts';
import { annex1Workbook } from './annex1/write-workbook.ts';
import { annex2Content } from './annex2/content.ts';
import type { CompiledList } from './compiled-list.ts';
import type { Content } from './content.ts';
import type { DocumentName } from './names.ts';
import type { FontFiles } from './pdf.ts';
import type { Printing } from './printing.ts';

/** Makes a document. */
export async function print(name: DocumentName, printing: Printing, fonts: FontFiles): Promise<Uint8Array> {
  const { form, filed, files, mark } = printing;
  switch (name) {
    case 'annex1.xlsx':
    case 'annex1.docx':
      return printList(name, { head: filed, rows: form.annex1 ? [form.annex1] : [], mark });
    case 'annex2.docx':
      return asWord(await annex2Content(form.annex2 ?? {}, files, mark));
    case 'annex2.pdf':
      return asPdf(await annex2Content(form.annex2 ?? {}, files, mark), fonts);
  }
}

/** Makes annex 1 of any number of rows. */
export async function printList(name: 'annex1.xlsx' | 'annex1.docx', { head, rows, mark }: CompiledList): Promise<Uint8Array> {
  return name === 'annex1.xlsx' ? annex1Workbook(head, rows, mark) : asWord(await annex1Content(head, rows, mark));
}

/** Sets a document that is no form. */
export function printBook(content: Content, format: 'docx' | 'pdf', fonts: FontFiles): Promise<Uint8Array> {
  return format === 'docx' ? asWord(content) : asPdf(content, fonts);
}

// Both are loaded at their first use: who verifies a print or reads a list in waits for neither.
/** Sets a document as Word. */
export async function asWord(content: Content): Promise<Uint8Array> {
  const { wordOf } = await import('./word.ts');
  return wordOf(content);
}

/** Sets a document as PDF. */
export async function asPdf(content: Content, fonts: FontFiles): Promise<Uint8Array> {
  const { pdfOf } = await import('./pdf.ts');
  return pdfOf(content, fonts);
}
