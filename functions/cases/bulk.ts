import type { Command } from '../../machines/decision.ts';
import type { Actor } from '../../shared/actor.ts';
import { Problem, problemBody } from '../http/problem.ts';
import { collections } from '../http/routes.ts';
import type { Head } from '../store/case.ts';
import { loadHeads } from '../store/load.ts';
import type { Desk } from './act.ts';
import { carryOut } from './command.ts';
import { isSealedFor, maySee } from './see.ts';

/** One decision on many scenarios, as a person asked for it under one idempotency key. */
export interface BulkRequest {
  readonly actor: Actor;
  readonly key: string;
  readonly requestId: string;
  readonly command: Command;
  readonly cases: readonly { readonly id: string; readonly version: number }[];
}

/** What became of one of the cases: its new version and leaves, or the problem that it alone met. */
export type BulkResult = { readonly id: string; readonly ok: true; readonly version: number; readonly state: string[] } | { readonly id: string; readonly ok: false; readonly problem: Record<string, unknown> };

// Each decision is a transaction of its own; a few side by side keep the answer quick without crowding the table.
const sideBySide = 8;

/**
 * Decides the same command on each of some scenarios, each in a transaction of its own: whoever is refused keeps nobody else from
 * moving, and no case is left half decided. The same request again gets the same outcome, case by case. Answers in the order asked.
 */
export async function decideInBulk(desk: Desk, request: BulkRequest): Promise<BulkResult[]> {
  const heads = new Map((await loadHeads(desk.table, request.cases.map(({ id }) => id))).map((head) => [head.id, head]));
  const results: BulkResult[] = [];
  for (let at = 0; at < request.cases.length; at += sideBySide) {
    results.push(...(await Promise.all(request.cases.slice(at, at + sideBySide).map((one) => decideOne(desk, request, one, heads.get(one.id))))));
  }
  return results;
}

async function decideOne(desk: Desk, { actor, key, requestId, command }: BulkRequest, { id, version }: BulkRequest['cases'][number], head: Head | undefined): Promise<BulkResult> {
  try {
    if (!head || !isScenario(head) || !maySee(head.snapshot, actor) || isSealedFor(head.snapshot, actor)) throw new Problem('not-found', '没有找到这条记录，或您无权查看；请核对编号');
    const answer = await carryOut(desk, { actor, head, version, key, command });
    return { id, ok: true, version: answer.version, state: answer.state };
  } catch (error) {
    // What is not for the caller to read fails the request: what was decided stays, and the same request again says so.
    if (!(error instanceof Problem)) throw error;
    return { id, ok: false, problem: problemBody(error, requestId) };
  }
}

function isScenario({ lifecycle }: Head): boolean {
  return (collections.scenarios as readonly string[]).includes(lifecycle);
}
