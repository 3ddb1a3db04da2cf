import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { admin } from '../harness/api-client.ts';
import type { CloudProcess } from '../harness/cloud-process.ts';
import type { Counted } from './prices.ts';

/** What a cloud did since its start, as counted by its parts. `reading` is what only showed cases to people; it is not in the rest. */
export interface Counts extends Readonly<Record<Counted, number>> {
  readonly reading: { readonly invocations: number; readonly readUnits: number };
}

interface CloudFigures {
  readonly transitions: number;
  readonly invocations: Readonly<Record<string, number>>;
  readonly s3: Readonly<Record<string, number>>;
}

// The sweep runs every five minutes whatever happens: it is no part of a lifecycle's cost.
const standing = ['guijing-sweep', 'guijing-site'];
const reader = 'guijing-read-cases';
const doors = ['guijing-send-command', 'guijing-attachments'];
const writes = new Set(['PutItemCommand', 'DeleteItemCommand', 'UpdateItemCommand', 'TransactWriteItemsCommand', 'BatchWriteItemCommand']);

/** Counts what a cloud started with `GUIJING_COUNT=1` did; ends it, because its logs are whole only then. */
export async function countsOf(cloud: CloudProcess): Promise<Counts> {
  const { transitions, invocations, s3 } = await admin<CloudFigures>(cloud.endpoints, '/figures');
  await cloud.stop();
  const logs = new Map(Object.keys(invocations).map((name) => [name, unitsIn(join(cloud.dataFolder, 'logs'), name)]));
  const counted = Object.keys(invocations).filter((name) => !standing.includes(name) && name !== reader);
  const sum = (names: readonly string[], of: (name: string) => number) => names.reduce((total, name) => total + of(name), 0);
  const { GET = 0, HEAD = 0, ...rest } = s3;
  return {
    transitions,
    invocations: sum(counted, (name) => invocations[name] ?? 0),
    writeUnits: sum(counted, (name) => logs.get(name)?.write ?? 0),
    readUnits: sum(counted, (name) => logs.get(name)?.read ?? 0),
    // As if each function had a whole gigabyte, which is more than any has; this machine's time stands for Lambda's.
    gigabyteSeconds: sum(counted, (name) => (logs.get(name)?.ms ?? 0) / 1000),
    apiCalls: sum(doors, (name) => invocations[name] ?? 0),
    s3Writes: sum(Object.keys(rest), (method) => rest[method] ?? 0),
    s3Reads: GET + HEAD,
    reading: { invocations: invocations[reader] ?? 0, readUnits: logs.get(reader)?.read ?? 0 },
  };
}

/** What one run counted more than another. */
export function less(counts: Counts, other: Counts): Counts {
  const names = (Object.keys(counts) as (keyof Counts)[]).filter((name): name is Counted => name !== 'reading');
  const rest = Object.fromEntries(names.map((name) => [name, counts[name] - other[name]])) as Record<Counted, number>;
  return { ...rest, reading: { invocations: counts.reading.invocations - other.reading.invocations, readUnits: counts.reading.readUnits - other.reading.readUnits } };
}

function unitsIn(folder: string, name: string): { write: number; read: number; ms: number } {
  const total = { write: 0, read: 0, ms: 0 };
  const files = readdirSync(folder).filter((file) => file.startsWith(`${name}.log`)).map((file) => join(folder, file));
  for (const file of files.filter((each) => existsSync(each))) {
    for (const line of readFileSync(file, 'utf8').split('\n')) {
      const said = lineOf(line);
      if (said.operation !== undefined) total[writes.has(said.operation) ? 'write' : 'read'] += said.units ?? 0;
      total.ms += said.ms ?? 0;
    }
  }
  return total;
}

// Whatever else a function prints is not counted.
function lineOf(line: string): { readonly operation?: string; readonly units?: number; readonly ms?: number } {
  if (!line.startsWith('{')) return {};
  try {
    return JSON.parse(line) as ReturnType<typeof lineOf>;
  } catch {
    return {};
  }
}
