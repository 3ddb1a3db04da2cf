/** What a spreadsheet puts on the clipboard, as rows of cells: cells end with tabs, rows with line ends; a cell with either inside stands in quotes, quotes in it are doubled. */
export function pastedCells(text: string): readonly (readonly string[])[] {
  const rows: string[][] = [[]];
  let cell = '';
  let quoted = false;
  const whole = text.replaceAll('\r\n', '\n').replace(/\n$/, '');
  const endCell = () => {
    rows.at(-1)?.push(cell);
    cell = '';
  };
  for (let at = 0; at < whole.length; at += 1) {
    const sign = whole[at];
    if (quoted) {
      if (sign !== '"') cell += sign;
      else if (whole[at + 1] === '"') { cell += '"'; at += 1; } else quoted = false;
    } else if (sign === '"' && cell === '') quoted = true;
    else if (sign === '\t') endCell();
    else if (sign === '\n') { endCell(); rows.push([]); } else cell += sign;
  }
  endCell();
  return rows;
}
