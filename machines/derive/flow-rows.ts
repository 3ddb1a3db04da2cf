import type { Arrow, Box, FlowModel, Item } from './flow-model.ts';

/** One row of the sheet: items and arrows that lie wholly in it. */
export interface Row {
  readonly items: readonly Item[];
  readonly arrows: readonly Arrow[];
}

/**
 * Splits a model into rows of consecutive stages (`counts` per row). Ends are repeated in every row that leads to them; an arrow
 * into another row becomes a pair of lettered connectors, one letter for each target, as GB/T 1526 draws them.
 */
export function rowsOf(model: FlowModel, counts: readonly number[]): Row[] {
  const starts = counts.map((_, row) => counts.slice(0, row).reduce((sum, count) => sum + count, 0));
  const stages = counts.map((count, row) => model.stages.slice(starts[row], (starts[row] ?? 0) + count));
  const rowOf = new Map(stages.flatMap((items, row) => items.flatMap(idsIn).map((id): [string, number] => [id, row])));
  const letters = lettersOf(model, rowOf);
  return stages.map((items, row) => oneRow(model, items, row, rowOf, letters));
}

type Places = ReadonlyMap<string, number>;

function idsIn(item: Item): string[] {
  return 'children' in item ? [item.id, ...item.children.flatMap(idsIn)] : [item.id];
}

function lettersOf(model: FlowModel, rowOf: Places): ReadonlyMap<string, string> {
  const crossing = model.arrows.filter((arrow) => rowOf.has(arrow.to) && rowOf.get(arrow.from) !== rowOf.get(arrow.to));
  const targets = [...new Set(crossing.map((arrow) => arrow.to))];
  return new Map(targets.map((target, index) => [target, String.fromCodePoint(65 + index)]));
}

// A row needs the whole model, its own items, and where everything else is.
function oneRow(model: FlowModel, stages: readonly Item[], row: number, rowOf: Places, letters: ReadonlyMap<string, string>): Row {
  const leaving = model.arrows.filter((arrow) => rowOf.get(arrow.from) === row);
  const arriving = [...letters].filter(([target]) => rowOf.get(target) === row);
  const ends = model.ends.filter((end) => leaving.some((arrow) => arrow.to === end.id));
  const out = [...letters].filter(([target]) => rowOf.get(target) !== row && leaving.some((arrow) => arrow.to === target));
  const redirect = (to: string): string => (rowOf.has(to) && rowOf.get(to) !== row ? `@out.${to}` : to);
  const titles = new Map(model.stages.flatMap(boxesIn).map((item) => [item.id, item.title]));
  return {
    items: [
      ...arriving.map(([target, letter]): Box => ({ id: `@in.${target}`, shape: 'link', title: letter, notes: [] })),
      ...stages,
      ...out.map(([target, letter]): Box => ({ id: `@out.${target}`, shape: 'link', title: letter, notes: [titles.get(target) ?? ''] })),
      ...ends,
    ],
    arrows: [
      ...arriving.map(([target]): Arrow => ({ from: `@in.${target}`, to: target, labels: [], style: 'person' })),
      ...leaving.map((arrow) => ({ ...arrow, to: redirect(arrow.to) })),
    ],
  };
}

function boxesIn(item: Item): Item[] {
  return 'children' in item ? [item, ...item.children.flatMap(boxesIn)] : [item];
}
