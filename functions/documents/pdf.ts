import pdfmake from 'pdfmake';
import type { Content as PdfContent, ContentTable, TableCell, TDocumentDefinitions } from 'pdfmake/interfaces.js';
import { looks, marginOf, type Block, type Cell, type Content, type Paragraph, type Run, type Stamp, type Table } from './content.ts';

/** The font files that a PDF embeds from, as paths: the text's two weights, and boxes and ticks. */
export interface FontFiles {
  readonly regular: string;
  readonly bold: string;
  readonly symbols: string;
}

/** Sets a document as PDF with the letters it uses embedded: it looks the same everywhere. */
export async function pdfOf(content: Content, fonts: FontFiles): Promise<Uint8Array> {
  pdfmake.setFonts({
    song: { normal: fonts.regular, bold: fonts.bold },
    symbols: { normal: fonts.symbols, bold: fonts.symbols },
  });
  // A document is texts and our own picture: nothing in it may fetch a file or an address.
  pdfmake.setUrlAccessPolicy(() => false);
  pdfmake.setLocalAccessPolicy((path) => Object.values(fonts).includes(path));
  return new Uint8Array(await pdfmake.createPdf(definitionOf(content)).getBuffer());
}

function definitionOf(content: Content): TDocumentDefinitions {
  const margin = marginOf(content);
  const width = (content.landscape ? 841.89 : 595.28) - 2 * margin;
  return {
    info: { title: content.title, creator: '桂景', producer: '桂景' },
    pageSize: 'A4',
    pageOrientation: content.landscape ? 'landscape' : 'portrait',
    pageMargins: margin,
    defaultStyle: { font: 'song', fontSize: 12 },
    ...(content.draft ? { watermark: { text: '草稿', font: 'song', bold: true, color: '#808080', opacity: 0.25, angle: -45, fontSize: 160 } } : {}),
    footer: (page, pages) => ({ text: `${content.footer}\u3000\u3000第 ${page} 页，共 ${pages} 页`, alignment: 'center', fontSize: 9, margin: [0, margin / 2 - 8, 0, 0] }),
    // A heading does not stay alone at the foot of a page.
    pageBreakBefore: (node, context) => node.headlineLevel === 1 && context.getFollowingNodesOnPage().length === 0,
    content: contentsOf(content.blocks, width),
  };
}

// A page break is not a block of its own here: what follows it begins a page.
function contentsOf(blocks: readonly Block[], width: number): PdfContent[] {
  return blocks.flatMap((block, index) => {
    if (block.kind === 'pageBreak') return [];
    const set = blockOf(block, width);
    return [blocks[index - 1]?.kind === 'pageBreak' ? { stack: [set], pageBreak: 'before' as const } : set];
  });
}

function blockOf(block: Exclude<Block, { readonly kind: 'pageBreak' }>, width: number): PdfContent {
  switch (block.kind) {
    case 'paragraph':
      return paragraphOf(block);
    case 'table':
      return tableOf(block, width);
    case 'stamp':
      return stampOf(block);
  }
}

/** How high the font's own line is, as a multiple of its size (ascender and descender of Noto Serif SC). */
const fontLine = 1.437;

function paragraphOf({ role, runs, align = 'left', indented, before = 0, after = 0 }: Paragraph): PdfContent {
  const { size, bold, line } = looks[role];
  return {
    text: runs.flatMap((run) => runsOf(run, bold)),
    fontSize: size,
    lineHeight: line / (size * fontLine),
    alignment: align,
    margin: [0, before, 0, after],
    preserveLeadingSpaces: true,
    preserveTrailingSpaces: true,
    ...(indented ? { leadingIndent: size * 2 } : {}),
    ...(role === 'heading' || role === 'subheading' ? { headlineLevel: 1 } : {}),
  };
}

interface PdfRun { readonly text: string; readonly bold: boolean; readonly font?: string; readonly decoration?: 'underline' }

// Boxes, ticks and stars are in no Chinese text font.
function runsOf(run: Run, boldByRole: boolean): PdfRun[] {
  const { text, bold = boldByRole, underlined = false } = typeof run === 'string' ? { text: run } : run;
  return text.toWellFormed().split(/([\u2600-\u27bf]+)/u).filter((part) => part !== '').map((part) => ({ text: part, bold, ...(/^[\u2600-\u27bf]/u.test(part) ? { font: 'symbols' } : {}), ...(underlined ? { decoration: 'underline' as const } : {}) }));
}

const padding = 4;

function tableOf({ widths, rows, headings = 0, unbroken = false }: Table, width: number): ContentTable {
  const total = widths.reduce((sum, share) => sum + share, 0);
  const room = width - widths.length * (2 * padding + 0.5);
  return {
    table: { headerRows: headings, dontBreakRows: unbroken, widths: widths.map((share) => (share / total) * room), body: bodyOf(rows, widths.map((share) => (share / total) * room)) },
    layout: { hLineWidth: () => 0.5, vLineWidth: () => 0.5, paddingLeft: () => padding, paddingRight: () => padding, paddingTop: () => 3, paddingBottom: () => 3 },
  };
}

// The library wants a place in the grid for every cell, those under a spanning one too.
function bodyOf(rows: Table['rows'], widths: readonly number[]): TableCell[][] {
  const grid = rows.map((): (TableCell | undefined)[] => widths.map(() => undefined));
  for (const [index, { cells, height = 0 }] of rows.entries()) {
    for (const cell of cells) {
      const line = grid[index];
      const start = line?.indexOf(undefined) ?? -1;
      if (!line || start < 0) throw new Error(`line ${index + 1} of a table has more cells than columns`);
      const { across = 1, down = 1 } = cell;
      for (const covered of grid.slice(index, index + down)) covered.splice(start, across, ...Array.from({ length: across }, () => ({})));
      line[start] = cellOf(cell, height, widths.slice(start, start + across).reduce((sum, width) => sum + width, 0));
    }
  }
  return grid.map((line) => line.map((found) => found ?? ''));
}

// The library's own least heights go wrong where a line of the table crosses a page: room is made below (and above) the text instead.
function cellOf({ content, across = 1, down = 1, middle = false }: Cell, height: number, width: number): TableCell {
  const room = Math.max(0, height - 6 - content.reduce((sum, one) => sum + heightOf(one, width), 0));
  const margin = middle ? [0, room / 2, 0, room / 2] : [0, 0, 0, room];
  return { stack: content.map(paragraphOf), colSpan: across, rowSpan: down, margin, ...(middle ? { verticalAlignment: 'middle' } : {}) } as TableCell;
}

function heightOf({ role, runs, before = 0, after = 0 }: Paragraph, width: number): number {
  const { size, line } = looks[role];
  const letters = runs.map((run) => (typeof run === 'string' ? run : run.text)).join('');
  const long = [...letters].reduce((sum, letter) => sum + (letter.charCodeAt(0) < 0x80 ? 0.55 : 1), 0);
  return before + after + line * Math.max(1, Math.ceil((long * size) / width));
}

function stampOf({ png, lines }: Stamp): PdfContent {
  return {
    columns: [
      { image: `data:image/png;base64,${Buffer.from(png).toString('base64')}`, width: 72 },
      { stack: lines.map((text) => ({ text, fontSize: 8, margin: [0, 4, 0, 0] as [number, number, number, number] })), width: '*' },
    ],
    columnGap: 10,
  };
}
