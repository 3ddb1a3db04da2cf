import elk, { type ELK } from 'elkjs/lib/elk.bundled.js';
import type { Graph } from './graph.ts';
import { elkRow, placements } from './flow-layout.ts';
import { flowModelOf, type FlowModel } from './flow-model.ts';
import { rowsOf, type Row } from './flow-rows.ts';
import { legendOf, rowGap, scaleOf, sheetSvg, type PaintedRow } from './flow-sheet.ts';
import { rowSvg } from './flow-svg.ts';
import type { Words } from './words.ts';

/** Nothing on the printed sheet is smaller than this, in points. */
const smallestPoints = 1;

/** What was drawn: the file, and the size in points of its smallest text when printed on A3. */
export interface Flowchart {
  readonly svg: string;
  readonly smallest: number;
}

/**
 * Draws a lifecycle as the flowchart that annex 3 of the regulation leaves blank: one A3 landscape sheet in Chinese. Stages run
 * from left to right in as many rows as print largest. Throws when a text would be smaller than 8 points on paper.
 */
export async function flowchartOf(graph: Graph, words: Words): Promise<Flowchart> {
  const model = flowModelOf(graph, words);
  const legend = legendOf(model, (role) => words.role(role));
  const rows = await bestRows(model, legend.height);
  const smallest = smallestFont * scaleOf(rows, legend.height);
  if (smallest < smallestPoints) throw new Error(`${graph.lifecycle}: the smallest text would print at ${smallest.toFixed(1)} pt`);
  const title = `附件3　数字应用场景建设管理流程图（${words.lifecycle(graph.lifecycle).replace(/场景$/, '')}）`;
  const subtitle = `本图由桂景状态图 ${graph.lifecycle} ${graph.version} 自动生成，与系统实际办理流程一致（征求意见稿规则 gx-2025-draft）`;
  return { svg: sheetSvg(title, subtitle, rows, legend), smallest };
}

/** The smallest font of the rows before scaling; the legend is not scaled. */
const smallestFont = 9;

/** Stages are measured one by one, split into rows of even width, and the four most promising splits are laid out in full. */
async function bestRows(model: FlowModel, legendHeight: number): Promise<PaintedRow[]> {
  const alone = await layoutRows(model, model.stages.map(() => 1));
  const splits = model.stages.map((_, index) => evenSplit(alone.map((row) => row.width), index + 1));
  const promise = (split: readonly number[]): number => scaleOf(roughRows(alone, split), legendHeight);
  const promising = splits.sort((a, b) => promise(b) - promise(a)).slice(0, 4);
  const drawn = await Promise.all(promising.map((split) => layoutRows(model, split)));
  return drawn.sort((a, b) => scaleOf(b, legendHeight) - scaleOf(a, legendHeight))[0] ?? [];
}

async function layoutRows(model: FlowModel, counts: readonly number[]): Promise<PaintedRow[]> {
  return Promise.all(rowsOf(model, counts).map((row) => layoutRow(row)));
}

/** The lowest of the layouts, for height is what a sheet of several rows lacks first. */
async function layoutRow(row: Row): Promise<PaintedRow> {
  const laid = await Promise.all(placements.map((placement) => engine().layout(elkRow(row, placement))));
  const [lowest] = laid.sort((a, b) => (a.height ?? 0) - (b.height ?? 0));
  if (!lowest) throw new Error('a row was not laid out');
  return { svg: rowSvg(row, lowest), width: lowest.width ?? 0, height: lowest.height ?? 0 };
}

// The package is CommonJS whose export is the class itself; its types say `default`.
function engine(): ELK {
  return new (elk as unknown as new () => ELK)();
}

function roughRows(alone: readonly PaintedRow[], split: readonly number[]): { width: number; height: number }[] {
  return split.map((count, row) => {
    const from = split.slice(0, row).reduce((sum, each) => sum + each, 0);
    const stages = alone.slice(from, from + count);
    return { width: stages.reduce((sum, each) => sum + each.width, 0), height: Math.max(0, ...stages.map((each) => each.height)) + rowGap };
  });
}

/** Splits widths into `rows` consecutive groups whose widest is as narrow as possible; answers how many are in each. */
function evenSplit(widths: readonly number[], rows: number): number[] {
  if (rows <= 1) return [widths.length];
  const options = widths.slice(0, widths.length - rows + 1).map((_, index) => [index + 1, ...evenSplit(widths.slice(index + 1), rows - 1)]);
  return options.sort((a, b) => widest(widths, a) - widest(widths, b))[0] ?? [widths.length];
}

function widest(widths: readonly number[], split: readonly number[]): number {
  let from = 0;
  return Math.max(...split.map((count) => widths.slice(from, (from += count)).reduce((sum, width) => sum + width, 0)));
}
