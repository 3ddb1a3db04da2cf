import type { Actor } from '../shared/actor.ts';
import type { Role } from '../shared/roles.ts';
import type { Leaf, Route } from '../shared/step.ts';
import type { Entry } from './ledger/accounts.ts';

/** The lifecycles of the programme: two for scenarios, one for a half-yearly batch, one for a clawback, one for a list of annex 1, one for the fund that pays, one for a demand for data. */
export type LifecycleName = 'governmentInvestment' | 'socialInvestment' | 'publication' | 'recovery' | 'scenarioList' | 'fund' | 'dataDemand';

/** Plain JSON. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** A case as stored after event `n`: plain JSON; `definition` is `<lifecycle>@<version>` of the chart that wrote it. */
export interface Snapshot {
  readonly lifecycle: LifecycleName;
  readonly definition: string;
  readonly status: 'active' | 'done';
  readonly value: Json;
  readonly context: { readonly [key: string]: Json };
}

/** What a person asks for; `args` have met their schema at the door. */
export interface Command {
  readonly type: string;
  readonly args: { readonly [key: string]: Json };
}

/** The circumstances of a question to the core. `now` is a UTC ISO instant; `policy` the id of a policy pack; `facts` what guards need from outside the case (see `factsOf`). */
export interface Asked {
  readonly actor: Actor;
  readonly now: string;
  readonly policy: string;
  readonly facts?: { readonly [name: string]: Json };
}

/** What happened, past tense; the shell adds number, time, actor and hashes. `money` explains every amount (fen) by article, tier, ceiling and policy. */
export interface EventBody {
  readonly type: string;
  readonly command: string;
  readonly args: { readonly [key: string]: Json };
  readonly article: string;
  readonly policy: string;
  readonly reason?: string;
  readonly money?: { readonly [key: string]: Json };
  /** The double entry that this event makes in the ledger: lines that add up to nothing. */
  readonly entry?: Entry;
}

/**
 * An open wait as a person sees it. `slot` is the record it occupies: `main`, the region's name inside a parallel state, or
 * `<slot>:<person or organisation>` where a leaf waits for several. `queue` is who sees it: `<role>#<organisation id>` or
 * `person#<id>`. `dueAt` is an ISO instant.
 */
export interface Task {
  readonly slot: string;
  readonly leaf: Leaf;
  readonly queue: string;
  readonly commands: readonly string[];
  readonly dueAt: string;
}

/** What the shell must also do, most of it in the same transaction. One closed union, run in one switch. */
export type Effect =
  /** Lists the form that stands in this event as a numbered revision of the case. */
  | { readonly type: 'storeRevision' }
  /** Lists which rows of a list this event's arguments hold, in their order. */
  | { readonly type: 'storeRows'; readonly rows: readonly string[] }
  /** Adds one line to the payment ledger; `kind` is `advance`, `remainder`, `oneOff` or `recovered`. */
  | { readonly type: 'recordPayment'; readonly kind: string; readonly amountFen: number; readonly explanation: Json }
  /** Notes a closed review with the weighted score of each sheet in hundredths: what an expert's leniency and spread are read from. */
  | { readonly type: 'recordReview'; readonly policy: string; readonly sheets: { readonly [expert: string]: number } }
  /** Opens another case in the same transaction (a recovery). `id` is derived from this case, so twice is once. */
  | { readonly type: 'openCase'; readonly lifecycle: LifecycleName; readonly id: string; readonly input: Json }
  /** Has another case decide a system command in the same transaction: both happen or neither. */
  | { readonly type: 'askCase'; readonly id: string; readonly command: string; readonly args: { readonly [key: string]: Json } }
  /** Sends a system command to another case after the commit, at least once, idempotent by (this case, this event). */
  | { readonly type: 'tellCase'; readonly id: string; readonly command: string; readonly args: { readonly [key: string]: Json } };

/** A command that was accepted. `entered` maps each leaf entered to the instant its wait is over; `routes` each leaf left to where its execution goes. */
export interface Accepted {
  readonly ok: true;
  readonly snapshot: Snapshot;
  readonly event: EventBody;
  readonly routes: Readonly<Record<Leaf, Route>>;
  readonly entered: Readonly<Record<Leaf, string>>;
  /** All open tasks after the event, by slot; the shell replaces what differs from before. */
  readonly tasks: readonly Task[];
  readonly effects: readonly Effect[];
}

/** A command that may not happen now, with its reason: data, never a throw. `detail` is Chinese and says what to do. */
export interface Refusal {
  readonly ok: false;
  readonly problem: 'wrong-state' | 'not-allowed' | 'rule-refused' | 'invalid-input';
  readonly detail: string;
  /** The rule that is false, its article or policy, and the figures behind it. */
  readonly rule?: string;
  readonly article?: string;
  readonly figures?: { readonly [name: string]: Json };
  /** Roles that may do it, or who can change what stands in the way. */
  readonly needs?: readonly Role[];
}

/** What the core answers. */
export type Decision = Accepted | Refusal;

/** One command as it stands for one reader now: a button, or a grey button with its reason. */
export interface Offer {
  readonly command: string;
  readonly allowed: boolean;
  readonly refusal?: Refusal;
}
