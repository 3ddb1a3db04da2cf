import { appendFileSync } from 'node:fs';
import { openClock } from '../../../infra/local/clock.ts';
import { listen } from '../../../infra/local/sfn/listen.ts';
import { openStepFunctions } from '../../../infra/local/sfn/open.ts';
import { account, FunctionError } from '../../harness/step-functions.ts';

/**
 * Step Functions in a process of its own, to be killed: `node worker.ts <folder>`. Prints its URL. Its functions write
 * what they were asked into `<folder>/invocations.jsonl`; `flaky` fails at first, `slow` takes a while, `keep` keeps tokens.
 */
const folder = process.argv[2] ?? '.';
const note = (line: object) => appendFileSync(`${folder}/invocations.jsonl`, `${JSON.stringify(line)}\n`);

const functions: Readonly<Record<string, (payload: Record<string, unknown>) => Promise<unknown>>> = {
  echo: async (payload) => payload,
  slow: async (payload) => {
    await new Promise((resolve) => setTimeout(resolve, 20));
    return payload;
  },
  keep: async () => ({}),
  flaky: async (payload) => {
    if (Math.random() < 0.5) throw new FunctionError('Flaky');
    return payload;
  },
};

const clock = openClock(`${folder}/clock.json`);
const service = openStepFunctions({
  file: `${folder}/states.sqlite`,
  clock,
  ...account,
  invokeLambda: async ({ functionArn, payload }) => {
    const name = functionArn.split(':')[6] ?? '';
    note({ name, payload });
    try {
      return { payload: await functions[name]?.(payload as Record<string, unknown>) };
    } catch (error) {
      if (error instanceof FunctionError) return { payload: { errorType: error.message }, functionError: 'Unhandled' };
      throw error;
    }
  },
  integrations: { call: async () => ({}) },
  onDueChanged: () => clock.changed(),
  onError: (error) => console.error(error),
});
clock.register(service);
clock.start();
const { url } = await listen(service);
console.log(url);
