import { errorNames, StateFailure } from './errors.ts';
import { type Scope, evaluate, queryFailure } from './evaluate.ts';
import type { Integrations } from './ports.ts';
import { type JsonObject, isObject } from './values.ts';

/** Where and how results are written, as JSON; without a bucket they are only transformed. */
export interface WriterPlan {
  readonly bucket: string | null;
  readonly prefix: string;
  readonly transformation: 'NONE' | 'COMPACT' | 'FLATTEN';
  readonly outputType: 'JSON' | 'JSONL';
}

/** Evaluates a ResultWriter. */
export async function planWriter(scope: Scope, writer: { readonly Arguments?: unknown; readonly WriterConfig?: JsonObject }): Promise<WriterPlan> {
  const args = writer.Arguments === undefined ? {} : await evaluate(scope, 'ResultWriter/Arguments', writer.Arguments);
  if (!isObject(args)) throw queryFailure(scope, "The field 'ResultWriter/Arguments' must be an object.", 'ResultWriter/Arguments');
  const config = writer.WriterConfig ?? {};
  const bucket = typeof args.Bucket === 'string' ? args.Bucket : null;
  const transformation = (config.Transformation ?? (bucket === null ? 'COMPACT' : 'NONE')) as WriterPlan['transformation'];
  return { bucket, prefix: typeof args.Prefix === 'string' ? args.Prefix : '', transformation, outputType: (config.OutputType ?? 'JSON') as 'JSON' | 'JSONL' };
}

/** One child execution that has ended, as it is written down. */
export interface ChildResult {
  readonly status: string;
  readonly output: string | null;
  readonly details: JsonObject;
}

/** The row that stands for a child in a result file or in the state's result. */
export function rowsOf(plan: WriterPlan, child: ChildResult): readonly string[] {
  if (plan.transformation === 'NONE' || child.status !== 'SUCCEEDED') return [JSON.stringify(child.details)];
  if (plan.transformation === 'COMPACT') return [child.output ?? 'null'];
  const output = JSON.parse(child.output ?? 'null') as unknown;
  return Array.isArray(output) ? output.map((member) => JSON.stringify(member)) : [JSON.stringify(output)];
}

// AWS fills files of up to 5 GB; ours are small so that memory stays flat.
const maxFileBytes = 1024 * 1024;

interface FileEntry {
  readonly Key: string;
  readonly Size: number;
}

/** Writes result files and the manifest, and answers the Map's result. Throws StateFailure (States.ResultWriterFailed). */
export async function writeResults(integrations: Integrations, plan: WriterPlan, roleArn: string, mapRunArn: string, children: Iterable<ChildResult>): Promise<{ result: JsonObject; written: number }> {
  const bucket = plan.bucket ?? '';
  const folder = [plan.prefix.replace(/\/$/, ''), mapRunArn.split(':').at(-1) ?? ''].filter((part) => part !== '').join('/');
  const put = (key: string, body: string) => putObject(integrations, roleArn, bucket, key, body);
  const files: Record<'SUCCEEDED' | 'FAILED', FileEntry[]> = { SUCCEEDED: [], FAILED: [] };
  const open: Record<'SUCCEEDED' | 'FAILED', string[]> = { SUCCEEDED: [], FAILED: [] };
  const sizes = { SUCCEEDED: 0, FAILED: 0 };
  let written = 0;
  const flush = async (kind: 'SUCCEEDED' | 'FAILED') => {
    if (open[kind].length === 0) return;
    const body = plan.outputType === 'JSONL' ? `${open[kind].join('\n')}\n` : `[${open[kind].join(',')}]`;
    const key = `${folder}/${kind}_${files[kind].length}.${plan.outputType.toLowerCase()}`;
    await put(key, body);
    files[kind].push({ Key: key, Size: Buffer.byteLength(body) });
    [open[kind], sizes[kind]] = [[], 0];
  };
  for (const child of children) {
    const kind = child.status === 'SUCCEEDED' ? 'SUCCEEDED' : 'FAILED';
    const rows = rowsOf(plan, child);
    open[kind].push(...rows);
    for (const row of rows) sizes[kind] += row.length;
    written += 1;
    if (sizes[kind] > maxFileBytes) await flush(kind);
  }
  await flush('SUCCEEDED');
  await flush('FAILED');
  const manifest = { DestinationBucket: bucket, MapRunArn: mapRunArn, ResultFiles: { FAILED: files.FAILED, PENDING: [], SUCCEEDED: files.SUCCEEDED } };
  await put(`${folder}/manifest.json`, JSON.stringify(manifest));
  return { result: { MapRunArn: mapRunArn, ResultWriterDetails: { Bucket: bucket, Key: `${folder}/manifest.json` } }, written };
}

async function putObject(integrations: Integrations, roleArn: string, bucket: string, key: string, body: string): Promise<void> {
  const input = { Bucket: bucket, Key: key, Body: body, ContentType: 'application/json' };
  try {
    await integrations.call({ service: 's3', action: 'putObject', input, roleArn });
  } catch (error) {
    const { name, message } = error as Error;
    throw new StateFailure({ error: errorNames.resultWriter, cause: `${message} (Service: S3, Error Code: ${name})` });
  }
}
