import { transition, type AnyMachineSnapshot, type AnyTransitionDefinition } from 'xstate';
import { policyOf } from '../shared/policy.ts';
import { questionOf } from './chart.ts';
import { commands, isCommand, type CommandRow } from './commands.ts';
import { dues, movedBy } from './deadlines.ts';
import type { Asked, Command, Decision, Effect, EventBody, Json, Refusal, Snapshot } from './decision.ts';
import type { TransitionMeta } from './define.ts';
import { explainMoney } from './explain.ts';
import { factsOf, requireFacts } from './facts.ts';
import { entryFor } from './ledger/postings.ts';
import { definitionOf, lifecycles, type Lifecycle } from './lifecycles.ts';
import { asCurrent } from './migrations.ts';
import { forbids } from './permission.ts';
import { activeLeaves, candidates, candidatesAfterEnd, pathOf, restore, rulesOn } from './position.ts';
import type { CommandEvent, Facts, Question } from './question.ts';
import { commandOr, firstFalse, heldRefusal, ruleRefused, systemOnly, wrongState } from './refusals.ts';
import { movement } from './routes.ts';
import { tasksOf } from './tasks.ts';

/**
 * Decides one command on one case: pure and synchronous. Refusals are data, in the order unknown command, wrong state, not
 * allowed, on hold, rule. Throws only on what the shell got wrong (an unknown policy, facts not given, a snapshot of another chart).
 */
export function decide(stored: Snapshot, command: Command, asked: Asked): Decision {
  const snapshot = asCurrent(stored, lifecycles[stored.lifecycle].version);
  const before = restore({ ...snapshot, context: { ...snapshot.context, policy: asked.policy } });
  const event = eventOf(command, asked);
  const taken = enabled(snapshot, before, command, event);
  if ('ok' in taken) return taken;
  return accept(snapshot, before, command, event, taken);
}

/** A command with its circumstances as the event a chart reacts to. */
export function eventOf(command: Command, asked: Asked): CommandEvent {
  const facts = (asked.facts ?? {}) as Facts;
  return { type: command.type, args: command.args, actor: asked.actor, now: asked.now, policy: policyOf(asked.policy), facts } as unknown as CommandEvent;
}

/** The transitions that a command takes, or why it takes none. */
function enabled(snapshot: Snapshot, before: AnyMachineSnapshot, command: Command, event: CommandEvent): readonly AnyTransitionDefinition[] | Refusal {
  const row = commandOr(command.type);
  if ('ok' in row) return row;
  const lifecycle = lifecycles[snapshot.lifecycle];
  const question = questionOf<unknown>(snapshot.context, event);
  const possible = snapshot.status === 'done' ? ended(row, before, command) : candidates(before, command.type);
  const refusal = systemOnly(row, event.actor) ?? (possible.length === 0 || isStray(before, command) ? wrongState(snapshot.lifecycle, before) : null);
  if (refusal) return refusal;
  const refusals = possible.map((each) => forbids(each, event.actor, snapshot.context));
  const permitted = possible.filter((_, i) => refusals[i] === null);
  if (permitted.length === 0) return refusals.find((each) => each !== null) as Refusal;
  const held = heldRefusal(lifecycle, row, question);
  if (held) return held;
  requireFacts(factsOf(snapshot, command), event.facts);
  const taken = lifecycle.machine.getTransitionData(before, event) as AnyTransitionDefinition[];
  return taken.length > 0 ? allPermitted(taken, event, snapshot) : explainRefusal(lifecycle, permitted, question);
}

/** What is still possible when a case is over: untrue materials make it void at any time, its money may still come back. */
function ended(row: CommandRow, before: AnyMachineSnapshot, command: Command): AnyTransitionDefinition[] {
  return row.afterEnd ? candidatesAfterEnd(before, command.type) : [];
}

/** A timer that went off for a leaf the case has left already. */
function isStray(before: AnyMachineSnapshot, command: Command): boolean {
  return command.type === 'deadlinePassed' && !activeLeaves(before).some((leaf) => pathOf(leaf) === command.args['leaf']);
}

