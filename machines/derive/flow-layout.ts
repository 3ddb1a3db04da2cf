import type { ElkExtendedEdge, ElkNode, LayoutOptions } from 'elkjs/lib/elk-api.js';
import type { Arrow, Box, Item } from './flow-model.ts';
import { backArrows } from './flow-order.ts';
import type { Row } from './flow-rows.ts';
import { arrowLines, blockSize, boxLines, fonts, lineHeight } from './flow-text.ts';

/** Distances in points; ELK wants them on every frame. */
const spacing: LayoutOptions = {
  'elk.spacing.nodeNode': '7',
  'elk.spacing.edgeNode': '6',
  'elk.spacing.edgeEdge': '6',
  'elk.spacing.edgeLabel': '2',
  'elk.spacing.componentComponent': '8',
  'elk.layered.spacing.nodeNodeBetweenLayers': '13',
  'elk.layered.spacing.edgeNodeBetweenLayers': '8',
  'elk.layered.spacing.edgeEdgeBetweenLayers': '6',
};

const rowOptions: LayoutOptions = {
  ...spacing,
  'elk.algorithm': 'layered',
  'elk.direction': 'RIGHT',
  'elk.hierarchyHandling': 'INCLUDE_CHILDREN',
  'elk.edgeRouting': 'ORTHOGONAL',
  'elk.randomSeed': '1',
  'elk.json.shapeCoords': 'ROOT',
  'elk.json.edgeCoords': 'ROOT',
  'elk.padding': '[top=2,left=2,bottom=2,right=2]',
  'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
  'elk.layered.thoroughness': '30',
  'elk.layered.compaction.postCompaction.strategy': 'EDGE_LENGTH',
};

/** The room that a frame leaves around what is in it, in points; its title stands in `top`. */
export const frame = { top: fonts.panel * lineHeight + 5, side: 5 } as const;

/** Width and height in points. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** The ways to place boxes in their columns; which one is the more compact depends on the row. */
export const placements = ['NETWORK_SIMPLEX', 'BRANDES_KOEPF'] as const;

/** One of these ways. */
export type Placement = (typeof placements)[number];

/** What ELK is asked for one row: all sizes in points, all edges at the root, coordinates in the row's own frame. Items with a size in `sized` were laid out before. */
export function elkRow(row: Row, placement: Placement, sized: ReadonlyMap<string, Size> = new Map()): ElkNode {
  const layoutOptions = { ...rowOptions, 'elk.layered.nodePlacement.strategy': placement };
  const back = backArrows(row);
  const edges = row.arrows.map((arrow, index) => elkEdge(arrow, index, back.has(arrow)));
  return { id: '@row', layoutOptions, children: row.items.map((item) => elkItem(item, sized)), edges };
}

function elkItem(item: Item, sized: ReadonlyMap<string, Size>): ElkNode {
  const size = 'children' in item ? sized.get(item.id) : boxSize(item);
  if (size || !('children' in item)) return { id: item.id, ...size };
  const layoutOptions = { ...spacing, 'elk.padding': `[top=${frame.top},left=${frame.side},bottom=${frame.side},right=${frame.side}]` };
  return { id: item.id, layoutOptions, children: item.children.map((child) => elkItem(child, sized)) };
}

/** The size of a box in points: its text and a margin; a dot and a connector have fixed shapes. */
export function boxSize(box: Box): Size {
  if (box.shape === 'dot') return { width: 9, height: 9 };
  const { width, height } = blockSize(boxLines(box));
  const round = box.shape === 'end' || box.shape === 'start' || box.shape === 'link';
  return { width: Math.max(24, width + (round ? 20 : 14)), height: Math.max(22, height + 7) };
}

/** An arrow that leads back is laid out the other way round, so that no cycle is left and the case reads from left to right. */
function elkEdge(arrow: Arrow, index: number, back: boolean): ElkExtendedEdge {
  const { width, height } = blockSize(arrowLines(arrow.labels));
  const label = { id: `@label.${index}`, text: String(index), width: width + 4, height: height + 1, layoutOptions: { 'elk.edgeLabels.placement': 'CENTER' } };
  const [from, to] = back ? [arrow.to, arrow.from] : [arrow.from, arrow.to];
  return { id: `@arrow.${index}`, sources: [from], targets: [to], labels: arrow.labels.length > 0 ? [label] : [] };
}
