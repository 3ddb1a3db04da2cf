import { readFileSync, writeFileSync } from 'node:fs';
import { type Figure, isMet, rounded, targetOf } from './figures.ts';
import type { Machine } from './machine.ts';
import { machineLine } from './table.ts';

const file = new URL('../../README.md', import.meta.url);
const begin = '<!-- bench: begin (written by `npm run bench -- --readme`) -->';
const end = '<!-- bench: end -->';
const place = '<!-- figures: end -->';

/** Writes the figures that have a target into README.md's figures place, missed ones marked; throws when the place is not there. */
export function intoReadme(here: Machine, figures: readonly Figure[]): void {
  const text = readFileSync(file, 'utf8');
  const block = `${begin}\n${blockOf(here, figures)}\n${end}`;
  const before = new RegExp(`${escaped(begin)}[\\s\\S]*?${escaped(end)}`);
  if (before.test(text)) writeFileSync(file, text.replace(before, () => block));
  else if (text.includes(place)) writeFileSync(file, text.replace(place, () => `${block}\n${place}`));
  else throw new Error('README.md has no place for figures');
}

function blockOf(here: Machine, figures: readonly Figure[]): string {
  const rows = figures.filter((figure) => figure.part === 'machine' || isMet(figure) !== undefined || figure.part === 'cost' || /whole lives|floor$/.test(figure.name));
  const cells = rows.map((figure) => `| ${figure.name} | ${rounded(figure.value)} ${figure.unit} | ${targetOf(figure)} | ${isMet(figure) === false ? 'missed' : ''} |`);
  return [machineLine(here), '', '| figure | measured | target | |', '|---|---|---|---|', ...cells].join('\n');
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
