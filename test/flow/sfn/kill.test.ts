import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { CreateStateMachineCommand, DescribeExecutionCommand, GetExecutionHistoryCommand, SendTaskSuccessCommand, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { afterEach, describe, expect, it } from 'vitest';
import { account, functionArn, invoke, machine, roleArn, waitForToken } from '../../harness/step-functions.ts';

let child: ChildProcess | undefined;
const folder = mkdtempSync(join(tmpdir(), 'states-'));

afterEach(() => {
  child?.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

/** Starts the worker over the same folder and answers a client for it. */
async function open(): Promise<SFNClient> {
  const worker = spawn(process.execPath, [join(import.meta.dirname, 'worker.ts'), folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  child = worker;
  const endpoint = await new Promise<string>((resolve, reject) => {
    createInterface({ input: worker.stdout }).once('line', resolve);
    worker.once('exit', () => reject(new Error('the worker ended before it was ready')));
  });
  return new SFNClient({ endpoint, region: account.region, credentials: { accessKeyId: 'a', secretAccessKey: 'b' }, maxAttempts: 1 });
}

async function kill(): Promise<void> {
  const ended = new Promise((resolve) => child?.once('exit', resolve));
  child?.kill('SIGKILL');
  await ended;
}

const invocations = () =>
  readFileSync(join(folder, 'invocations.jsonl'), 'utf8').trim().split('\n').filter((line) => line.endsWith('}')).map((line) => JSON.parse(line) as { name: string; payload: { case?: string; token?: string } });

/** In parallel: a token that is awaited, a wait, a task with back-off, a Map, and a map run; then one more task. */
const definition = {
  QueryLanguage: 'JSONata',
  ...machine({
    Fork: {
      Type: 'Parallel',
      Next: 'Last',
      Branches: [
        machine({ Token: waitForToken('keep', { Arguments: { FunctionName: functionArn('keep'), Payload: { token: '{% $states.context.Task.Token %}', case: '{% $states.input.case %}' } }, TimeoutSeconds: 3600, End: true }) }),
        machine({ Nap: { Type: 'Wait', Seconds: 2, End: true } }),
        machine({ Flaky: invoke('flaky', { Retry: [{ ErrorEquals: ['Flaky'], IntervalSeconds: 1, BackoffRate: 1, MaxAttempts: 50 }], End: true }) }),
        machine({ Each: { Type: 'Map', Items: [1, 2, 3], MaxConcurrency: 2, ItemSelector: { n: '{% $states.context.Map.Item.Value %}' }, ItemProcessor: machine({ Slow: invoke('slow', { End: true }) }), End: true } }),
        machine({ Spread: { Type: 'Map', Items: [1, 2, 3, 4, 5], ItemBatcher: { MaxItemsPerBatch: 2 }, ItemProcessor: { ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' }, ...machine({ Batch: invoke('slow', { End: true }) }) }, End: true } }),
      ],
    },
    Last: invoke('slow', { Arguments: { FunctionName: functionArn('slow'), Payload: '{% $states.context.Execution.Name %}' }, End: true }),
  }),
};

describe('kill -9 in the middle of everything', () => {
  it('loses no execution that was acknowledged, no token answer, no wait and no retry', async () => {
    let client = await open();
    const { stateMachineArn } = await client.send(new CreateStateMachineCommand({ name: 'm', definition: JSON.stringify(definition), roleArn }));
    const started: string[] = [];
    const answered = new Set<string>();

    const startSome = async (count: number) => {
      for (let n = 0; n < count; n++) {
        const name = `case-${started.length}`;
        const { executionArn } = await client.send(new StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify({ case: name }) }));
        started.push(executionArn ?? '');
      }
    };
    const answerTokens = async () => {
      for (const { name, payload } of invocations()) {
        if (name !== 'keep' || answered.has(payload.case ?? '')) continue;
        try {
          await client.send(new SendTaskSuccessCommand({ taskToken: payload.token, output: JSON.stringify(payload.case) }));
        } catch (error) {
          // The answer may have been stored by a process that was killed before it could say so.
          if ((error as Error).name !== 'TaskTimedOut') throw error;
        }
        answered.add(payload.case ?? '');
      }
    };

    for (let round = 0; round < 6; round++) {
      await startSome(4);
      if (round % 2 === 1) await answerTokens();
      await kill();
      client = await open();
    }
    const finished = async (arn: string) => (await client.send(new DescribeExecutionCommand({ executionArn: arn }))).status === 'SUCCEEDED';
    await expect.poll(async () => {
      await answerTokens();
      const done = await Promise.all(started.map(finished));
      return done.filter((it) => !it).length;
    }, { timeout: 50_000, interval: 200 }).toBe(0);

    for (const [index, executionArn] of started.entries()) {
      const { events = [] } = await client.send(new GetExecutionHistoryCommand({ executionArn, maxResults: 1000 }));
      expect(events.map(({ id }) => id)).toEqual(events.map((_, at) => at + 1));
      const count = (type: string) => events.filter((event) => event.type === type).length;
      expect({ exits: count('ParallelStateExited'), waits: count('WaitStateExited'), iterations: count('MapIterationSucceeded'), mapRuns: count('MapRunSucceeded'), ends: count('ExecutionSucceeded') }).toEqual({ exits: 1, waits: 1, iterations: 3, mapRuns: 1, ends: 1 });
      const { output } = await client.send(new DescribeExecutionCommand({ executionArn }));
      expect(JSON.parse(output ?? '')).toBe(`case-${index}`);
    }
  });
});
