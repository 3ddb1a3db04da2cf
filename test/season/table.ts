import { formatWanYuan } from '../../shared/money.ts';
import type { Explained } from './explanations.ts';
import type { SeasonFigures } from './figures.ts';

/** The figures of a season as a table for people. */
export function tableOf({ ends, explained, money, counts, stays, lists }: SeasonFigures): string {
  return [
    ...section('where they ended', Object.entries(ends).flatMap(([lifecycle, byEnd]) => Object.entries(byEnd).map(([end, count]) => [lifecycle, end, String(count)]))),
    ...section('open, and why', Object.entries(explained).map(([kind, count]) => [kind, String(count)])),
    ...section('money (万元)', Object.entries(money).map(([name, fen]) => [name.replace(/Fen$/, ''), formatWanYuan(fen)])),
    ...section('what happened', Object.entries(counts).map(([name, count]) => [name, String(count)])),
    ...section('days in a state (times, median, p90)', stays.map(({ lifecycle, leaf, times, medianDays, p90Days }) => [lifecycle, leaf, String(times), String(medianDays), String(p90Days)])),
    ...section('lists of the half-years', lists.map(({ half, edition, state, scenarios }) => [half, `edition ${edition}`, state, String(scenarios)])),
  ].join('\n');
}

/** What is still open, case by case. */
export function openLines(open: readonly Explained[]): string[] {
  return open.map(({ scenario, lifecycle, leaf, since, awaited, why, strain }) => `no. ${scenario + 1} (${lifecycle}; ${strain}): ${leaf} since ${since}, waits for ${awaited}: ${why}`);
}

function section(title: string, rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return [`\n${title}`, ...rows.map((row) => `  ${row.map((cell, column) => (/^[\d.,-]/.test(cell) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0))).join('  ')}`)];
}
