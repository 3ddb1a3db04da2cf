import type { Actor, Organisation } from '../shared/actor.ts';
import type { Expertise } from '../shared/expert.ts';
import type { CommandType } from '../shared/contracts/commands.ts';
import type { Role } from '../shared/roles.ts';
import type { Policy } from '../shared/policy.ts';
import type { AnyArgs } from './commands.ts';
import type { Json } from './decision.ts';

/** A person named in the arguments: their unit, whether they are in the expert pool, and what the pool knows of them. */
export interface PersonFact {
  readonly org: Organisation;
  readonly expert: boolean;
  readonly roles?: readonly Role[];
  readonly expertise?: Expertise;
}

/** What guards need from outside the case; `factsOf` says which of them a command needs, the shell loads them. */
export interface Facts {
  /** Organisations named in the arguments, by id; an id that does not exist is absent. */
  readonly organisations?: { readonly [id: string]: Organisation };
  /** People named in the arguments, by id. */
  readonly people?: { readonly [id: string]: PersonFact };
  /** How many recoveries of the case's unit are open now, over all cases. */
  readonly openRecoveriesOfUnit?: number;
  /** The place of the case's award among those that wait for money, from 1; 0 when it has its money. */
  readonly placeInFund?: number;
  /** The form as last stored, for comparing what a correction changes. */
  readonly latestForm?: Json;
  /** The digests of a list's rows as they stand, in their order. */
  readonly listDigests?: { readonly sha256: string; readonly sm3: string };
  /** Whether the Bureau's call is open; the policy decides when absent. */
  readonly callOpen?: boolean;
  /** Set when a stored event is replayed: what was asked of the outside then was answered then. */
  readonly recorded?: true;
}

/** One command with its circumstances, as it travels inside the XState event: the only thing a chart ever reacts to. */
export interface Asking {
  readonly args: AnyArgs;
  readonly actor: Actor;
  /** UTC ISO instant. */
  readonly now: string;
  readonly policy: Policy;
  readonly facts: Facts;
}

/** The XState events of all lifecycles, one per command. */
export type CommandEvent = { [K in CommandType]: { readonly type: K } & Asking }[CommandType];

/** What a rule, a change or an effect sees: the case's context and the command. */
export interface Question<C> extends Asking {
  readonly context: C;
}

/**
 * A named pure predicate over a case and a command. `reads` says what it needs: the case alone (then a button can be greyed
 * beforehand), the arguments, or facts from outside. `sentence` is Chinese and says what to do; `figures` are the numbers behind it.
 */
export interface Rule<C> {
  readonly article: string;
  readonly reads: 'case' | 'args' | 'facts';
  readonly sentence: string;
  readonly holds: (question: Question<C>) => boolean;
  readonly figures?: (question: Question<C>) => { readonly [name: string]: Json };
}
