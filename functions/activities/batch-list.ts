import type { Json } from '../../machines/decision.ts';
import type { Head } from '../store/case.ts';
import { titleOf, unitOf } from '../cases/about.ts';

/** One line of a frozen list: which scenario, under which number of the list. */
export interface ListEntry {
  readonly case: string;
  readonly number: string;
  readonly name: string;
  readonly lifecycle: string;
  readonly unit: string;
  readonly unitName: string;
  readonly division: string;
  /** Who looks after its sector, what it serves, and whether it stands already; lists of before have none of them. */
  readonly sectors?: readonly string[];
  readonly directions?: readonly string[];
  readonly stage?: string;
}

/** Where the parts of a batch lie in the bucket. */
export const batchKeys = {
  frozen: (id: string) => `batches/${id}/frozen.json`,
  readable: (id: string) => `batches/${id}/frozen.csv`,
  /** Each edition has a file of its own, made once and never again. */
  published: (half: string, edition = 1) => `public/lists/${half}${edition === 1 ? '' : `.${edition}`}.json`,
} as const;

/** The entry of a scenario under its place in the list, counted from 1: `GX-2025-H1-0001`. */
export function entryOf(head: Head, half: string, place: number): ListEntry {
  const { context } = head.snapshot;
  const unit = context['unit'] as { readonly name?: string } | undefined;
  return {
    case: head.id,
    number: `GX-${half}-${String(place).padStart(4, '0')}`,
    name: titleOf(head.snapshot),
    lifecycle: head.lifecycle,
    unit: unitOf(head.snapshot),
    unitName: unit?.name ?? '',
    division: typeof context['division'] === 'string' ? context['division'] : '',
    sectors: texts(context['sectors']),
    directions: texts(context['directions']),
    stage: typeof context['stage'] === 'string' ? context['stage'] : '',
  };
}

function texts(value: Json | undefined): readonly string[] {
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
}

/** A list as a JSON array with one entry on each line, so that it can be written and read without holding it. */
export async function* asJsonLines(entries: AsyncIterable<unknown>): AsyncGenerator<string> {
  let separator = '[\n';
  for await (const entry of entries) {
    yield separator + JSON.stringify(entry);
    separator = ',\n';
  }
  yield separator === '[\n' ? '[]\n' : '\n]\n';
}

/** Reads back a list written by `asJsonLines`, line by line. */
export async function* entriesIn<T>(lines: AsyncIterable<string>): AsyncGenerator<T> {
  for await (const line of lines) if (line.startsWith('{')) yield JSON.parse(line.replace(/,$/, '')) as T;
}

/** The list for people: a CSV that Excel opens as UTF-8 (hence the byte order mark). */
export async function* asCsv(entries: AsyncIterable<ListEntry>): AsyncGenerator<string> {
  yield '\uFEFF清单编号,场景名称,类别,申报单位,行政区划代码\r\n';
  for await (const { number, name, lifecycle, unitName, division } of entries)
    yield `${[number, name, classNames[lifecycle] ?? lifecycle, unitName, division].map(csvCell).join(',')}\r\n`;
}

const classNames: Readonly<Record<string, string>> = { governmentInvestment: '政府投资类', socialInvestment: '社会投资类' };

// A cell that begins like a formula would be run by a spreadsheet program: names come from applicants.
function csvCell(text: string): string {
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return `"${harmless.replaceAll('"', '""')}"`;
}
