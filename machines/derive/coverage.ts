import type { Graph } from './graph.ts';
import { requirements, type Requirement } from './requirements.ts';
import { table } from './transitions.ts';
import type { RuleWords } from './words.ts';

/** A file of the repository that may name requirements or articles: a test or a source. */
export interface Cited {
  readonly path: string;
  readonly kind: 'test' | 'source';
  readonly text: string;
}

/** What answers to one requirement; names are sorted. */
export interface Covered {
  readonly requirement: Requirement;
  readonly states: readonly string[];
  readonly commands: readonly string[];
  readonly rules: readonly string[];
  readonly sources: readonly string[];
  /** Tests that name the requirement, and those that name only its article. */
  readonly tests: readonly string[];
  readonly articleTests: readonly string[];
}

/**
 * Finds for each requirement what in charts, rules, sources and tests names its id or its article. A test that names the id
 * counts; one that names the article alone is a lead.
 */
export function coverageOf(graphs: readonly Graph[], rules: readonly RuleWords[], cited: readonly Cited[]): Covered[] {
  return requirements.map((requirement) => {
    const about = (article: string): boolean => articlesIn(article).some((each) => articlesIn(requirement.article).includes(each)) || article.includes(requirement.id);
    const leaves = graphs.flatMap((graph) => graph.leaves.filter((leaf) => leaf.meta && about(leaf.meta.article)).map((leaf) => `${graph.lifecycle}/${leaf.path}`));
    const edges = graphs.flatMap((graph) => graph.edges.filter((edge) => edge.meta && about(edge.meta.article)));
    const files = (kind: Cited['kind']): string[] => sorted(cited.filter((file) => file.kind === kind && names(file.text, requirement.id)).map((file) => file.path));
    const tests = files('test');
    const byArticle = sorted(cited.filter((file) => file.kind === 'test' && about(file.text)).map((file) => file.path));
    return {
      requirement,
      states: sorted(leaves),
      commands: sorted(edges.map((edge) => edge.command)),
      rules: sorted(rules.filter((rule) => about(rule.article)).map((rule) => rule.name)),
      sources: files('source'),
      tests,
      articleTests: byArticle.filter((path) => !tests.includes(path)),
    };
  });
}

/** `art. 8, art. 11(2) and (3)` names `art. 8`, `art. 11(2)`, `art. 11(3)`; annexes are named in full. */
export function articlesIn(text: string): string[] {
  const articles = [...text.matchAll(/art\. (\d+)((?:\(\d+\)(?:,? and )?)*)/g)].flatMap(([, number, paragraphs]) => {
    const list = [...(paragraphs ?? '').matchAll(/\(\d+\)/g)].map(([paragraph]) => `art. ${number}${paragraph}`);
    return list.length > 0 ? list : [`art. ${number}`];
  });
  return [...articles, ...[...text.matchAll(/annex \d(?: part 3 \(\d\)| part 3| letter)?/g)].map(([annex]) => annex)];
}

function names(text: string, id: string): boolean {
  return new RegExp(`${id}(?!\\d)`).test(text);
}

function sorted(list: readonly string[]): string[] {
  return [...new Set(list)].sort();
}

/** The coverage as Markdown: the open ones first, then the matrix, each cell naming what it found. */
export function coverageMarkdown(coverage: readonly Covered[]): string {
  const testable = coverage.filter((each) => each.requirement.kind === 'testable');
  const named = testable.filter((each) => each.tests.length > 0);
  const unnamed = testable.filter((each) => each.tests.length === 0);
  const later = unnamed.filter((each) => each.requirement.owner !== undefined);
  const hinted = unnamed.filter((each) => !later.includes(each) && each.articleTests.length > 0);
  const open = unnamed.filter((each) => !later.includes(each) && each.articleTests.length === 0);
  const rest = coverage.length - testable.length;
  return [
    '# Coverage of the regulation\n',
    `${coverage.length} requirements: ${named.length} named by a test, ${hinted.length} whose article a test names, ${open.length} that no test names, ${later.length} that a later issue builds, ${rest} that bind offices and not the workflow.\n`,
    'A requirement is named where its id (`R-037`) stands; an article (`art. 12(2)`) may hold several requirements, so its name alone proves little.\n',
    '## Not named by any test\n',
    table(['requirement', 'rests on', 'what stands for it'], open.map((each) => [title(each), each.requirement.article, standsFor(each)])),
    '\n## Built by a later issue\n',
    table(['requirement', 'rests on', 'who builds it'], later.map((each) => [title(each), each.requirement.article, each.requirement.owner ?? ''])),
    '\n## Matrix\n',
    table(['requirement', 'rests on', 'states', 'commands', 'rules', 'sources', 'tests', 'tests by article'], coverage.map(matrixRow)),
    '',
  ].join('\n');
}

function title({ requirement }: Covered): string {
  return `${requirement.id} ${requirement.text}`;
}

function matrixRow(each: Covered): string[] {
  return [title(each), each.requirement.article, ...[each.states, each.commands, each.rules, each.sources, each.tests, each.articleTests].map(list)];
}

function standsFor(each: Covered): string {
  const parts: [string, readonly string[]][] = [['states', each.states], ['commands', each.commands], ['rules', each.rules], ['sources', each.sources]];
  const found = parts.filter(([, names]) => names.length > 0).map(([kind, names]) => `${names.length} ${kind}`);
  return found.length > 0 ? found.join(', ') : '**nothing yet**';
}

function list(names: readonly string[]): string {
  const shown = names.slice(0, 6).map((name) => `\`${name}\``).join(' ');
  return names.length > 6 ? `${shown} and ${names.length - 6} more` : shown;
}
