import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Functions, openFunctions } from '../../../infra/local/lambda/functions.ts';
import { emptyModel, type FunctionModel } from '../../../infra/local/template/model.ts';

const folder = mkdtempSync(join(tmpdir(), 'functions-'));
const model = emptyModel('cn-northwest-1', '000000000000', 'aws-cn');
const arnOf = (name: string) => `arn:aws-cn:lambda:cn-northwest-1:000000000000:function:${name}`;
const define = (name: string, source: string, extra: Partial<FunctionModel> = {}) =>
  model.functions.set(arnOf(name), {
    name, arn: arnOf(name), folder: undefined, source, handler: 'index.handler', roleArn: 'r', environment: { COLOUR: 'red' }, timeout: 2, memory: 128,
    concurrency: undefined, deadLetterArn: undefined, asyncConfig: { retries: 2, maxAgeSeconds: 60, onFailure: undefined, onSuccess: undefined }, ...extra,
  });

define('context', 'exports.handler = async (event, context) => ({ event, colour: process.env.COLOUR, home: process.env.HOME ?? null, arn: context.invokedFunctionArn, id: context.awsRequestId, left: context.getRemainingTimeInMillis(), limit: context.memoryLimitInMB })');
define('time', 'exports.handler = async () => ({ now: Date.now(), instance: new Date() instanceof Date, year: new Date().getUTCFullYear(), fixed: new Date(0).toISOString(), text: Date().slice(-40), utc: Date.UTC(2026, 0), copy: new Date(new Date(5)).getTime() })');
define('callback', 'exports.handler = (event, context, callback) => setTimeout(() => callback(null, event + 1), 5)');
define('nothing', 'exports.handler = async () => undefined');
define('own-error', 'exports.handler = async () => { const error = new Error("left"); error.name = "Lifecycle.Left"; throw error; }');
define('late', 'exports.handler = () => { console.info("waits %d", 7); return new Promise(() => undefined); }', { timeout: 1 });
define('loop', 'exports.handler = async () => { for (;;); }', { timeout: 1 });
define('greedy', 'exports.handler = async () => { const all = []; for (;;) all.push(new Array(100000).fill(Math.random())); }', { timeout: 20 });
define('stray', 'exports.handler = async () => { console.warn("before the stray"); setTimeout(() => { throw new Error("stray"); }, 1); await new Promise((resolve) => setTimeout(resolve, 500)); }');
define('quits', 'exports.handler = async () => { console.log({ leaves: true }); process.exit(3); }');
define('broken', 'throw new Error("cannot load")');
define('missing', 'exports.other = 1');
define('talk', 'exports.handler = async (event) => { console.log("said " + event); }');
define('counter', 'let n = 0; let inside = 0; exports.handler = async () => { inside += 1; const most = inside; await new Promise((resolve) => setTimeout(resolve, 20)); inside -= 1; n += 1; return { n, most }; }', { concurrency: 1 });
define('shared', 'let inside = 0; exports.handler = async (wait) => { inside += 1; const most = inside; await new Promise((resolve) => setTimeout(resolve, wait)); inside -= 1; return { most }; }', { timeout: 2 });
define('shared-and-left', 'exports.handler = async (wait) => { if (wait < 0) setTimeout(() => { throw new Error("stray"); }, 50); await new Promise((resolve) => setTimeout(resolve, Math.abs(wait))); return { waited: wait }; }', { timeout: 2 });
define('closed', 'exports.handler = async () => 1', { concurrency: 0 });

const offset = new SharedArrayBuffer(8);
let functions: Functions;
beforeAll(() => {
  functions = openFunctions(model, { offset, logFolder: folder, threads: () => 2, sideBySide: ({ name }) => (name.startsWith('shared') || name === 'counter' ? 3 : 1), variables: () => ({ AWS_REGION: 'cn-northwest-1' }), afterInvocation: () => undefined });
});
afterAll(async () => {
  await functions.close();
  rmSync(folder, { recursive: true });
});

const call = async (name: string, event: unknown = {}): Promise<Record<string, unknown>> => {
  const { payload, functionError } = await functions.invoke(arnOf(name), JSON.stringify(event));
  return { functionError, ...(JSON.parse(payload) as Record<string, unknown>) };
};

