import { annex1Workbook } from './annex1/write-workbook.ts';
import type { DocumentName } from './names.ts';
import type { Printing } from './printing.ts';

/** Makes a document. */
export function print(name: DocumentName, { form, filed, mark }: Printing): Promise<Uint8Array> {
  switch (name) {
    case 'annex1.xlsx':
      return annex1Workbook(filed, form.annex1 ? [form.annex1] : [], mark);
  }
}
