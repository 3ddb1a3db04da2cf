import type { ElkNode } from 'elkjs/lib/elk-api.js';
import type { Arrow, Panel } from './flow-model.ts';
import { frame, type Size } from './flow-layout.ts';
import { backArrows } from './flow-order.ts';
import type { Row } from './flow-rows.ts';

/** A point of the sheet or of a row. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A rectangle by its upper left corner. */
export type Place = Point & Size;

/** The way of an arrow in the direction of its head, and the middle of its label if it has one. */
export interface Route {
  readonly points: readonly Point[];
  readonly label: Point | undefined;
}

/** Where everything in a row is: items by id, arrows by themselves. */
export interface Layout extends Size {
  readonly places: ReadonlyMap<string, Place>;
  readonly routes: ReadonlyMap<Arrow, Route>;
}

/** Reads ELK's answer for a row. */
export function layoutOf(row: Row, laid: ElkNode): Layout {
  const back = backArrows(row);
  const routes = row.arrows.flatMap((arrow, index) => {
    const edge = laid.edges?.[index];
    const points = (edge?.sections ?? []).flatMap((section) => [section.startPoint, ...(section.bendPoints ?? []), section.endPoint]);
    const label = edge?.labels?.[0];
    const middle = label && { x: (label.x ?? 0) + (label.width ?? 0) / 2, y: (label.y ?? 0) + (label.height ?? 0) / 2 };
    return [[arrow, { points: back.has(arrow) ? points.toReversed() : points, label: middle }] as const];
  });
  const places = flatten(laid).map((node) => [node.id, { x: node.x ?? 0, y: node.y ?? 0, width: node.width ?? 0, height: node.height ?? 0 }] as const);
  return { width: laid.width ?? 0, height: laid.height ?? 0, places: new Map(places), routes: new Map(routes) };
}

function flatten(node: ElkNode): ElkNode[] {
  return [node, ...(node.children ?? []).flatMap(flatten)];
}

/** Puts an inner layout into the outer one, its corner at the corner of the item that it fills. */
export function filled(outer: Layout, id: string, inner: Layout): Layout {
  const corner = outer.places.get(id);
  if (!corner) throw new Error(`${id} has no place`);
  const moved = shifted(inner, corner);
  return { ...outer, places: new Map([...outer.places, ...moved.places]), routes: new Map([...outer.routes, ...moved.routes]) };
}

function shifted(layout: Layout, by: Point): Layout {
  const move = <T extends Point>(point: T): T => ({ ...point, x: point.x + by.x, y: point.y + by.y });
  const places = [...layout.places].map(([id, place]) => [id, move(place)] as const);
  const routes = [...layout.routes].map(([arrow, route]) => [arrow, { points: route.points.map(move), label: route.label && move(route.label) }] as const);
  return { ...layout, places: new Map(places), routes: new Map(routes) };
}

const gap = 8;

/** A frame no wider than this, in points, leaves room for other stages in its row. */
const widestFrame = 720;

/**
 * Sets the regions of a parallel state on shelves inside its frame, widest first, so that they cover the least area; the last
 * region of a shelf is stretched to the frame, and all on a shelf are equally high.
 */
export function shelved(parallel: Panel, regions: readonly Layout[]): Layout {
  const order = parallel.children.map((child, index) => ({ id: child.id, layout: regions[index] as Layout }));
  const sorted = order.toSorted((a, b) => b.layout.width - a.layout.width);
  const options = shelvings(sorted).map((shelves) => stacked(shelves));
  const narrow = options.filter((option) => option.width <= widestFrame);
  const [best] = (narrow.length > 0 ? narrow : options).toSorted((a, b) => a.width * a.height - b.width * b.height);
  if (!best) throw new Error(`${parallel.id} has no regions`);
  return best;
}

interface Shelved {
  readonly id: string;
  readonly layout: Layout;
}

/** All ways to break a list into consecutive shelves. */
function shelvings(list: readonly Shelved[]): Shelved[][][] {
  if (list.length === 0) return [[]];
  return list.flatMap((_, index) => shelvings(list.slice(index + 1)).map((rest) => [list.slice(0, index + 1), ...rest]));
}

function stacked(shelves: readonly (readonly Shelved[])[]): Layout {
  const widthOf = (shelf: readonly Shelved[]): number => shelf.reduce((sum, each) => sum + each.layout.width + gap, -gap);
  const inside = Math.max(...shelves.map(widthOf));
  const places = new Map<string, Place>();
  const routes = new Map<Arrow, Route>();
  let y: number = frame.top;
  for (const shelf of shelves) {
    const height = Math.max(...shelf.map((each) => each.layout.height));
    let x: number = frame.side;
    for (const [index, { id, layout }] of shelf.entries()) {
      const moved = shifted(layout, { x, y });
      const width = index === shelf.length - 1 ? inside + frame.side - x : layout.width;
      for (const [name, place] of moved.places) if (name !== '@row') places.set(name, name === id ? { x, y, width, height } : place);
      for (const [arrow, route] of moved.routes) routes.set(arrow, route);
      x += width + gap;
    }
    y += height + gap;
  }
  return { width: inside + frame.side * 2, height: y - gap + frame.side, places, routes };
}
