/** A stretch of text in one look. */
export type Run = string | { readonly text: string; readonly bold?: boolean; readonly underlined?: boolean };

/** What a paragraph is for; each renderer has one look for each. */
export type Role = 'cover' | 'title' | 'heading' | 'subheading' | 'body' | 'cell' | 'label' | 'dense' | 'hint' | 'small';

/** One paragraph; spaces are points, `indented` sets its first line in by two characters. */
export interface Paragraph {
  readonly kind: 'paragraph';
  readonly role: Role;
  readonly runs: readonly Run[];
  readonly align?: 'left' | 'center' | 'right';
  readonly indented?: boolean;
  readonly before?: number;
  readonly after?: number;
}

/** One cell; it may span columns to the right and rows below. */
export interface Cell {
  readonly content: readonly Paragraph[];
  readonly across?: number;
  readonly down?: number;
  readonly middle?: boolean;
}

/** One line of a table; what a cell above or to the left spans is left out. `height` is the least, in points. */
export interface Row {
  readonly cells: readonly Cell[];
  readonly height?: number;
}

/** A ruled table; widths are shares of the page's width, the first `headings` lines stand on every page; no line of an `unbroken` one crosses a page. */
export interface Table {
  readonly kind: 'table';
  readonly widths: readonly number[];
  readonly rows: readonly Row[];
  readonly headings?: number;
  readonly unbroken?: boolean;
}

/** The mark that a print is ours: a QR code and lines beside it. */
export interface Stamp {
  readonly kind: 'stamp';
  readonly png: Uint8Array;
  readonly lines: readonly string[];
}

/** One part of a document. */
export type Block = Paragraph | Table | Stamp | { readonly kind: 'pageBreak' };

/** A document before it is set in any format: what both Word and PDF are made from. */
export interface Content {
  readonly title: string;
  readonly landscape: boolean;
  readonly draft: boolean;
  /** What stands beside the number of every page. */
  readonly footer: string;
  readonly blocks: readonly Block[];
}

/** A paragraph. */
export function paragraph(role: Role, text: string | readonly Run[], more: Omit<Paragraph, 'kind' | 'role' | 'runs'> = {}): Paragraph {
  return { kind: 'paragraph', role, runs: typeof text === 'string' ? [text] : text, ...more };
}

/** A text as people wrote it, one paragraph per line; blank lines are dropped, an empty text is one empty paragraph. */
export function paragraphs(role: Role, text: string, more: Omit<Paragraph, 'kind' | 'role' | 'runs'> = {}): Paragraph[] {
  const lines = text.split('\n').map((line) => line.trim()).filter(Boolean);
  return (lines.length > 0 ? lines : ['']).map((line) => paragraph(role, line, more));
}

/** A cell of texts. */
export function cell(content: readonly Paragraph[], more: Omit<Cell, 'content'> = {}): Cell {
  return { content, ...more };
}

/** The margin on each side of a page, in points; a table across the page takes more of it. */
export const marginOf = ({ landscape }: Pick<Content, 'landscape'>): number => (landscape ? 40 : 64);

/** The looks of the roles that both formats share: size in points, weight, and the height of a line in points, which does not depend on the font that is there. */
export const looks = {
  cover: { size: 26, bold: true, line: 44 },
  title: { size: 20, bold: true, line: 34 },
  heading: { size: 15, bold: true, line: 25 },
  subheading: { size: 12, bold: true, line: 21 },
  body: { size: 12, bold: false, line: 21 },
  cell: { size: 11, bold: false, line: 17 },
  label: { size: 11, bold: true, line: 17 },
  dense: { size: 8, bold: false, line: 11.5 },
  hint: { size: 9, bold: false, line: 14 },
  small: { size: 9, bold: false, line: 14 },
} as const satisfies Record<Role, { readonly size: number; readonly bold: boolean; readonly line: number }>;
