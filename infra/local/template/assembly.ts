import { readFileSync } from 'node:fs';
import { dirname, join, resolve as resolvePath } from 'node:path';
import type { Template } from './intrinsics.ts';

/** One stack of a cloud assembly: its template as written by the synthesizer. */
export interface Stack {
  readonly id: string;
  readonly name: string;
  readonly region: string | undefined;
  readonly template: Template;
}

/** A cloud assembly: stacks in the order in which they are deployed, and where each asset (by its object key in S3) lies on disk. */
export interface Assembly {
  readonly stacks: readonly Stack[];
  readonly assets: ReadonlyMap<string, string>;
}

interface Artifact {
  readonly type: string;
  readonly environment?: string;
  readonly dependencies?: readonly string[];
  readonly displayName?: string;
  readonly properties?: { readonly templateFile?: string; readonly stackName?: string; readonly file?: string; readonly directoryName?: string };
}

/** Reads `<folder>/manifest.json` with its stacks, asset manifests and nested assemblies; throws when the folder holds no assembly. */
export function readAssembly(folder: string): Assembly {
  const artifacts = readManifest(folder);
  const stacks = new Map<string, { stack: Stack; after: readonly string[] }>();
  const assets = new Map<string, string>();
  for (const [id, artifact] of Object.entries(artifacts)) {
    const file = artifact.properties?.templateFile ?? artifact.properties?.file;
    if (artifact.type === 'aws:cloudformation:stack' && file) stacks.set(id, readStack(folder, id, artifact, file));
    if (artifact.type === 'cdk:asset-manifest' && file) readAssets(join(folder, file), assets);
    if (artifact.type === 'cdk:cloud-assembly') merge(readAssembly(join(folder, artifact.properties?.directoryName ?? id)), stacks, assets);
  }
  if (stacks.size === 0) throw new Error(`${folder}/manifest.json names no stack; run \`npm run synth\``);
  return { stacks: inOrder(stacks), assets };
}

function readManifest(folder: string): Readonly<Record<string, Artifact>> {
  const file = join(folder, 'manifest.json');
  try {
    return (JSON.parse(readFileSync(file, 'utf8')) as { artifacts?: Record<string, Artifact> }).artifacts ?? {};
  } catch (error) {
    throw new Error(`${file} cannot be read; run \`npm run synth\` first`, { cause: error });
  }
}

function readStack(folder: string, id: string, artifact: Artifact, file: string) {
  const template = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Template;
  const region = artifact.environment?.split('/').at(-1);
  const known = region && !region.startsWith('unknown') ? region : undefined;
  const stack: Stack = { id, name: artifact.properties?.stackName ?? artifact.displayName ?? id, region: known, template };
  return { stack, after: artifact.dependencies ?? [] };
}

function readAssets(file: string, assets: Map<string, string>): void {
  const manifest = JSON.parse(readFileSync(file, 'utf8')) as {
    files?: Record<string, { source: { path?: string }; destinations: Record<string, { objectKey: string }> }>;
  };
  for (const { source, destinations } of Object.values(manifest.files ?? {})) {
    for (const { objectKey } of Object.values(destinations)) {
      if (source.path !== undefined) assets.set(objectKey, resolvePath(dirname(file), source.path));
    }
  }
}

function merge(nested: Assembly, stacks: Map<string, { stack: Stack; after: readonly string[] }>, assets: Map<string, string>): void {
  for (const [key, path] of nested.assets) assets.set(key, path);
  let before: string[] = [];
  for (const stack of nested.stacks) {
    stacks.set(stack.id, { stack, after: before });
    before = [stack.id];
  }
}

function inOrder(stacks: ReadonlyMap<string, { stack: Stack; after: readonly string[] }>): Stack[] {
  const ordered = new Map<string, Stack>();
  const visit = (id: string, path: readonly string[]): void => {
    const entry = stacks.get(id);
    if (!entry || ordered.has(id)) return;
    if (path.includes(id)) throw new Error(`stacks depend on each other in a circle: ${[...path, id].join(' → ')}`);
    for (const other of entry.after) visit(other, [...path, id]);
    ordered.set(id, entry.stack);
  };
  for (const id of stacks.keys()) visit(id, []);
  return [...ordered.values()];
}
