import elk, { type ELK } from 'elkjs/lib/elk.bundled.js';
import type { Graph } from './graph.ts';
import { elkRow, placements, type Size } from './flow-layout.ts';
import { flowModelOf, shortRole, type FlowModel, type Item, type Panel } from './flow-model.ts';
import { filled, layoutOf, shelved, type Layout } from './flow-place.ts';
import { rowsOf, type Row } from './flow-rows.ts';
import { legendOf, scaleOf, sheetSvg, type PaintedRow } from './flow-sheet.ts';
import { rowSvg } from './flow-svg.ts';
import type { Words } from './words.ts';

/**
 * Draws a lifecycle as the flowchart that annex 3 of the regulation leaves blank, an SVG of one A3 landscape sheet in Chinese.
 * Stages run from left to right in as many rows as print largest; the file says how small its smallest text prints.
 */
export async function flowchartOf(graph: Graph, words: Words): Promise<string> {
  const model = flowModelOf(graph, words);
  const legend = legendOf(model, (role) => shortRole(words, role));
  const rows = await bestRows(model, legend.height);
  const title = `附件3　数字应用场景建设管理流程图（${words.lifecycle(graph.lifecycle).replace(/场景$/, '')}）`;
  const subtitle = `本图由桂景状态图 ${graph.lifecycle} ${graph.version} 自动生成，与系统实际办理流程一致（征求意见稿规则 gx-2025-draft）`;
  return sheetSvg(title, subtitle, rows, legend);
}

/** Every run of consecutive stages that could be a row is laid out once; the split whose rows print largest is drawn. */
async function bestRows(model: FlowModel, legendHeight: number): Promise<PaintedRow[]> {
  const sizes = await rowSizes(model);
  const rowsIn = (split: readonly number[]): (Size | undefined)[] => split.map((count, row) => sizes.get(`${startOf(split, row)}+${count}`));
  const scale = (split: readonly number[]): number => {
    const rows = rowsIn(split);
    return rows.every((row) => row !== undefined) ? scaleOf(rows, legendHeight) : 0;
  };
  const splits = compositions(model.stages.length).map((split) => ({ split, worth: worthOf(scale(split), split.length) }));
  const [best] = splits.sort((a, b) => b.worth - a.worth);
  return Promise.all(rowsOf(model, best?.split ?? []).map((row) => paintedRow(row)));
}

/** The larger the print the better; between equals the fewer rows, hence connectors, the better. */
function worthOf(scale: number, rows: number): number {
  return scale - rows * 0.012;
}

/** Rows wider than this, in points, would print too small whatever their height. */
const widestRow = 1300;

/** The sizes of all possible rows by `<first stage>+<number of stages>`; a row's size does not depend on how the others are split. */
async function rowSizes(model: FlowModel): Promise<Map<string, Size>> {
  const total = model.stages.length;
  const sizes = new Map<string, Size>();
  for (let first = 0; first < total; first++) {
    for (let count = 1; first + count <= total; count++) {
      const split = [first, count, total - first - count];
      const [, row] = rowsOf(model, split);
      const size = row && (await layoutRow(row));
      if (!size || size.width > widestRow) break;
      sizes.set(`${first}+${count}`, size);
    }
  }
  return sizes;
}

function startOf(split: readonly number[], row: number): number {
  return split.slice(0, row).reduce((sum, count) => sum + count, 0);
}

/** All ways to write a number as a sum of positive numbers in order, at most seven of them: rows of stages. */
function compositions(total: number, most = 7): number[][] {
  if (total === 0) return [[]];
  if (most === 0) return [];
  return Array.from({ length: total }, (_, index) => index + 1).flatMap((first) => compositions(total - first, most - 1).map((rest) => [first, ...rest]));
}

async function paintedRow(row: Row): Promise<PaintedRow> {
  const layout = await layoutRow(row);
  return { svg: rowSvg(row, layout), width: layout.width, height: layout.height };
}

/** Parallel states whose regions send no arrow out are laid out on their own, region by region, and set into the row as one block. */
async function layoutRow(row: Row): Promise<Layout> {
  const blocks = await Promise.all(closedParallels(row).map(async (item) => [item.id, await layoutParallel(item, row)] as const));
  const inner = new Set(blocks.flatMap(([, layout]) => [...layout.routes.keys()]));
  const outer = await leastLayout({ ...row, arrows: row.arrows.filter((arrow) => !inner.has(arrow)) }, new Map(blocks));
  return blocks.reduce((whole, [id, block]) => filled(whole, id, block), outer);
}

function closedParallels(row: Row): Panel[] {
  const inside = (id: string, panel: Panel): boolean => id.startsWith(`${panel.id}.`);
  const closed = (panel: Panel): boolean => row.arrows.every((arrow) => inside(arrow.from, panel) === inside(arrow.to, panel));
  return row.items.filter((item): item is Panel => item.shape === 'parallel').filter(closed);
}

async function layoutParallel(parallel: Panel, row: Row): Promise<Layout> {
  const rowOf = (region: Item): Row => ({ items: [region], arrows: row.arrows.filter((arrow) => arrow.from.startsWith(`${region.id}.`)) });
  return shelved(parallel, await Promise.all(parallel.children.map((region) => leastLayout(rowOf(region), new Map()))));
}

/** The layout of least area: what a sheet of several rows has too little of. */
async function leastLayout(row: Row, sized: ReadonlyMap<string, Size>): Promise<Layout> {
  const laid = await Promise.all(placements.map((placement) => engine.layout(elkRow(row, placement, sized))));
  const [least] = laid.map((node) => layoutOf(row, node)).sort((a, b) => a.height * a.width - b.height * b.width);
  if (!least) throw new Error('a row was not laid out');
  return least;
}

// The package is CommonJS whose export is the class itself; its types say `default`.
const engine = new (elk as unknown as new () => ELK)();

