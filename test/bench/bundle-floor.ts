import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a bundle's own sources take from one package: names, as imported. */
type Taken = Map<string, Set<string>>;

const statement = /^import\s+(?!type\b)(?:(\w+)\s*,?\s*)?(?:\*\s+as\s+(\w+)|\{([^}]*)\})?\s*from\s+'([^'.][^']*)'/gm;

/**
 * Writes an entry that imports from packages exactly the names that the given sources import, and nothing of ours; answers its
 * path from the root. Bundled and loaded, it is the floor under the function: what its dependencies cost alone.
 */
export function floorEntry(root: string, name: string, sources: readonly string[]): string {
  const taken: Taken = new Map();
  for (const source of sources.filter((path) => path.endsWith('.ts'))) addImports(taken, readFileSync(join(root, source), 'utf8'));
  const lines = [...taken].filter(([from]) => !from.startsWith('node:')).map(([from, names], index) => importOf(from, [...names], `p${index}_`));
  const kept = lines.flatMap(({ locals }) => locals);
  const folder = join(root, 'dist/bench');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${name}.floor.js`), `${lines.map(({ line }) => line).join('\n')}\nexport const kept = [${kept.join(', ')}];\n`);
  return `dist/bench/${name}.floor.js`;
}

function addImports(taken: Taken, text: string): void {
  for (const [, whole, namespace, names, from = ''] of text.matchAll(statement)) {
    const found = taken.get(from) ?? new Set();
    taken.set(from, found);
    if (whole) found.add('default');
    for (const name of (names ?? '').split(',').map((part) => part.trim())) if (name !== '' && !name.startsWith('type ')) found.add(name.split(/\s+as\s+/)[0] ?? name);
    // A namespace keeps only what is taken from it, as esbuild shakes it; `infer` is a type.
    if (namespace) for (const [, member = ''] of text.matchAll(new RegExp(String.raw`\b${namespace}\.(\w+)`, 'g'))) if (member !== 'infer') found.add(member);
  }
}

function importOf(from: string, names: readonly string[], prefix: string): { readonly line: string; readonly locals: readonly string[] } {
  return { line: `import * as ${prefix} from '${from}';`, locals: names.length === 0 ? [prefix] : names.map((name) => `${prefix}.${name}`) };
}
