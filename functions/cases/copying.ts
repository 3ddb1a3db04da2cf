import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { Json } from '../../machines/decision.ts';
import { copiedForm, originOf } from '../../machines/scenario/copy.ts';
import type { FundingClass, Origin } from '../../machines/scenario/context.ts';
import type { Actor } from '../../shared/actor.ts';
import { Problem } from '../http/problem.ts';
import { formAt } from '../store/forms.ts';
import { descendantWrite } from '../store/lineage.ts';
import { loadCase } from '../store/load.ts';
import type { Desk } from './act.ts';
import { refused } from './refusals.ts';
import { submittedUpTo } from './see.ts';

/** What a person says about where a new scenario comes from. */
export interface From {
  readonly kind: 'refiling' | 'replication';
  readonly case: string;
}

/** How a scenario begins that comes from another one: its form, what it remembers, and the mark that the other one keeps of it. */
export interface Copied {
  readonly form: Json;
  readonly origin: Origin;
  readonly further: readonly TransactWriteItem[];
}

/** Begins a scenario from another one, with the given form or what can be taken over from that one's. Throws `Problem`. */
export async function copied(desk: Desk, actor: Actor, { kind, case: source }: From, to: { readonly id: string; readonly lifecycle: FundingClass; readonly form: Json | undefined }): Promise<Copied> {
  const head = await loadCase(desk.table, source);
  if (!head?.lifecycle.endsWith('Investment')) throw new Problem('not-found', '没有找到要复制的场景，请核对编号');
  const origin = originOf({ kind, snapshot: head.snapshot }, actor);
  if ('ok' in origin) {
    // Whoever may not copy a case is told so only where its existence is no secret.
    if (kind === 'replication' || head.snapshot.context['inCaseLibrary'] === true) throw refused(origin);
    throw new Problem('not-found', '没有找到要复制的场景，请核对编号');
  }
  const saved = to.form === undefined ? await formAt(desk.table, source, kind === 'refiling' ? undefined : submittedUpTo(head)) : undefined;
  const form = to.form ?? copiedForm({ kind, snapshot: head.snapshot, form: saved?.form ?? {} }, to.lifecycle);
  return { form, origin, further: [descendantWrite(desk.table, { source, kind, id: to.id, at: new Date(desk.now).toISOString() })] };
}
