import { assign, type ActionFunction, type EventObject } from 'xstate';
import type { Role } from '../shared/roles.ts';
import { policyOf, type PeriodName } from '../shared/policy.ts';
import type { Reach, TransitionMeta, WaitingMeta, WorkingMeta } from './define.ts';
import type { CommandEvent, Question, Rule } from './question.ts';

/** An action of a chart as XState types it. */
export type ChartAction<C extends object> = ActionFunction<C, CommandEvent, CommandEvent, undefined, never, never, never, never, EventObject>;

/** What an XState predicate or action is called with. */
interface At<C> {
  readonly context: C;
  readonly event: CommandEvent;
}

/** A rule table as XState guards of the same names. */
export function guardsOf<C, N extends string>(rules: Readonly<Record<N, Rule<C>>>): Record<N, (at: At<C>) => boolean> {
  return mapped(rules, (rule) => ({ context, event }: At<C>) => holdsFor(rule, questionOf(context, event)));
}

/** A table of changes as XState assigns, beside effects as actions that do nothing here: `decide` reads their names. */
export function actionsOf<C extends object, N extends string, E extends string>(
  changes: Readonly<Record<N, (question: Question<C>) => Partial<C>>>,
  effects: Readonly<Record<E, unknown>>,
): Record<N | E, ChartAction<C>> {
  const assigns = mapped(changes, (change) => assign<C, CommandEvent, undefined, CommandEvent, never>(({ context, event }) => change(questionOf(context, event))));
  const named = mapped(effects, () => () => undefined);
  return { ...assigns, ...named } as unknown as Record<N | E, ChartAction<C>>;
}

/** Whether a rule holds; what was asked of the outside when a stored event happened was answered then, so a replay does not ask again. */
export function holdsFor<C>(rule: Rule<C>, question: Question<C>): boolean {
  return (rule.reads === 'facts' && question.facts.recorded === true) || rule.holds(question);
}

/** A command's circumstances beside the context they apply to. */
export function questionOf<C>(context: C, event: CommandEvent): Question<C> {
  const { args, actor, now, policy, facts } = event;
  return policy === undefined ? branching(context) : { context, args, actor, now, policy, facts };
}

// XState's own `done` events carry no circumstances: a rule that chooses where `onDone` leads sees the context and the policy
// it was decided under, which `decide` keeps there.
function branching<C>(context: C): Question<C> {
  const policy = policyOf((context as { readonly policy: string }).policy);
  return { context, args: {}, policy, facts: {} } as unknown as Question<C>;
}

/** The meta of a transition: who may ask for it, how far they reach, where it rests. */
export function by(roles: readonly Role[], reach: Reach, article: string): TransitionMeta {
  return { roles, reach, article };
}

/** The meta of a leaf that waits for `owner` under a deadline of the policy pack. */
export function waiting(owner: Role, deadline: PeriodName, article: string): WaitingMeta {
  return { kind: 'waiting', owner, deadline, article };
}

/** The meta of a leaf that works. */
export function working(activity: string, article: string, map?: WorkingMeta['map']): WorkingMeta {
  return map ? { kind: 'working', activity, article, map } : { kind: 'working', activity, article };
}

function mapped<N extends string, A, B>(table: Readonly<Record<N, A>>, change: (value: A) => B): Record<N, B> {
  return Object.fromEntries(Object.entries<A>(table).map(([name, value]) => [name, change(value)])) as Record<N, B>;
}
