import type { Role } from '../../shared/roles.ts';
import type { Arrow, Box, Item } from './flow-model.ts';
import type { Layout, Place, Point, Route } from './flow-place.ts';
import type { Row } from './flow-rows.ts';
import { arrowLines, blockSize, boxLines, fonts, lineHeight, type Line } from './flow-text.ts';

/** Colours of the sheet: one for each office that holds a case, and those of frames and lines. Dark enough to print in grey. */
export const colours = {
  ink: '#1f2933',
  faint: '#5b6773',
  line: '#3d4a57',
  time: '#b45309',
  system: '#7b8794',
  stage: { fill: '#f7f9fb', stroke: '#b8c4ce' },
  parallel: { fill: '#eef4fb', stroke: '#2b6cb0' },
  region: { fill: '#ffffff', stroke: '#8fb3d9' },
} as const;

const offices: Readonly<Record<Role, string>> = {
  applicant: '#2563eb',
  unitAdmin: '#2563eb',
  aggregator: '#0d9488',
  bureauOfficer: '#7c3aed',
  bureauLeader: '#be185d',
  expert: '#a16207',
  leadingGroupOffice: '#b91c1c',
  finance: '#15803d',
  dataAuthority: '#0369a1',
  supervisor: '#475569',
  public: '#475569',
  system: '#64748b',
};

/** The colour of a role's boxes. */
export function officeColour(role: Role | undefined): string {
  return role === undefined ? colours.ink : offices[role];
}

/** Escapes a text for SVG. */
export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

/** Paints one row that has been laid out; coordinates are the row's own, in points. */
export function rowSvg(row: Row, layout: Layout): string {
  const place = (id: string): Place => {
    const found = layout.places.get(id);
    if (!found) throw new Error(`${id} has no place`);
    return found;
  };
  return [
    ...row.items.map((item) => frames(item, place)),
    ...row.arrows.map((arrow) => arrowSvg(arrow, layout.routes.get(arrow))),
    ...row.items.map((item) => boxes(item, place)),
    ...row.arrows.map((arrow) => labelSvg(arrow, layout.routes.get(arrow))),
  ].filter((text) => text !== '').join('\n');
}

type PlaceOf = (id: string) => Place;

function frames(item: Item, place: PlaceOf): string {
  if (!('children' in item)) return '';
  const { x, y, width, height } = place(item.id);
  const { fill, stroke } = colours[item.shape];
  const dash = item.shape === 'parallel' ? ' stroke-dasharray="7 4" stroke-width="1.4"' : '';
  const title = item.shape === 'parallel' ? `${item.title}（各线并行办理）` : item.title;
  return [
    `<rect x="${num(x)}" y="${num(y)}" width="${num(width)}" height="${num(height)}" rx="6" fill="${fill}" stroke="${stroke}"${dash}/>`,
    textAt(x + 9, y + fonts.panel + 5, { text: title, size: fonts.panel, strong: true }, 'start', colours.faint),
    ...item.children.map((child) => frames(child, place)),
  ].join('\n');
}

function boxes(item: Item, place: PlaceOf): string {
  if ('children' in item) return item.children.map((child) => boxes(child, place)).join('\n');
  const { x, y, width, height } = place(item.id);
  if (item.shape === 'dot') return `<circle cx="${num(x + width / 2)}" cy="${num(y + height / 2)}" r="4.5" fill="${colours.line}"/>`;
  const lines = boxLines(item);
  const text = block(lines, x + width / 2, y + height / 2, item.shape === 'start' ? '#ffffff' : colours.ink);
  const drawn = [shape(item, x, y, width, height), text].join('\n');
  // A page that shows where a case stands finds the leaf by its name.
  return ['wait', 'work', 'end'].includes(item.shape) ? `<g data-leaf="${escaped(item.id)}">\n${drawn}\n</g>` : drawn;
}

