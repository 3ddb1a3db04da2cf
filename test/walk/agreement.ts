import { DescribeExecutionCommand, ExecutionDoesNotExist, GetExecutionHistoryCommand, ListStateMachinesCommand, type HistoryEvent, type SFNClient } from '@aws-sdk/client-sfn';
import type { Head } from '../../functions/store/case.ts';
import { loadLeg } from '../../functions/store/legs.ts';
import { loadCase } from '../../functions/store/load.ts';
import type { Table } from '../../functions/store/table.ts';
import { leavesOf } from '../../machines/position.ts';
import { activeLeaves } from './active-leaves.ts';

/** Says where record and execution of a case differ, `undefined` when they agree: the same leaves while the case is open, a succeeded execution when it is over. */
export async function divergenceOf(table: Table, states: SFNClient, id: string): Promise<string | undefined> {
  const head = await loadCase(table, id);
  if (!head) return `${id}: no record`;
  const executionArn = await executionOf(table, states, head);
  const status = await statusOf(states, executionArn);
  const over = head.snapshot.status === 'done';
  if (status !== (over ? 'SUCCEEDED' : 'RUNNING')) return `${id}: record ${JSON.stringify(head.snapshot.value)} since ${head.changedAt}, execution ${executionArn.split(':').at(-1)} ${status}`;
  if (over) return undefined;
  const there = activeLeaves(await historyOf(states, executionArn));
  const here = leavesOf(head.snapshot).sort();
  return here.join() === there.join() ? undefined : `${id}: record in ${here.join(', ')}, execution in ${there.join(', ')}`;
}

/** The status of an execution; `gone` where there is none, or none any more (90 days after its end). */
async function statusOf(states: SFNClient, executionArn: string): Promise<string | undefined> {
  return states.send(new DescribeExecutionCommand({ executionArn })).then(({ status }) => status, (error: unknown) => {
    if (error instanceof ExecutionDoesNotExist) return 'gone';
    throw error;
  });
}

async function executionOf(table: Table, states: SFNClient, head: Head): Promise<string> {
  const leg = await loadLeg(table, head.id);
  if (leg.execution !== undefined) return leg.execution;
  const machine = (await machines(states)).find((arn) => arn.endsWith(`-${head.lifecycle}`) || arn.endsWith(`:${head.lifecycle}`));
  if (machine === undefined) throw new Error(`no state machine of ${head.lifecycle}`);
  return `${machine.replace(':stateMachine:', ':execution:')}:${head.id}-${leg.leg}`;
}

const known = new WeakMap<SFNClient, Promise<string[]>>();

function machines(states: SFNClient): Promise<string[]> {
  const list = known.get(states) ?? states.send(new ListStateMachinesCommand({})).then(({ stateMachines }) => (stateMachines ?? []).flatMap(({ stateMachineArn }) => stateMachineArn ?? []));
  known.set(states, list);
  return list;
}

async function historyOf(states: SFNClient, executionArn: string): Promise<HistoryEvent[]> {
  const events: HistoryEvent[] = [];
  let nextToken: string | undefined;
  do {
    const page = await states.send(new GetExecutionHistoryCommand({ executionArn, maxResults: 1000, includeExecutionData: false, ...(nextToken ? { nextToken } : {}) }));
    events.push(...(page.events ?? []));
    nextToken = page.nextToken;
  } while (nextToken);
  return events;
}
