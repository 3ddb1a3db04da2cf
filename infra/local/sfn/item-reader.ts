import { errorNames, StateFailure } from './errors.ts';
import { type Scope, evaluate, evaluateInteger, queryFailure } from './evaluate.ts';
import { arrayMembers, NoArray } from './json-array.ts';
import type { Integrations } from './ports.ts';
import { type JsonObject, isObject } from './values.ts';

/** What an ItemReader has to fetch, as JSON. */
export interface ReaderPlan {
  readonly resource: string;
  readonly args: JsonObject;
  readonly inputType: string;
  readonly maxItems: number | null;
  readonly headers: readonly string[] | null;
  readonly delimiter: string;
  readonly pointer: string | null;
}

/** Evaluates an ItemReader's arguments and configuration. */
export async function planReader(scope: Scope, reader: { readonly Resource: string; readonly Arguments?: unknown; readonly ReaderConfig?: JsonObject }): Promise<ReaderPlan> {
  const args = await evaluate(scope, 'ItemReader/Arguments', reader.Arguments ?? {});
  if (!isObject(args)) throw queryFailure(scope, "The field 'ItemReader/Arguments' must be an object.", 'ItemReader/Arguments');
  const config = reader.ReaderConfig ?? {};
  const maxItems = (await evaluateInteger(scope, 'ItemReader/ReaderConfig/MaxItems', config.MaxItems, Number.MIN_SAFE_INTEGER)) ?? null;
  const delimiter = delimiters[String(config.CSVDelimiter ?? 'COMMA')] ?? ',';
  const headers = config.CSVHeaderLocation === 'GIVEN' ? (config.CSVHeaders as readonly string[]) : null;
  const pointer = typeof config.ItemsPointer === 'string' ? config.ItemsPointer : null;
  return { resource: reader.Resource.split(':::')[1] ?? '', args, inputType: String(config.InputType ?? ''), maxItems, headers, delimiter, pointer };
}

const delimiters: Readonly<Record<string, string>> = { COMMA: ',', PIPE: '|', SEMICOLON: ';', SPACE: ' ', TAB: '\t' };

/** Fetches the items, one by one: memory stays flat however many there are. Throws StateFailure (States.ItemReaderFailed), maybe after some items. */
export async function* readItems(integrations: Integrations, plan: ReaderPlan, roleArn: string): AsyncGenerator<unknown> {
  if (plan.maxItems !== null && plan.maxItems < 0) throw readerFailure('field MaxItems must be positive');
  const items = plan.resource.endsWith('listObjectsV2') ? listObjects(integrations, plan, roleArn) : readObject(integrations, plan, roleArn);
  // Recorded on AWS: 0 means no limit, and more than its 100,000,000 is no error.
  let left = plan.maxItems || Infinity;
  for await (const item of items) {
    yield item;
    left -= 1;
    if (left === 0) return;
  }
}

/** The failure of a map run whose items cannot be read. */
export function readerFailure(cause: string): StateFailure {
  return new StateFailure({ error: errorNames.itemReader, cause });
}

async function call(integrations: Integrations, action: string, input: JsonObject, roleArn: string): Promise<JsonObject> {
  try {
    return (await integrations.call({ service: 's3', action, input, roleArn, inPieces: true })) as JsonObject;
  } catch (error) {
    const { name, message } = error as Error;
    throw readerFailure(`${message} (Service: S3, Error Code: ${name})`);
  }
}

async function* listObjects(integrations: Integrations, plan: ReaderPlan, roleArn: string): AsyncGenerator<unknown> {
  let token: unknown;
  do {
    const page = await call(integrations, 'listObjectsV2', { ...plan.args, ...(token === undefined ? {} : { ContinuationToken: token }) }, roleArn);
    for (const { ETag, LastModified, Key, Size, StorageClass } of (page.Contents ?? []) as readonly JsonObject[]) {
      yield { Etag: ETag, LastModified, Key, Size, StorageClass };
    }
    token = page.IsTruncated === true ? page.NextContinuationToken : undefined;
  } while (token !== undefined);
}

