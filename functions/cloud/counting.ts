import type { Table } from '../store/table.ts';

/** Where `GUIJING_COUNT=1` is set, has every store call say what it consumed, one JSON line each: how the bench counts units instead of estimating them. */
export function countingTable(table: Table): Table {
  if (process.env['GUIJING_COUNT'] !== '1') return table;
  return { ...table, meter: (used) => console.log(JSON.stringify({ consumed: used.CapacityUnits, read: used.ReadCapacityUnits, write: used.WriteCapacityUnits })) };
}
