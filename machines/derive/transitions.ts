import type { Reach } from '../define.ts';
import type { Role } from '../../shared/roles.ts';
import type { Leaf } from '../../shared/step.ts';
import type { Edge } from './edges.ts';
import type { Graph } from './graph.ts';
import { articleWords, reachWords, type Words } from './words.ts';

/** One row of the flat transition table: what a command can do in a leaf, who may ask for it, by which rules and article. */
export interface TransitionRow {
  readonly from: Leaf;
  readonly command: string;
  readonly kind: Edge['kind'];
  readonly to: Leaf;
  /** What follows when this step completes the parallel state around the leaf. */
  readonly completes: readonly Leaf[];
  readonly roles: readonly Role[];
  readonly reach: Reach | undefined;
  readonly rules: readonly string[];
  readonly article: string;
  /** The state that declares the transition; `''` is the root. */
  readonly source: string;
}

/** The flat transition table of a lifecycle, in chart order: every leaf with every command that it or a state around it takes. */
export function transitionRows(graph: Graph): TransitionRow[] {
  return graph.edges.map((edge) => ({
    from: edge.from,
    command: edge.command,
    kind: edge.kind,
    to: edge.to,
    completes: edge.completes.map((next) => next.to),
    roles: edge.meta?.roles ?? [],
    reach: edge.meta?.reach,
    rules: edge.guards,
    article: edge.meta?.article ?? '',
    source: edge.source,
  }));
}

/** The text of a lifecycle's table that its version stands for: leaves with their waits and work, and all rows. Stable between runs. */
export function tableText(graph: Graph): string {
  return JSON.stringify({ initial: graph.initial, leaves: graph.leaves, rows: transitionRows(graph) });
}

/** The transition tables as Markdown: own transitions of each leaf first, then once each what a state further out takes. */
export function transitionsMarkdown(graphs: readonly Graph[], words: Words): string {
  return graphs.map((graph) => lifecycleMarkdown(graph, words)).join('\n');
}

function lifecycleMarkdown(graph: Graph, words: Words): string {
  const own = graph.edges.filter((edge) => edge.source === edge.from);
  const outer = distinct(graph.edges.filter((edge) => edge.source !== edge.from));
  const head = `## ${words.lifecycle(graph.lifecycle)} \`${graph.lifecycle}\` ${graph.version}\n`;
  const title = ['from', 'command', 'to', 'who', 'reach', 'rules', 'rests on'];
  return [
    head,
    table(title, own.map((edge) => row(graph, edge, edge.from, words))),
    '\nFrom every leaf inside the state named:\n',
    table(title, outer.map((edge) => row(graph, edge, edge.source || '(anywhere)', words))),
  ].join('\n');
}

function distinct(edges: readonly Edge[]): Edge[] {
  return [...new Map(edges.map((edge) => [[edge.source, edge.command, edge.kind, edge.kind === 'stays' ? '' : edge.to, edge.guards].join('|'), edge])).values()];
}

function row(graph: Graph, edge: Edge, from: string, words: Words): string[] {
  const name = (path: string): string => (path.startsWith('(') ? path : `${words.state(graph.lifecycle, path)} \`${path}\``);
  const then = edge.completes.length > 0 ? ` ⇒ ${edge.completes.map((next) => name(next.to)).join(' / ')}` : '';
  return [
    name(from),
    `${words.command(edge.command)} \`${edge.command}\``,
    edge.kind === 'stays' ? '—' : `${name(edge.to)}${then}`,
    (edge.meta?.roles ?? []).map((role) => words.role(role)).join('、'),
    edge.meta ? reachWords[edge.meta.reach] : '',
    edge.guards.map((rule) => `\`${rule}\``).join(' '),
    articleWords(edge.meta?.article ?? ''),
  ];
}

/** A Markdown table; bars in cells are escaped. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
