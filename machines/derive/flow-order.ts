import type { Arrow, Item } from './flow-model.ts';
import type { Row } from './flow-rows.ts';

/** The arrows of a row that lead back to where the case has been: the layout runs them against the reading direction. */
export function backArrows(row: Row): ReadonlySet<Arrow> {
  const open = new Set<string>();
  const done = new Set<string>();
  const back = new Set<Arrow>();
  const items = new Map(row.items.flatMap(flatten).map((item) => [item.id, item]));
  const visit = (id: string): void => {
    if (done.has(id) || open.has(id)) return;
    open.add(id);
    startsOf(items.get(id)).forEach(visit);
    // What leaves a frame leaves it from any shape inside.
    for (const arrow of row.arrows.filter((each) => each.from === id || id.startsWith(`${each.from}.`))) {
      if (open.has(arrow.to)) back.add(arrow);
      else visit(arrow.to);
    }
    open.delete(id);
    done.add(id);
  };
  row.items.flatMap(flatten).forEach((item) => visit(item.id));
  return back;
}

function flatten(item: Item): Item[] {
  return 'children' in item ? [item, ...item.children.flatMap(flatten)] : [item];
}

/** Entering a parallel state means entering its regions, each at its dot. */
function startsOf(item: Item | undefined): string[] {
  if (item === undefined || !('children' in item)) return [];
  return item.children.flatMap((child) => ('children' in child ? startsOf(child) : child.shape === 'dot' ? [child.id] : []));
}
