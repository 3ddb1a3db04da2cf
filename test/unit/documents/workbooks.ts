import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { type CellValue, type MergeRange, parseCellRef, readXlsx, writeXlsx } from 'hucre/xlsx';

/** The texts of a workbook's first sheet, line by line; blank cells are ''. */
export async function gridIn(file: Uint8Array): Promise<(string | number)[][]> {
  const { sheets } = await readXlsx(file);
  return (sheets[0]?.rows ?? []).map((row) => row.map((value) => (typeof value === 'number' ? value : String(value ?? ''))));
}

/** A workbook of one sheet with these cells. */
export function sheetWith(rows: readonly (readonly (string | number)[])[], merges: MergeRange[] = []): Promise<Uint8Array> {
  return writeXlsx({ sheets: [{ name: '清单', rows: rows.map((row) => row.map((value): CellValue => (value === '' ? null : value))), merges }] });
}

/** The same workbook with other values in some cells, by address. */
export async function changed(file: Promise<Uint8Array>, cells: Readonly<Record<string, string | number>>): Promise<Uint8Array> {
  const rows = await gridIn(await file);
  for (const [address, value] of Object.entries(cells)) {
    const { row, col } = parseCellRef(address);
    (rows[row] ??= [])[col] = value;
  }
  return sheetWith(rows);
}

/** The same container with some parts replaced or added. */
export function withParts(file: Uint8Array, change: (parts: Record<string, Uint8Array>) => Record<string, string | Uint8Array>): Uint8Array {
  const parts = unzipSync(file);
  const more = Object.entries(change(parts)).map(([name, part]) => [name, typeof part === 'string' ? strToU8(part) : part] as const);
  return zipSync({ ...parts, ...Object.fromEntries(more) });
}

/** A part as text. */
export const partText = (parts: Record<string, Uint8Array>, name: string): string => strFromU8(parts[name] ?? new Uint8Array());
