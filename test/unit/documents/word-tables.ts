import { strFromU8, unzipSync } from 'fflate';

/** A table of a Word file as data: each cell's text at its line and column, its paragraphs as lines; where one cell spans several places, they all say the same. */
export type WordTable = readonly (readonly string[])[];

/** The body of a Word file read as data: its tables, and the paragraphs that stand in none, each in order. */
export function wordData(file: Uint8Array): { readonly tables: readonly WordTable[]; readonly paragraphs: readonly string[] } {
  const body = strFromU8(unzipSync(file)['word/document.xml'] ?? new Uint8Array());
  const tables = elements(body, 'tbl');
  return { tables: tables.map(tableIn), paragraphs: elements(tables.reduce((rest, table) => rest.replace(table, ''), body), 'p').map(textIn) };
}

function tableIn(table: string): WordTable {
  const grid: string[][] = [];
  for (const line of elements(table, 'tr')) {
    const texts: string[] = [];
    for (const cell of elements(line, 'tc')) {
      const properties = elements(cell, 'tcPr')[0] ?? '';
      const across = Number(/<w:gridSpan w:val="(\d+)"/.exec(properties)?.[1] ?? 1);
      const goesOn = /<w:vMerge(?: w:val="continue")?\/>/.test(properties);
      const text = goesOn ? (grid.at(-1)?.[texts.length] ?? '') : elements(cell, 'p').map(textIn).join('\n');
      texts.push(...Array.from({ length: across }, () => text));
    }
    grid.push(texts);
  }
  return grid;
}

// Our prints put no table into a cell, so elements of one name never stand in each other.
function elements(xml: string, name: string): string[] {
  return [...xml.matchAll(new RegExp(`<w:${name}(?: [^>]*)?(?:/>|>[^]*?</w:${name}>)`, 'g'))].map(([element]) => element);
}

const signs: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

function textIn(paragraph: string): string {
  const text = elements(paragraph, 't').map((run) => run.replace(/<[^>]*>/g, '')).join('');
  return text.replace(/&(?:#(\d+)|(\w+));/g, (whole, code?: string, name?: string) => (code === undefined ? (signs[name ?? ''] ?? whole) : String.fromCodePoint(Number(code))));
}
