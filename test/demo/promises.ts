import { DescribeExecutionCommand, ListExecutionsCommand, ListStateMachinesCommand, SFNClient } from '@aws-sdk/client-sfn';
import { isDeepStrictEqual } from 'node:util';
import type { LifecycleName } from '../../machines/decision.ts';
import { replay } from '../../machines/replay.ts';
import { verifyCase, type ChainedEvent } from '../../functions/store/chain.ts';
import type { Endpoints } from '../harness/cloud-process.ts';

/** One promise of the demonstration, with whether it was kept and what was seen. */
export interface Pledge {
  readonly promise: string;
  readonly kept: boolean;
  readonly seen: string;
}

/** A case file as the API answers it to somebody who may see all of it. */
export interface CaseFile {
  readonly case: string;
  readonly lifecycle: LifecycleName;
  readonly version: number;
  readonly state: readonly string[];
  readonly events: readonly ChainedEvent[];
  readonly payments: readonly { readonly kind: string; readonly amountFen: number; readonly explanation: Readonly<Record<string, unknown>> }[];
  readonly verification: { readonly ok: boolean };
}

/** What a case file must hold: its chain is whole, the charts lead to the same leaves again, and a changed byte is seen. */
export function casePromises(file: CaseFile, end: string): Pledge[] {
  const verified = verifyCase(file.events);
  const again = replay(file.lifecycle, file.events.map(({ event }) => event));
  const last = file.events.at(-1)?.event;
  const forged = verifyCase(file.events.map((each, index) => (index === 3 ? { ...each, event: { ...each.event, at: '2000-01-01T00:00:00.000Z' } } : each)));
  return [
    { promise: `${file.case} 到达终点`, kept: isDeepStrictEqual(last?.leaves, [end]), seen: JSON.stringify(last?.leaves) },
    { promise: `${file.case} 案卷完整（哈希链）`, kept: verified.ok && file.verification.ok && file.events.length === file.version, seen: `${file.events.length} 个事件` },
    { promise: `${file.case} 篡改一处即被发现`, kept: !forged.ok, seen: JSON.stringify(forged) },
    { promise: `${file.case} 按状态图重放结果一致`, kept: again.ok && again.snapshot.value === end, seen: again.ok ? JSON.stringify(again.snapshot.value) : again.detail },
  ];
}

/** What was paid on a case: the sum, each line explained, never above the ceiling. */
export function moneyPromises(file: CaseFile, expected: readonly [string, number][]): Pledge[] {
  const paid = file.payments.map(({ kind, amountFen }): [string, number] => [kind, amountFen]);
  return [
    { promise: `${file.case} 各笔拨付与规定一致`, kept: isDeepStrictEqual(paid, expected), seen: JSON.stringify(paid) },
    { promise: `${file.case} 每笔拨付都有条款、档次、上限与政策版本`, kept: file.payments.every(({ explanation }) => ['article', 'tier', 'ceilingFen', 'policy'].every((key) => key in explanation)), seen: JSON.stringify(file.payments[0]?.explanation) },
  ];
}

/** That Step Functions followed: the executions of a case succeeded, and none of any case failed. */
export async function executionPromises(endpoints: Endpoints, cases: readonly string[]): Promise<Pledge[]> {
  const client = statesClient(endpoints);
  const machines = (await client.send(new ListStateMachinesCommand({}))).stateMachines ?? [];
  const lists = await Promise.all(machines.map(({ stateMachineArn }) => client.send(new ListExecutionsCommand({ stateMachineArn }))));
  const all = lists.flatMap(({ executions }) => executions ?? []);
  const bad = all.filter(({ status }) => status !== 'SUCCEEDED' && status !== 'RUNNING');
  const ended = await Promise.all(
    cases.map(async (id) => {
      const last = all.filter(({ name }) => name?.startsWith(`${id}-`)).sort((a, b) => Number(b.startDate) - Number(a.startDate))[0];
      const status = last && (await client.send(new DescribeExecutionCommand({ executionArn: last.executionArn }))).status;
      return { promise: `${id} 的流程执行与案卷同时结束`, kept: status === 'SUCCEEDED', seen: String(status) };
    }),
  );
  return [...ended, { promise: '没有失败或偏离的流程执行', kept: bad.length === 0, seen: `${all.length} 次执行，${bad.length} 次异常` }];
}

/** A Step Functions client of the local cloud. */
export function statesClient({ states, region, accessKeyId, secretAccessKey }: Endpoints): SFNClient {
  return new SFNClient({ endpoint: states, region, credentials: { accessKeyId, secretAccessKey } });
}
