/** CSS that paints the way of a case into its picture: where it is, where it was, the arrows that it went along. */
export function chartStyle(events: readonly { readonly leaves: readonly string[] }[], now: readonly string[]): string {
  const visited = new Set(events.flatMap((event) => event.leaves).filter((leaf) => !now.includes(leaf)));
  const arrows = new Set(events.flatMap((event, index) => moves(events[index - 1]?.leaves ?? ['@start'], event.leaves)));
  return [
    ...[...arrows].map((selector) => `${selector}{stroke:#0b5cad;stroke-width:1.9}`),
    ...[...visited].map((leaf) => `${box(leaf)}{fill:#dbeafe;stroke:#0b5cad}`),
    ...now.map((leaf) => `${box(leaf)}{fill:#ffd9a0;stroke:#b45309;stroke-width:3}`),
  ].join('\n');
}

const box = (leaf: string): string => `.chart [data-leaf="${CSS.escape(leaf)}"] rect`;

/** The arrows from what was left to what was entered; an arrow may begin or end at a state around a leaf. */
function moves(before: readonly string[], after: readonly string[]): string[] {
  const left = before.filter((leaf) => !after.includes(leaf));
  const entered = after.filter((leaf) => !before.includes(leaf));
  return left.flatMap((from) => entered.flatMap((to) => around(from).flatMap((source) => around(to).map((target) => `.chart path[data-from="${CSS.escape(source)}"][data-to="${CSS.escape(target)}"]`))));
}

function around(leaf: string): string[] {
  const parts = leaf.split('.');
  return parts.map((_, index) => parts.slice(0, index + 1).join('.'));
}
