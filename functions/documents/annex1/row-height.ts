/** The tallest row of a sheet, in points (Excel specifications and limits); a longer text is all there, but not all of it shows. */
const tallest = 409;
const pointsPerLine = 14.5;

/** How tall a line must be so that wrapped texts show whole: programs that open the file do not measure it again. `widths` are the columns' in characters. */
export function rowHeight(texts: readonly string[], widths: readonly number[]): number {
  const lines = texts.map((text, index) => linesOf(text, widths[index] ?? 10));
  return Math.min(tallest, Math.max(1, ...lines) * pointsPerLine + 6);
}

function linesOf(text: string, width: number): number {
  // A Chinese character is as wide as two digits, and the cell's own margin is about one and a half.
  const room = Math.max(2, Math.floor((width - 1.5) / 2));
  return text.split('\n').reduce((sum, line) => sum + Math.max(1, Math.ceil(wideness(line) / room)), 0);
}

function wideness(line: string): number {
  return [...line].reduce((sum, character) => sum + (character.charCodeAt(0) < 0x80 ? 0.6 : 1), 0);
}
