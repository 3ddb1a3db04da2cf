import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStepFunctions } from '../../infra/local/sfn/open.ts';
import { account, functionArn, invoke, machine, roleArn, waitForToken } from '../harness/step-functions.ts';

/**
 * Transitions per second of Step Functions in this process, on a file, with functions that answer at once, and what
 * open executions cost: `node test/bench/sfn.ts [executions] [open]`. A transition is a state entered, as AWS bills it.
 */
const executions = Number(process.argv[2] ?? 2_000);
const open = Number(process.argv[3] ?? 20_000);
const folder = mkdtempSync(join(tmpdir(), 'states-bench-'));
let now = Date.now();

const service = openStepFunctions({
  file: join(folder, 'states.sqlite'),
  clock: { now: () => now },
  ...account,
  invokeLambda: async ({ payload }) => ({ payload }),
  integrations: { call: async () => ({}) },
  onError: (error) => console.error(error),
});

async function call<T>(operation: string, body: object): Promise<T> {
  const answer = await service.handle(`AWSStepFunctions.${operation}`, JSON.stringify(body));
  if (answer.status !== 200) throw new Error(answer.body);
  return JSON.parse(answer.body) as T;
}

const create = async (name: string, definition: object) =>
  (await call<{ stateMachineArn: string }>('CreateStateMachine', { name, roleArn, definition: JSON.stringify({ QueryLanguage: 'JSONata', ...definition }) })).stateMachineArn;

const loop = machine({
  Start: { Type: 'Pass', Assign: { n: 0 }, Next: 'Work' },
  Work: invoke('work', { Assign: { n: '{% $n + 1 %}' }, Next: 'Again' }),
  Again: { Type: 'Choice', Choices: [{ Condition: '{% $n < 4 %}', Next: 'Work' }], Default: 'Done' },
  Done: { Type: 'Succeed' },
});

const perExecution = 1 + 4 * 2 + 1;

async function measure(name: string, count: number, transitions: number, work: (index: number) => Promise<unknown>): Promise<void> {
  const began = performance.now();
  const width = 64;
  for (let first = 0; first < count; first += width) await Promise.all(Array.from({ length: Math.min(width, count - first) }, (_, index) => work(first + index)));
  await service.idle();
  const took = (performance.now() - began) / 1000;
  const rss = Math.round(process.memoryUsage().rss / 2 ** 20);
  console.log(`${name}: ${count} executions in ${took.toFixed(2)} s, ${Math.round((count * transitions) / took)} transitions/s, ${rss} MB resident`);
}

try {
  const loopArn = await create('loop', loop);
  await measure('Pass, 4 × (Lambda, Choice), Succeed', executions, perExecution, () => call('StartExecution', { stateMachineArn: loopArn, input: '{"case":"x"}' }));
  const choiceArn = await create('passes', machine({ A: { Type: 'Pass', Next: 'B' }, B: { Type: 'Pass', Next: 'C' }, C: { Type: 'Pass', Next: 'D' }, D: { Type: 'Pass', End: true } }));
  await measure('4 × Pass', executions, 4, () => call('StartExecution', { stateMachineArn: choiceArn, input: '{"case":"x"}' }));
  const waitArn = await create('wait', machine({ T: waitForToken('keep', { Arguments: { FunctionName: functionArn('keep'), Payload: '{% $states.context.Task.Token %}' }, TimeoutSeconds: 86_400, End: true }) }));
  await measure('open, each waiting for a token', open, 1, () => call('StartExecution', { stateMachineArn: waitArn, input: '{"case":"x"}' }));
  now += 86_400_000;
  const began = performance.now();
  await service.fireDue(now);
  await service.idle();
  console.log(`${open} time-outs at one instant: ${((performance.now() - began) / 1000).toFixed(2)} s, ${Math.round(process.memoryUsage().rss / 2 ** 20)} MB resident`);
} finally {
  await service.close();
  rmSync(folder, { recursive: true, force: true });
}
