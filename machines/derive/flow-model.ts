import type { Role } from '../../shared/roles.ts';
import { commandRow, isCommand } from '../commands.ts';
import type { Edge } from './edges.ts';
import type { Graph, GroupNode, LeafNode } from './graph.ts';
import type { Words } from './words.ts';

/** A shape with text: a wait, work of the system, an end, the start, a connector to another row, or the dot where a region begins. */
export interface Box {
  readonly id: string;
  readonly shape: 'wait' | 'work' | 'end' | 'start' | 'link' | 'dot';
  readonly title: string;
  /** Small lines below the title: who holds the case, and for how long. */
  readonly notes: readonly string[];
  readonly role?: Role;
}

/** A frame around shapes: a stage, a parallel state or one of its regions. */
export interface Panel {
  readonly id: string;
  readonly shape: 'stage' | 'parallel' | 'region';
  readonly title: string;
  readonly children: readonly Item[];
}

/** What a row of the chart is made of. */
export type Item = Box | Panel;

/** A line from one item to another; `labels` are `command` and `who` by turns. `time` is drawn dashed. */
export interface Arrow {
  readonly from: string;
  readonly to: string;
  readonly labels: readonly ArrowLabel[];
  readonly style: 'person' | 'time' | 'system';
}

/** What stands on an arrow: one or more commands of the same people. */
export interface ArrowLabel {
  readonly commands: readonly string[];
  readonly who: string;
}

/** What states take together (`where` lists them): drawn in the legend instead of as an arrow from each state. */
export interface Common {
  readonly where: readonly string[];
  readonly command: string;
  readonly who: string;
  /** Where it leads, or nothing when it leaves no leaf. */
  readonly to: string | undefined;
  /** Whether it is still possible when the case is over. */
  readonly afterEnd: boolean;
}

/** A lifecycle as shapes and arrows, before anything has a place. `stages` are in chart order, `ends` are the final states. */
export interface FlowModel {
  readonly stages: readonly Item[];
  readonly ends: readonly Box[];
  readonly arrows: readonly Arrow[];
  readonly common: readonly Common[];
}

/** The id of the start marker. */
export const startId = '@start';

/** Turns a graph into shapes and arrows: arrows for what a leaf itself takes, a list for what states around it take. */
export function flowModelOf(graph: Graph, words: Words): FlowModel {
  const roots = rootPaths(graph);
  const items = roots.map((path) => itemOf(graph, path, words));
  const isEnd = (item: Item): item is Box => item.shape === 'end';
  const start: Box = { id: startId, shape: 'start', title: '开始', notes: [] };
  const first: Arrow = { from: startId, to: graph.initial.to, labels: [], style: 'person' };
  return {
    stages: [start, ...items.filter((item) => !isEnd(item))],
    ends: items.filter(isEnd),
    arrows: merged([first, ...graph.parallels.flatMap((each) => each.regions.map(dotArrow)), ...arrowsOf(graph, words)]),
    common: commonOf(graph, words),
  };
}

/** The name of a role as the sheet shows it: everything on it is about offices of the region, so names need not say so. */
export function shortRole(words: Words, role: Role): string {
  return words.role(role).replace(/^自治区/, '');
}

function rootPaths(graph: Graph): string[] {
  const paths = [...graph.leaves.map((leaf) => leaf.path), ...graph.groups.map((group) => group.path)];
  const order = new Map(graph.leaves.map((leaf, index) => [leaf.path.split('.')[0] ?? '', index]).reverse() as [string, number][]);
  return paths.filter((path) => !path.includes('.')).sort((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0));
}

function itemOf(graph: Graph, path: string, words: Words): Item {
  const leaf = graph.leaves.find((each) => each.path === path);
  if (leaf) return boxOf(graph, leaf, words);
  const group = graph.groups.find((each) => each.path === path);
  if (!group) throw new Error(`${path} is no state`);
  const children = group.children.filter((child) => isShown(graph, child)).map((child) => itemOf(graph, child, words));
  const region = graph.parallels.flatMap((each) => each.regions).find((each) => each.path === path);
  const dot: Box[] = region ? [{ id: `${path}.@start`, shape: 'dot', title: '', notes: [] }] : [];
  return { id: path, shape: shapeOf(graph, group), title: words.state(graph.lifecycle, path), children: [...dot, ...children] };
}

/** Final children that a case only passes through are no place to draw. */
function isShown(graph: Graph, path: string): boolean {
  return graph.leaves.some((leaf) => leaf.path === path) || graph.groups.some((group) => group.path === path);
}

function shapeOf(graph: Graph, group: GroupNode): Panel['shape'] {
  if (group.type === 'parallel') return 'parallel';
  return graph.parallels.some((each) => each.regions.some((region) => region.path === group.path)) ? 'region' : 'stage';
}