function allPermitted(taken: readonly AnyTransitionDefinition[], event: CommandEvent, snapshot: Snapshot): readonly AnyTransitionDefinition[] | Refusal {
  return taken.map((each) => forbids(each, event.actor, snapshot.context)).find((each) => each !== null) ?? taken;
}

function explainRefusal(lifecycle: Lifecycle, permitted: readonly AnyTransitionDefinition[], question: Question<unknown>): Refusal {
  const names = permitted.map((each) => firstFalse(lifecycle, rulesOn(each), question)).filter((name) => name !== undefined);
  const [name] = names;
  if (name === undefined) throw new Error('a command was refused though all its rules hold');
  return ruleRefused(lifecycle, name, question);
}

function accept(snapshot: Snapshot, before: AnyMachineSnapshot, command: Command, event: CommandEvent, taken: readonly AnyTransitionDefinition[]): Decision {
  const lifecycle = lifecycles[snapshot.lifecycle];
  const [stepped, actions] = transition(lifecycle.machine, before, event) as [AnyMachineSnapshot, readonly { readonly type: string }[]];
  const after = snapshot.status === 'done' ? ({ ...stepped, status: 'done' } as AnyMachineSnapshot) : stepped;
  const question = questionOf<unknown>(snapshot.context, event);
  const { routes, entered } = movement(before, after, taken);
  const renewed = renewals(command, after, event);
  const next = { ...after, context: { ...after.context, due: dues(after, { entered: [...entered, ...renewed], renewed, moved: movedBy(snapshot.context, after) }, event.policy, event.now) } } as AnyMachineSnapshot;
  return {
    ok: true,
    snapshot: stored(snapshot, next),
    event: bodyOf(command, event, taken, { money: explainMoney(command.type, question, next.context), entry: entryFor(command.type, question, next.context) }),
    routes,
    entered: duesOf(next, [...entered, ...renewed]),
    tasks: next.status === 'active' ? tasksOf(next, event.policy) : [],
    effects: actions.flatMap((action): readonly Effect[] => lifecycle.effects[action.type]?.(question, next.context) ?? []),
  };
}

/** A deadline that changed nothing but a reminder begins its wait again, once it is really over; `entered` says until when. */
function renewals(command: Command, after: AnyMachineSnapshot, event: CommandEvent): readonly string[] {
  if (command.type !== 'deadlinePassed') return [];
  const leaf = String(command.args['leaf']);
  const due = (after.context as { readonly due: { readonly [leaf: string]: string } }).due[leaf];
  return due !== undefined && event.now >= due && activeLeaves(after).some((each) => pathOf(each) === leaf) ? [leaf] : [];
}

function duesOf(state: AnyMachineSnapshot, leaves: readonly string[]): Record<string, string> {
  const due = (state.context as { readonly due: { readonly [leaf: string]: string } }).due;
  return Object.fromEntries(leaves.map((leaf) => [leaf, due[leaf] ?? '']));
}

/** A state as it is stored, under the definition that wrote it. */
export function stored(identity: Pick<Snapshot, 'lifecycle'>, state: AnyMachineSnapshot): Snapshot {
  return {
    lifecycle: identity.lifecycle,
    definition: definitionOf(identity.lifecycle),
    status: state.status === 'active' ? 'active' : 'done',
    value: state.value as Json,
    context: state.context as { readonly [key: string]: Json },
  };
}

function bodyOf(command: Command, event: CommandEvent, taken: readonly AnyTransitionDefinition[], { money, entry }: { readonly money: EventBody['money'] | undefined; readonly entry: EventBody['entry'] | undefined }): EventBody {
  const [first] = taken;
  if (!isCommand(command.type) || !first) throw new Error(`no event of ${command.type}`);
  const reason = command.args['reason'];
  return {
    type: commands[command.type].event,
    command: command.type,
    args: command.args,
    article: (first.meta as TransitionMeta).article,
    policy: event.policy.id,
    ...(typeof reason === 'string' && { reason }),
    ...(money && { money }),
    ...(entry && { entry }),
  };
}
