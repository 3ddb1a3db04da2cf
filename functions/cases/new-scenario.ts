import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { NewScenario } from '../../machines/begin.ts';
import type { Json } from '../../machines/decision.ts';
import { filledFrom } from '../../machines/scenario/profile.ts';
import type { FundingClass } from '../../machines/scenario/context.ts';
import type { Actor } from '../../shared/actor.ts';
import { loadProfile } from '../store/profiles.ts';
import type { Desk } from './act.ts';
import { copied, type From } from './copying.ts';

/** What a person asks for who opens a scenario. */
export interface Ask {
  readonly lifecycle: FundingClass;
  readonly form?: unknown;
  readonly from?: From | undefined;
  readonly profile?: boolean | undefined;
}

/** What a scenario begins with: the form that was sent or copied, and where it is wanted what the unit's profile says in the places left blank. Throws `Problem`. */
export async function newScenario(desk: Desk, actor: Actor, ask: Ask, id: string): Promise<{ readonly input: NewScenario; readonly further?: readonly TransactWriteItem[] }> {
  const { lifecycle, from } = ask;
  const begun = from === undefined ? { form: ask.form as Json } : await copied(desk, actor, from, { id, lifecycle, form: ask.form as Json | undefined });
  const saved = ask.profile === true ? await loadProfile(desk.table, actor.org.id) : undefined;
  const form = ask.profile === true ? filledFrom(begun.form, lifecycle, actor.org, saved?.profile ?? {}) : begun.form;
  return 'origin' in begun ? { input: { id, form, origin: begun.origin }, further: begun.further } : { input: { id, form } };
}
