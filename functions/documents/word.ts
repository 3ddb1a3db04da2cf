import {
  AlignmentType, BorderStyle, Document, Footer, Header, HeightRule, ImageRun, ImportedXmlComponent, LineRuleType, Packer, PageBreak, PageNumber, PageOrientation,
  Paragraph as WordParagraph, Table as WordTable, TableCell, TableLayoutType, TableRow, TextRun, UnderlineType, VerticalAlignTable, WidthType, type FileChild, type IRunOptions,
} from 'docx';
import { looks, marginOf, type Block, type Cell, type Content, type Paragraph, type Role, type Run, type Stamp, type Table } from './content.ts';

/** Points are twentieths in Word; A4 in twentieths of a point. */
const twips = (points: number): number => Math.round(points * 20);
const a4 = { short: twips(595.3), long: twips(841.9) };

/** Sets a document as Word (.docx): texts stay texts that people can go on with. */
export async function wordOf(content: Content): Promise<Uint8Array> {
  const margin = twips(marginOf(content));
  const width = (content.landscape ? a4.long : a4.short) - 2 * margin;
  const document = new Document({
    title: content.title,
    creator: '桂景',
    styles: { default: { document: { run: { font: fonts.body, size: 24, language: { eastAsia: 'zh-CN' } } } } },
    sections: [
      {
        properties: {
          page: {
            // The library turns the sheet itself: width and height are those of the sheet upright.
            size: { width: a4.short, height: a4.long, orientation: content.landscape ? PageOrientation.LANDSCAPE : PageOrientation.PORTRAIT },
            margin: { top: margin, bottom: margin, left: margin, right: margin, header: twips(30), footer: twips(30) },
          },
        },
        ...(content.draft ? { headers: { default: new Header({ children: [watermark()] }) } } : {}),
        footers: { default: new Footer({ children: [pageNumber(content.footer)] }) },
        children: content.blocks.flatMap((block) => blockOf(block, width)),
      },
    ],
  });
  return new Uint8Array(await Packer.toBuffer(document));
}

const western = 'Times New Roman';
const font = (eastAsia: string) => ({ ascii: western, hAnsi: western, cs: western, eastAsia });
const fonts = { body: font('仿宋'), heading: font('黑体'), title: font('宋体'), cell: font('宋体') };

function fontOf(role: Role): ReturnType<typeof font> {
  switch (role) {
    case 'cover':
    case 'title':
      return fonts.title;
    case 'heading':
      return fonts.heading;
    case 'subheading':
    case 'body':
      return fonts.body;
    case 'cell':
    case 'label':
    case 'dense':
    case 'hint':
    case 'small':
      return fonts.cell;
  }
}

function blockOf(block: Block, width: number): FileChild[] {
  switch (block.kind) {
    case 'paragraph':
      return [paragraphOf(block)];
    case 'table':
      return [tableOf(block, width)];
    case 'stamp':
      return stampOf(block);
    case 'pageBreak':
      return [new WordParagraph({ children: [new PageBreak()], spacing: { before: 0, after: 0 } })];
  }
}

const alignments = { left: AlignmentType.LEFT, center: AlignmentType.CENTER, right: AlignmentType.RIGHT } as const;

function paragraphOf({ role, runs, align, indented, before = 0, after = 0 }: Paragraph): WordParagraph {
  const { size, line } = looks[role];
  return new WordParagraph({
    children: runs.map((run) => runOf(run, role)),
    spacing: { before: twips(before), after: twips(after), line: twips(line), lineRule: LineRuleType.EXACT },
    ...(align ? { alignment: alignments[align] } : {}),
    ...(indented ? { indent: { firstLine: twips(size * 2) } } : {}),
    ...(role === 'heading' || role === 'subheading' || role === 'label' ? { keepNext: true } : {}),
  });
}

function runOf(run: Run, role: Role): TextRun {
  const { text, bold, underlined } = typeof run === 'string' ? { text: run, bold: undefined, underlined: undefined } : run;
  const options: IRunOptions = { text: printable(text), font: fontOf(role), size: looks[role].size * 2, bold: bold ?? looks[role].bold, ...(underlined ? { underline: { type: UnderlineType.SINGLE } } : {}) };
  return new TextRun(options);
}

/** What XML 1.0 cannot hold is left out. */
function printable(text: string): string {
  // oxlint-disable-next-line no-control-regex -- control characters are what it takes out
  return text.toWellFormed().replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '');
}