describe('a function', () => {
  test('gets its event, its environment and nothing of ours, and a context', async () => {
    expect(await call('context', { a: '桂' })).toMatchObject({ event: { a: '桂' }, colour: 'red', home: null, arn: arnOf('context'), limit: '128', id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string });
  });

  test('sees the cloud’s clock wherever it looks, and fixed instants as they are', async () => {
    new Float64Array(offset)[0] = 10 * 365.25 * 86_400_000;
    const seen = await call('time');
    const year = new Date(Date.now() + 10 * 365.25 * 86_400_000).getUTCFullYear();
    expect(seen).toMatchObject({ instance: true, year, fixed: '1970-01-01T00:00:00.000Z', utc: Date.UTC(2026, 0), copy: 5 });
    expect(Number(seen['now']) - Date.now()).toBeGreaterThan(9.9 * 365 * 86_400_000);
    expect((await functions.invoke(arnOf('time'), '1')).payload).toContain(String(year));
  });

  test('may answer by callback, or not at all', async () => {
    expect((await functions.invoke(arnOf('callback'), '1')).payload).toBe('2');
    expect((await functions.invoke(arnOf('nothing'), '1')).payload).toBe('null');
  });

  const failures: readonly [string, string, string | RegExp][] = [
    ['own-error', 'Lifecycle.Left', 'left'],
    ['late', 'Sandbox.Timedout', /^RequestId: [0-9a-f-]{36} Error: Task timed out after 1.00 seconds$/],
    ['loop', 'Sandbox.Timedout', /timed out/],
    ['greedy', 'Runtime.OutOfMemory', /signal: killed/],
    ['stray', 'Runtime.UnhandledPromiseRejection', /stray/],
    ['broken', 'Error', 'cannot load'],
    ['missing', 'Runtime.HandlerNotFound', /index.handler is undefined/],
  ];
  test.each(failures)('that fails as %s does answers with %s, and the next one runs', async (name, errorType, errorMessage) => {
    const words: unknown = errorMessage instanceof RegExp ? expect.stringMatching(errorMessage) : errorMessage;
    expect(await call(name)).toMatchObject({ functionError: 'Unhandled', errorType, errorMessage: words });
    expect((await call('context')).functionError).toBeUndefined();
  });

  test('that shares its environments runs so many side by side there, the rest after them', async () => {
    await Promise.all([call('shared', 100), call('shared', 100)]);
    const answers = await Promise.all(Array.from({ length: 9 }, () => call('shared', 200)));
    expect(answers.slice(0, 6).map(({ most }) => most).sort()).toEqual([1, 1, 2, 2, 3, 3]);
    expect(answers.slice(6).every(({ most }) => Number(most) <= 3)).toBe(true);
    expect(functions.threads()['shared']).toBe(2);
  });

  test('of those that share an environment one that is too slow ends alone; the next ones get a new environment', async () => {
    const slow = call('shared', 60_000);
    const other = call('shared', 60_000);
    await new Promise((resolve) => setTimeout(resolve, 1000));
    const beside = await Promise.all([call('shared', 1400), call('shared', 1400)]);
    expect(beside.map(({ most }) => most)).toEqual([2, 2]);
    expect([await slow, await other].map(({ errorType }) => errorType)).toEqual(['Sandbox.Timedout', 'Sandbox.Timedout']);
    expect(await call('shared', 1)).toMatchObject({ most: 1 });
  });

  test('of those that share an environment all end when it breaks', async () => {
    await Promise.all([call('shared-and-left', 50), call('shared-and-left', 50)]);
    const ended = await Promise.all([-500, 500, 500, 500].map((wait) => call('shared-and-left', wait)));
    expect(ended.filter(({ errorType }) => errorType === 'Runtime.UnhandledPromiseRejection')).toHaveLength(2);
    expect(ended.filter(({ waited }) => waited === 500)).toHaveLength(2);
    expect(await call('shared-and-left', 1)).toMatchObject({ waited: 1 });
  });

  test('whose concurrency is reserved runs one invocation at a time in each environment, and keeps its memory between them', async () => {
    const answers = await Promise.all(Array.from({ length: 5 }, () => call('counter')));
    expect(answers.map(({ n }) => n)).toEqual([1, 2, 3, 4, 5]);
    expect(answers.every(({ most }) => most === 1)).toBe(true);
  });

  test('with no concurrency at all is throttled, and one that does not exist is told by name', async () => {
    await expect(call('closed')).rejects.toMatchObject({ name: 'TooManyRequestsException' });
    await expect(call('nobody')).rejects.toMatchObject({ name: 'ResourceNotFoundException', message: expect.stringContaining('nobody') as string });
  });

  test('what it prints is in its log file', async () => {
    await call('talk', 'hello');
    await expect.poll(() => readFileSync(join(folder, 'talk.log'), 'utf8'), { timeout: 5000 }).toContain('said hello');
  });

  test.each([
    ['while it still works', 'late', 'waits 7\n'],
    ['before it breaks', 'stray', 'before the stray\n'],
    ['before it ends its own process', 'quits', '{ leaves: true }\n'],
  ])('so is what it printed %s', async (_, name, line) => {
    const ends = call(name);
    await expect.poll(() => readFileSync(join(folder, `${name}.log`), { encoding: 'utf8', flag: 'a+' }), { timeout: 5000 }).toContain(line);
    await ends;
  });
});
