/** A list as the form writes it: one item a line. */
export const listText = (items: readonly string[]): string => items.join('\n');

/** Reads a list: one item a line; a single line is split where ①②③ or, without those, where semicolons stand. */
export function itemsIn(cell: string): string[] {
  const lines = cell.split('\n').map((line) => line.trim()).filter(Boolean);
  if (lines.length !== 1) return lines;
  const line = lines[0] ?? '';
  const numbered = /^[①-⑳]/u.test(line) ? line.split(/(?=[①-⑳])/u) : line.split(/[；;]/u);
  const parts = numbered.map((part) => part.trim()).filter(Boolean);
  return parts.length > 1 ? parts : [line];
}
