import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const suffix = '.asl.json';

/** A lifecycle's definition in Amazon States Language as `npm run derive` wrote it, without white space, with `${…}` still to fill. */
export interface Definition {
  readonly lifecycle: string;
  readonly asl: string;
  /** The names inside `${…}`, sorted. */
  readonly blanks: readonly string[];
  /** Whether a state is a Distributed Map: its runs need rights of their own. */
  readonly distributed: boolean;
}

/** Reads every `<lifecycle>.asl.json` of a folder, sorted by name; throws when there is none or one is not JSON. */
export const readDefinitions = (folder: string): readonly Definition[] => {
  const files = existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith(suffix)).sort() : [];
  if (files.length === 0) throw new Error(`${folder} holds no *${suffix}; run \`npm run derive\` first`);
  return files.map((file) => readDefinition(join(folder, file), file.slice(0, -suffix.length)));
};

const readDefinition = (file: string, lifecycle: string): Definition => {
  const asl = JSON.stringify(parse(file));
  const blanks = [...new Set([...asl.matchAll(/\$\{(\w+)\}/g)].map((match) => match[1] ?? ''))].sort();
  return { lifecycle, asl, blanks, distributed: asl.includes('"DISTRIBUTED"') };
};

const parse = (file: string): unknown => {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Error(`${file} is not JSON; run \`npm run derive\` again`, { cause: error });
  }
};
