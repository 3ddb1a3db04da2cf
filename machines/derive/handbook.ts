import { roles, type Role } from '../../shared/roles.ts';
import type { Edge } from './edges.ts';
import type { Graph, LeafNode } from './graph.ts';
import { permissionsOf, type Permission } from './permissions.ts';
import { table } from './transitions.ts';
import { articleWords, reachWords, type Words } from './words.ts';

/** Roles that read no handbook. */
const readers = roles.filter((role) => role !== 'system' && role !== 'public');

/**
 * The staff handbook in Chinese, as Markdown: for each role what lands on the desk, what it can do besides, by when, on which
 * article, and what refuses it with what to do then.
 */
export function handbookOf(graphs: readonly Graph[], words: Words): string {
  const chapters = readers.map((role) => chapter(graphs, role, words)).filter((text) => text !== '');
  return ['# 办理手册\n', intro, ...chapters].join('\n');
}

const intro = `本手册由各流程的状态图自动生成，与系统实际执行的规则一致。法规依据为征求意见稿（规则包 gx-2025-draft）；注明「实施口径」的为系统运行参数，不是办法原文。

- **待办**：案件停留在该环节时，首先由谁处理；时限自进入该环节起算。
- **不予受理**：系统拒绝操作时给出的理由，理由中已写明应如何处理；系统不会因拒绝而丢失已填内容。
- 任何操作都要注明身份并留痕；本人不得审批本人提出的事项。
- 案件办结后，发现材料不实的仍可认定无效，发现资金挤占、挪用的仍可责令收回；已开始的资金收回继续办理。
`;

function chapter(graphs: readonly Graph[], role: Role, words: Words): string {
  const sections = graphs.map((graph) => section(graph, role, words)).filter((text) => text !== '');
  return sections.length === 0 ? '' : [`## ${words.role(role)}\n`, ...sections].join('\n');
}

function section(graph: Graph, role: Role, words: Words): string {
  const permissions = permissionsOf(graph, words).filter((each) => each.role === role);
  const desk = graph.leaves.filter((leaf) => leaf.meta?.kind === 'waiting' && leaf.meta.owner === role);
  if (permissions.length === 0 && desk.length === 0) return '';
  const besides = permissions.filter((each) => !desk.some((leaf) => leaf.path === each.leaf));
  return [
    `### ${words.lifecycle(graph.lifecycle)}\n`,
    ...(desk.length > 0 ? ['**您的待办**\n', deskTable(graph, desk, permissions, words), ''] : []),
    ...(besides.length > 0 ? ['**其他环节可办事项**\n', besidesTable(graph, besides, words), ''] : []),
    ...refusals(permissions, words),
  ].join('\n');
}

function deskTable(graph: Graph, desk: readonly LeafNode[], permissions: readonly Permission[], words: Words): string {
  const rows = desk.map((leaf) => [
    stateName(graph, leaf.path, words),
    leaf.meta?.kind === 'waiting' ? words.deadline(leaf.meta.deadline) : '',
    permissions.filter((each) => each.leaf === leaf.path).map((each) => words.command(each.command)).join('、'),
    afterDeadline(graph, leaf, words),
    articleWords(leaf.meta?.article ?? ''),
  ]);
  return table(['环节', '时限', '可办事项', '逾期', '依据'], rows);
}

/** What the system does when the time is over: a reminder, or a step. */
function afterDeadline(graph: Graph, leaf: LeafNode, words: Words): string {
  const edges = graph.edges.filter((edge) => edge.from === leaf.path && edge.command === 'deadlinePassed');
  const steps = edges.filter((edge) => edge.kind !== 'stays').map((edge) => `${edge.guards.length > 0 ? '符合条件时' : ''}自动转入「${stateName(graph, edge.to, words)}」`);
  const reminds = edges.some((edge: Edge) => edge.kind === 'stays');
  return [...new Set([...steps, ...(reminds ? ['催办'] : [])])].join('；');
}

/** `申报：草稿`: groups first, so that two states of one name are told apart. */
function stateName(graph: Graph, path: string, words: Words): string {
  const parts = path.split('.');
  return parts.map((_, index) => words.state(graph.lifecycle, parts.slice(0, index + 1).join('.'))).join('：');
}

function besidesTable(graph: Graph, permissions: readonly Permission[], words: Words): string {
  const groups = [...Map.groupBy(permissions, (each) => `${each.command} ${each.reach}`).values()];
  const rows = groups.map((group) => {
    const [first] = group as [Permission];
    const places = [...new Set(group.map((each) => stateName(graph, each.leaf, words)))];
    const everywhere = places.length > 12 ? `${places.length} 个环节` : places.join('、');
    return [words.command(first.command), everywhere, reachWords[first.reach], [...new Set(group.map((each) => articleWords(each.article)))].join('；')];
  });
  return table(['事项', '环节', '范围', '依据'], rows);
}

function refusals(permissions: readonly Permission[], words: Words): string[] {
  const rows = permissions.flatMap((each) => each.rules.map((rule) => [words.command(each.command), rule.sentence, articleWords(rule.article)]));
  const distinct = [...new Map(rows.map((row) => [row.join('|'), row])).values()];
  return distinct.length === 0 ? [] : ['**系统不予受理的情形及处理**\n', table(['事项', '提示（含处理办法）', '依据'], distinct), ''];
}