// A shape is its kind and its four measures.
function shape(box: Box, x: number, y: number, width: number, height: number): string {
  const rect = (rx: number, style: string, inset = 0): string =>
    `<rect x="${num(x + inset)}" y="${num(y)}" width="${num(width - 2 * inset)}" height="${num(height)}" rx="${num(rx)}" ${style}/>`;
  const colour = officeColour(box.role);
  switch (box.shape) {
    case 'wait':
      return `${rect(4, `fill="#ffffff" stroke="${colour}" stroke-width="1.3"`)}\n<path d="M${num(x + 4)} ${num(y + 2.2)}H${num(x + width - 4)}" stroke="${colour}" stroke-width="3"/>`;
    case 'work':
      return `${rect(0, `fill="#f1f3f5" stroke="${colour}" stroke-width="1.3"`)}\n${rect(0, `fill="none" stroke="${colour}" stroke-width="1"`, 4)}`;
    // The end of one line of a parallel state is not yet the end of the case.
    case 'end':
      return rect(height / 2, `fill="#e5e9ee" stroke="${colours.ink}" stroke-width="${box.id.includes('.') ? 1 : 2.2}"`);
    case 'start':
      return rect(height / 2, `fill="${colours.ink}" stroke="${colours.ink}"`);
    case 'link':
      return rect(height / 2, `fill="#fff7e6" stroke="${colours.time}" stroke-width="1.3"`);
    case 'dot':
      return '';
  }
}

function arrowSvg(arrow: Arrow, route: Route | undefined): string {
  const stroke = { person: colours.line, time: colours.time, system: colours.system }[arrow.style];
  const dash = arrow.style === 'time' ? ' stroke-dasharray="4 3"' : '';
  return `<path d="${rounded(route?.points ?? [])}" fill="none" stroke="${stroke}" stroke-width="1.1"${dash} marker-end="url(#${arrow.style})" data-from="${escaped(arrow.from)}" data-to="${escaped(arrow.to)}"/>`;
}

/** A path through right-angled points with small round corners. */
function rounded(points: readonly Point[]): string {
  return points
    .map((point, index) => {
      const before = points[index - 1];
      const after = points[index + 1];
      if (!before) return `M${num(point.x)} ${num(point.y)}`;
      if (!after) return `L${num(point.x)} ${num(point.y)}`;
      const into = towards(point, before);
      const out = towards(point, after);
      return `L${num(into.x)} ${num(into.y)}Q${num(point.x)} ${num(point.y)} ${num(out.x)} ${num(out.y)}`;
    })
    .join('');
}

function towards(from: Point, to: Point): Point {
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  const step = Math.min(4, length / 2);
  return { x: from.x + ((to.x - from.x) / length) * step, y: from.y + ((to.y - from.y) / length) * step };
}

/** Labels have a light halo, so that a line that passes behind them never cuts a character. */
function labelSvg(arrow: Arrow, route: Route | undefined): string {
  if (route?.label === undefined) return '';
  const { x, y } = route.label;
  const lines = arrowLines(arrow.labels);
  const text = block(lines, x, y, arrow.style === 'time' ? colours.time : colours.ink);
  return `<g paint-order="stroke" stroke="#ffffff" stroke-width="2.4" stroke-linejoin="round">${text}</g>`;
}

/** Lines of text centred on a point. */
export function block(lines: readonly Line[], x: number, y: number, colour: string): string {
  let baseline = y - blockSize(lines).height / 2;
  return lines
    .map((line) => {
      baseline += line.size * lineHeight;
      return textAt(x, baseline - line.size * 0.32, line, 'middle', line.strong || colour !== colours.ink ? colour : colours.faint);
    })
    .join('\n');
}

/** One line of text at its baseline. */
export function textAt(x: number, y: number, line: Line, anchor: 'start' | 'middle' | 'end', colour: string): string {
  const weight = line.strong ? ' font-weight="600"' : '';
  return `<text x="${num(x)}" y="${num(y)}" font-size="${line.size}" text-anchor="${anchor}" fill="${colour}"${weight}>${escaped(line.text)}</text>`;
}

/** A number with at most one decimal, so that the file is the same wherever it is made. */
export function num(value: number): string {
  return String(Math.round(value * 10) / 10);
}