async function* readObject(integrations: Integrations, plan: ReaderPlan, roleArn: string): AsyncGenerator<unknown> {
  const { Body } = await call(integrations, 'getObject', plan.args, roleArn);
  try {
    yield* itemsIn(textOf(Body as Body), plan);
  } catch (error) {
    if (error instanceof StateFailure) throw error;
    if (error instanceof NoArray) throw readerFailure('Attempting to map over non-iterable node.');
    throw readerFailure(`The object is not valid ${plan.inputType}: ${(error as Error).message}`);
  }
}

/** An object's content as a service gives it: at once, or piece by piece. */
type Body = string | AsyncIterable<Uint8Array>;

async function* textOf(body: Body): AsyncGenerator<string> {
  if (typeof body === 'string') return yield body;
  const decoder = new TextDecoder();
  for await (const bytes of body) yield decoder.decode(bytes, { stream: true });
  yield decoder.decode();
}

async function* itemsIn(text: AsyncIterable<string>, plan: ReaderPlan): AsyncGenerator<unknown> {
  if (plan.inputType === 'JSONL') for await (const line of linesOf(text)) yield JSON.parse(line);
  else if (plan.inputType === 'CSV') yield* readCsv(await whole(text), plan);
  else if (plan.pointer === null) yield* arrayMembers(text);
  else yield* listIn(JSON.parse(await whole(text)) as unknown, plan.pointer);
}

async function* linesOf(text: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = '';
  for await (const piece of text) {
    const lines = (rest + piece).split('\n');
    rest = lines.pop() ?? '';
    yield* lines.filter((line) => line.trim() !== '');
  }
  if (rest.trim() !== '') yield rest;
}

async function whole(text: AsyncIterable<string>): Promise<string> {
  return (await Array.fromAsync(text)).join('');
}

function listIn(value: unknown, pointer: string): readonly unknown[] {
  let at = value;
  for (const step of pointer.split('/').slice(1)) {
    at = isObject(at) || Array.isArray(at) ? (at as Record<string, unknown>)[step.replaceAll('~1', '/').replaceAll('~0', '~')] : undefined;
  }
  if (!Array.isArray(at)) throw readerFailure('Attempting to map over non-iterable node.');
  return at;
}

function readCsv(text: string, plan: ReaderPlan): readonly unknown[] {
  const [first, ...rest] = csvRows(text, plan.delimiter);
  const headers = plan.headers ?? first ?? [];
  if (new Set(headers).size !== headers.length) throw readerFailure('CSV headers cannot contain duplicates.');
  const rows = plan.headers && first ? [first, ...rest] : rest;
  return rows.map((row) => Object.fromEntries(headers.map((header, column) => [header, row[column] ?? ''])));
}

/** Rows of cells: RFC 4180 with a delimiter of one's own. */
function csvRows(text: string, delimiter: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (const { cell, isLast } of csvCells(text, delimiter)) {
    row.push(cell);
    if (!isLast) continue;
    rows.push(row);
    row = [];
  }
  return rows;
}

/** The cells of a CSV text one after the other; `isLast` ends a row. */
function* csvCells(text: string, delimiter: string): Generator<{ cell: string; isLast: boolean }> {
  const plain = new RegExp(`[^"\r\n${delimiter === '|' ? '\\|' : delimiter}]*`, 'y');
  for (let at = 0; at < text.length; ) {
    const [cell, end] = text.charAt(at) === '"' ? quotedCell(text, at + 1) : ['', at];
    plain.lastIndex = end;
    const rest = plain.exec(text)?.[0] ?? '';
    at = end + rest.length;
    if (text.startsWith('\r\n', at)) at += 1;
    const isLast = at >= text.length || text.charAt(at) === '\n' || text.charAt(at) === '\r';
    yield { cell: cell + rest, isLast };
    // A delimiter at the very end opens one more, empty cell.
    if (!isLast && at + 1 >= text.length) yield { cell: '', isLast: true };
    at += 1;
  }
}

/** A quoted cell's content and where it ends; two quotes inside stand for one. */
function quotedCell(text: string, from: number): readonly [string, number] {
  let cell = '';
  for (let at = from; ; ) {
    const quote = text.indexOf('"', at);
    if (quote < 0) return [cell + text.slice(at), text.length];
    cell += text.slice(at, quote);
    if (text.charAt(quote + 1) !== '"') return [cell, quote + 1];
    cell += '"';
    at = quote + 2;
  }
}