function tableOf({ widths, rows, headings = 0, unbroken = false }: Table, width: number): WordTable {
  const total = widths.reduce((sum, share) => sum + share, 0);
  return new WordTable({
    width: { size: width, type: WidthType.DXA },
    columnWidths: widths.map((share) => Math.round((share / total) * width)),
    layout: TableLayoutType.FIXED,
    rows: rows.map(({ cells, height }, index) => new TableRow({ tableHeader: index < headings, cantSplit: unbroken || index < headings, ...(height ? { height: { value: twips(height), rule: HeightRule.ATLEAST } } : {}), children: cells.map(cellOf) })),
  });
}

function cellOf({ content, across = 1, down = 1, middle }: Cell): TableCell {
  return new TableCell({
    children: content.map(paragraphOf),
    columnSpan: across,
    rowSpan: down,
    verticalAlign: middle ? VerticalAlignTable.CENTER : VerticalAlignTable.TOP,
    margins: { top: twips(2), bottom: twips(2), left: twips(4), right: twips(4), marginUnitType: WidthType.DXA },
  });
}

const noLine = { style: BorderStyle.NONE, size: 0, color: 'auto' };
const noLines = { top: noLine, bottom: noLine, left: noLine, right: noLine };

// A table without lines keeps the picture and its words side by side in every program; without a paragraph before it, it would join the table above.
function stampOf({ png, lines }: Stamp): FileChild[] {
  const picture = new WordParagraph({ children: [new ImageRun({ type: 'png', data: png, transformation: { width: 84, height: 84 }, altText: { name: '核验二维码', title: '核验二维码', description: lines[0] ?? '' } })] });
  const side = (children: WordParagraph[], percent: number) => new TableCell({ children, borders: noLines, width: { size: percent, type: WidthType.PERCENTAGE }, verticalAlign: VerticalAlignTable.CENTER });
  const words = lines.map((line) => paragraphOf({ kind: 'paragraph', role: 'small', runs: [line] }));
  return [new WordParagraph({}), new WordTable({ width: { size: 100, type: WidthType.PERCENTAGE }, borders: { ...noLines, insideHorizontal: noLine, insideVertical: noLine }, rows: [new TableRow({ children: [side([picture], 20), side(words, 80)] })] })];
}

function pageNumber(words: string): WordParagraph {
  const look = { font: fonts.cell, size: 18 };
  return new WordParagraph({
    alignment: AlignmentType.CENTER,
    children: [new TextRun({ ...look, text: `${words}　　第 ` }), new TextRun({ ...look, children: [PageNumber.CURRENT] }), new TextRun({ ...look, text: ' 页，共 ' }), new TextRun({ ...look, children: [PageNumber.TOTAL_PAGES] }), new TextRun({ ...look, text: ' 页' })],
  });
}

/** Word's own watermark, a picture of letters behind the text; the library has none, so it is imported as the markup that Word writes. */
function watermark(): WordParagraph {
  const paragraph = new WordParagraph({});
  paragraph.addChildElement(ImportedXmlComponent.fromXmlString(watermarkXml));
  return paragraph;
}

const watermarkXml = `<w:r xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"><w:rPr><w:noProof/></w:rPr><w:pict><v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/><v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/><v:f eqn="mid @5 @6"/><v:f eqn="mid @8 @5"/><v:f eqn="mid @7 @8"/><v:f eqn="mid @6 @7"/><v:f eqn="sum @6 0 @5"/></v:formulas><v:path textpathok="t" o:connecttype="custom" o:connectlocs="@9,0;@10,10800;@11,21600;@12,10800" o:connectangles="270,180,90,0"/><v:textpath on="t" fitshape="t"/></v:shapetype><v:shape id="PowerPlusWaterMarkObject1" o:spid="_x0000_s2049" type="#_x0000_t136" style="position:absolute;margin-left:0;margin-top:0;width:320pt;height:160pt;rotation:315;z-index:-251658752;mso-position-horizontal:center;mso-position-horizontal-relative:margin;mso-position-vertical:center;mso-position-vertical-relative:margin" o:allowincell="f" fillcolor="#c0c0c0" stroked="f"><v:fill opacity=".4"/><v:textpath style="font-family:&quot;宋体&quot;;font-size:1pt" string="草稿"/></v:shape></w:pict></w:r>`;
