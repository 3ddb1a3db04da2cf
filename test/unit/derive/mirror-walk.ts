import { aslOf } from '../../../machines/derive/asl.ts';
import { keyOf, movesFrom, type Configuration, type Move } from '../../../machines/derive/configurations.ts';
import type { Graph } from '../../../machines/derive/graph.ts';
import type { Path, PathStep } from '../../../machines/derive/paths.ts';
import type { Route, Step } from '../../../shared/step.ts';
import { functionArn, openBench, type Bench } from '../../harness/step-functions.ts';

/** Where an execution was seen to wait after a step, and where the path says the case is. */
export interface Sight {
  readonly path: string;
  readonly waiting: string;
}

/** What a walk of one path showed: every stop, and how the execution stands at its end. */
export interface Walked {
  readonly sights: readonly Sight[];
  readonly status: string;
  readonly error: string | undefined;
}

const functionsByBlank = { AwaitLeafArn: 'await', RunActivityArn: 'run', PassDeadlineArn: 'pass', OpenBatchArn: 'open', PublishScenariosArn: 'publish' };

/** The definition of a graph with its substitutions filled in. */
export function filledDefinition(graph: Graph): object {
  const blanks: [string, string][] = Object.entries(functionsByBlank).map(([blank, name]) => [blank, functionArn(name)]);
  const all: [string, string][] = [...blanks, ['BucketName', 'bucket'], ['Partition', 'aws']];
  return JSON.parse(all.reduce((text, [blank, value]) => text.replaceAll(`\${${blank}}`, value), JSON.stringify(aslOf(graph)))) as object;
}

/** Drives one path through the definition in a real Step Functions interpreter, answering tokens as the relay would; `from` is where its leg begins. */
export async function walkMirror(graph: Graph, path: Path, from: Configuration = graph.initial.enters): Promise<Walked> {
  const tokens = new Map<string, string>();
  const steps = path.map((step, index) => ({ step, move: moveOf(graph, path[index - 1]?.after ?? from, step), n: index + 2 }));
  let next = 0;
  const sights: Sight[] = [];
  const bench = openBench({
    await: (payload) => void tokens.set((payload as { leaf: string }).leaf, (payload as { token: string }).token),
    publish: () => ({}),
    // An activity is over with the next step that leaves its leaf; steps that stay happen meanwhile.
    run: (payload) => {
      const { leaf } = payload as { leaf: string };
      while (steps[next]?.move.edge.kind === 'stays') next += 1;
      const taken = steps[next];
      next += 1;
      return taken && stepOf(taken.move, taken.n, leaf);
    },
  });
  bench.objects.set(`bucket/batches/c/frozen.json`, '[{"case":"s1"},{"case":"s2"}]');
  try {
    const start = { case: 'c', leg: 1, n: 1, at: from, waits: waits(from) };
    const arn = await bench.start(await bench.create(filledDefinition(graph)), start);
    await bench.service.idle();
    for (let taken = steps[next]; taken; taken = steps[next]) {
      next += 1;
      await answer(bench, taken.move, taken.n, tokens);
      await bench.service.idle();
      sights.push({ path: waitingLeaves(graph, steps[next - 1]?.move.after ?? []), waiting: [...tokens.keys()].sort().join('+') });
    }
    const { status, error } = await bench.tell(arn);
    return { sights, status, error };
  } finally {
    bench.service.close();
  }
}

function moveOf(graph: Graph, before: Configuration, step: PathStep): Move {
  const move = movesFrom(graph, before).find(({ edge, after }) => edge.from === step.from && edge.command === step.command && keyOf(after) === keyOf(step.after));
  if (!move) throw new Error(`${step.command} is not possible in ${keyOf(before)}`);
  return move;
}

async function answer(bench: Bench, move: Move, n: number, tokens: Map<string, string>): Promise<void> {
  const { edge } = move;
  const taskToken = tokens.get(edge.from);
  if (edge.kind === 'stays') return;
  if (edge.kind === 'abandons') tokens.clear();
  else tokens.delete(edge.from);
  const step = JSON.stringify(stepOf(move, n, edge.from));
  if (edge.kind === 'abandons') await bench.call('SendTaskFailure', { taskToken, error: 'Lifecycle.Left', cause: step });
  else await bench.call('SendTaskSuccess', { taskToken, output: step });
}

function stepOf({ edge, after }: Move, n: number, leaf: string): Step {
  const then = edge.completes.find((next) => keyOf(next.enters) === keyOf(after));
  const route: Route = leaf === edge.from ? { to: edge.to, ...(then && { then: then.to }) } : { to: edge.to };
  return { ...route, n, at: after, waits: waits(after) };
}

const waits = (leaves: readonly string[]): Record<string, number> => Object.fromEntries(leaves.map((leaf) => [leaf, 86_400]));

function waitingLeaves(graph: Graph, at: Configuration): string {
  return at.filter((leaf) => graph.leaves.find((each) => each.path === leaf)?.kind === 'waiting').toSorted().join('+');
}
