import type { Reach } from '../define.ts';
import { roles, type Role } from '../../shared/roles.ts';
import type { Leaf } from '../../shared/step.ts';
import type { Edge } from './edges.ts';
import type { Graph } from './graph.ts';
import { table } from './transitions.ts';
import { articleWords, reachWords, type RuleWords, type Words } from './words.ts';

/** One permission: in this leaf, this role may ask for this command within its reach, and these rules may refuse it. */
export interface Permission {
  readonly lifecycle: string;
  readonly role: Role;
  readonly command: string;
  readonly leaf: Leaf;
  readonly reach: Reach;
  readonly article: string;
  /** Empty when a candidate without rules always takes the command. */
  readonly rules: readonly RuleWords[];
}

/** All permissions of a lifecycle, by role, then leaf, then command; what is not listed is not allowed. */
export function permissionsOf(graph: Graph, words: Words): Permission[] {
  return roles.flatMap((role) => {
    const edges = graph.edges.filter((edge) => edge.meta?.roles.includes(role));
    const groups = Map.groupBy(edges, (edge) => `${edge.from} ${edge.command} ${edge.meta?.reach}`);
    return [...groups.values()].map((group) => permission(graph, role, group, words));
  });
}

function permission(graph: Graph, role: Role, candidates: readonly Edge[], words: Words): Permission {
  const [first] = candidates;
  if (first?.meta === undefined) throw new Error('a permission needs a transition with meta');
  const names = candidates.some((edge) => edge.guards.length === 0) ? [] : candidates.flatMap((edge) => edge.guards);
  return {
    lifecycle: graph.lifecycle,
    role,
    command: first.command,
    leaf: first.from,
    reach: first.meta.reach,
    article: first.meta.article,
    rules: [...new Set(names)].map((name) => words.rule(name)),
  };
}

/** The permissions as Markdown: per lifecycle a matrix command × role, then for each command where it is possible and what can refuse it. */
export function permissionsMarkdown(graphs: readonly Graph[], words: Words): string {
  return graphs.map((graph) => lifecycleMarkdown(graph, permissionsOf(graph, words), words)).join('\n');
}

function lifecycleMarkdown(graph: Graph, permissions: readonly Permission[], words: Words): string {
  const present = roles.filter((role) => permissions.some((each) => each.role === role));
  const commands = [...Map.groupBy(permissions, (each) => each.command)].sort(([a], [b]) => (a < b ? -1 : 1));
  const cell = (list: readonly Permission[], role: Role): string =>
    [...new Set(list.filter((each) => each.role === role).map((each) => reachWords[each.reach]))].join('、');
  const matrix = commands.map(([command, list]) => [`${words.command(command)} \`${command}\``, ...present.map((role) => cell(list, role))]);
  const details = commands.map(([command, list]) => [
    `${words.command(command)} \`${command}\``,
    [...new Set(list.map((each) => words.state(graph.lifecycle, each.leaf)))].join('、'),
    [...new Set(list.flatMap((each) => each.rules.map((rule) => `${rule.sentence}（${articleWords(rule.article)}）`)))].join('<br>'),
  ]);
  return [
    `## ${words.lifecycle(graph.lifecycle)} \`${graph.lifecycle}\` ${graph.version}\n`,
    table(['', ...present.map((role) => words.role(role))], matrix),
    '',
    table(['事项', '可办环节', '不予受理的情形'], details),
    '',
  ].join('\n');
}