function boxOf(graph: Graph, leaf: LeafNode, words: Words): Box {
  const title = words.state(graph.lifecycle, leaf.path);
  if (leaf.meta === undefined) return { id: leaf.path, shape: 'end', title, notes: [] };
  if (leaf.meta.kind === 'working') return { id: leaf.path, shape: 'work', title, notes: ['系统办理'], role: 'system' };
  const notes = [shortRole(words, leaf.meta.owner), words.deadline(leaf.meta.deadline)];
  return { id: leaf.path, shape: 'wait', title, notes, role: leaf.meta.owner };
}

function dotArrow(region: { path: string; initial: string }): Arrow {
  return { from: `${region.path}.@start`, to: region.initial, labels: [], style: 'person' };
}

/** The state an edge is drawn from, or none when states in several places take the command: then it stands in the legend. */
function drawnFrom(graph: Graph, edge: Edge): string | undefined {
  if (edge.kind === 'stays' || edge.to === edge.from || edge.source === '') return undefined;
  const alike = graph.edges.filter((other) => other.command === edge.command && other.to === edge.to && other.kind !== 'stays');
  const fromGroups = new Set(alike.filter((other) => other.source !== other.from).map((other) => other.source));
  const exits = !edge.to.includes('.') && alike.some((other) => other.source !== edge.source) && fromGroups.size > 0;
  return exits ? undefined : edge.source;
}

function arrowsOf(graph: Graph, words: Words): Arrow[] {
  const own = graph.edges.filter((edge) => drawnFrom(graph, edge) !== undefined);
  const joins = graph.parallels.flatMap((parallel) =>
    parallel.completes.map((next): Arrow => ({ from: parallel.path, to: next.to, labels: [{ commands: ['各线均办结'], who: '' }], style: 'system' })),
  );
  const owners = new Map(graph.leaves.map((leaf) => [leaf.path, leaf.meta?.kind === 'waiting' ? leaf.meta.owner : undefined]));
  return [...own.map((edge) => arrowOf(edge, owners.get(edge.source), words)), ...joins];
}

function arrowOf(edge: Edge, owner: Role | undefined, words: Words): Arrow {
  const people = (edge.meta?.roles ?? []).filter((role) => role !== 'system');
  const system = edge.command === 'deadlinePassed' ? 'time' : 'system';
  const label = { commands: [words.command(edge.command)], who: whoOn(people, owner, words) };
  return { from: edge.source, to: edge.to, labels: [label], style: people.length > 0 ? 'person' : system };
}

/** The box names its holder already; an arrow names people only where others act, too. A unit's administrator acts for its applicants. */
function whoOn(people: readonly Role[], owner: Role | undefined, words: Words): string {
  const others = people.filter((role) => role !== owner && !(role === 'unitAdmin' && owner === 'applicant'));
  return others.length === 0 ? '' : people.map((role) => shortRole(words, role)).join('、');
}

/** One arrow between two shapes, whatever the number of commands; commands of the same people share a label. */
function merged(arrows: readonly Arrow[]): Arrow[] {
  return [...Map.groupBy(arrows, (arrow) => `${arrow.from} ${arrow.to}`).values()].map((group) => {
    const byWho = Map.groupBy(group.flatMap((arrow) => arrow.labels), (label) => label.who);
    const labels = [...byWho].map(([who, list]) => ({ who, commands: [...new Set(list.flatMap((label) => label.commands))] }));
    const [first] = group as [Arrow];
    return { ...first, labels, style: group.some((arrow) => arrow.style === 'person') ? 'person' : first.style };
  });
}

function commonOf(graph: Graph, words: Words): Common[] {
  const taken = graph.edges.filter((edge) => drawnFrom(graph, edge) === undefined && edge.command !== 'deadlinePassed' && (edge.source === '' || (edge.kind !== 'stays' && edge.to !== edge.from)));
  const groups = [...Map.groupBy(taken, (edge) => [edge.command, edge.meta?.roles, edge.kind === 'stays' ? '' : edge.to].join('|')).values()];
  return groups.map((edges) => {
    const [first] = edges as [Edge];
    return {
      where: [...new Set(edges.map((edge) => placeOf(graph, edge, words)))],
      command: words.command(first.command),
      who: (first.meta?.roles ?? []).map((role) => shortRole(words, role)).join('、'),
      to: first.kind === 'stays' ? undefined : words.state(graph.lifecycle, first.to),
      afterEnd: isCommand(first.command) && commandRow(first.command).afterEnd === true,
    };
  });
}

function placeOf(graph: Graph, edge: Edge, words: Words): string {
  if (edge.source === '') return '任何环节';
  const name = words.state(graph.lifecycle, edge.source);
  return edge.source === edge.from ? name : `「${name}」各环节`;
}
