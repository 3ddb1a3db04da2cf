import { ListExecutionsCommand, ListStateMachinesCommand, type SFNClient } from '@aws-sdk/client-sfn';
import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { verifyCase } from '../../functions/store/chain.ts';
import type { CaseFile } from '../demo/promises.ts';
import type { Clerk } from './clerk.ts';
import { auditor, overseer } from './people.ts';
import { sideBySide } from './side-by-side.ts';

/** The files of all cases by path, each proved whole; what is wrong is said in `broken`. */
export async function caseFilesOf(clerk: Clerk, paths: readonly string[], parallel: number): Promise<{ readonly files: ReadonlyMap<string, CaseFile>; readonly broken: string[] }> {
  const files = new Map<string, CaseFile>();
  const broken: string[] = [];
  await sideBySide(paths, parallel, async (path) => {
    const file = await clerk.read<CaseFile>(auditor, `${path}/case-file`);
    files.set(path, file);
    const chain = verifyCase(file.events);
    if (!chain.ok || !file.verification.ok || file.events.length !== file.version) broken.push(`${path}: its case file does not verify (${JSON.stringify(chain)})`);
  });
  return { files, broken };
}

/** The books of the fund, in fen by account over both budget lines. */
export interface Books {
  readonly totalFen: number;
  readonly agrees: boolean;
  readonly accounts: Readonly<Record<string, number>>;
}

/** The trial balance, as the API tells it. */
export async function booksOf(clerk: Clerk): Promise<Books> {
  const { totalFen, agrees, lines } = await clerk.read<{ readonly totalFen: number; readonly agrees: boolean; readonly lines: readonly { readonly accounts: readonly { readonly account: string; readonly fen: number }[] }[] }>('pan-hong', '/ledger/trial-balance');
  const accounts: Record<string, number> = {};
  for (const { account, fen } of lines.flatMap((line) => line.accounts)) accounts[account] = (accounts[account] ?? 0) + fen;
  return { totalFen, agrees, accounts };
}

/** Executions that did not end well, by name and status. */
export async function failedExecutions(states: SFNClient): Promise<string[]> {
  const { stateMachines = [] } = await states.send(new ListStateMachinesCommand({}));
  const failed: string[] = [];
  for (const { stateMachineArn } of stateMachines) {
    for (const statusFilter of ['FAILED', 'TIMED_OUT', 'ABORTED'] as const) {
      const { executions = [] } = await states.send(new ListExecutionsCommand({ stateMachineArn: stateMachineArn ?? '', statusFilter }));
      failed.push(...executions.map(({ name, status }) => `${name} ${status}`));
    }
  }
  return failed;
}

/** Dead letters: notices that were given up, and messages in any queue of the stopped cloud, all of whose queues are for what could not be delivered. */
export function deadLettersIn(dataFolder: string): string[] {
  const database = new DatabaseSync(join(dataFolder, 'events.sqlite'), { readOnly: true });
  const rows = database.prepare('SELECT queue, count(*) AS messages FROM messages GROUP BY queue').all();
  database.close();
  return rows.map(({ queue, messages }) => `${String(queue)}: ${String(messages)} messages`);
}

/** Notices that were given up, as the Bureau's delivery log has them. */
export async function deadNotices(clerk: Clerk): Promise<string[]> {
  const { items } = await clerk.read<{ readonly items: readonly { readonly delivery: string }[] }>(overseer, '/deliveries?status=dead');
  return items.map(({ delivery }) => `notice ${delivery} was given up`);
}
