import type { Role } from '../shared/roles.ts';

/** Whose case an actor may act on: own unit's, the handling city's or sector's, one they were appointed to, one whose data they hold, or any (offices of the region, the system). */
export type Reach = 'ownUnit' | 'handlingAuthority' | 'appointed' | 'provider' | 'anyCase';

/** Meta of every atomic, non-final state. `waiting` waits for a person or a time, `working` runs a named activity. */
export type StateMeta = WaitingMeta | WorkingMeta;

/** A leaf that waits. `deadline` names a period of the policy pack; when it is over the command `deadlinePassed` is decided by the system. */
export interface WaitingMeta {
  readonly kind: 'waiting';
  readonly article: string;
  readonly deadline: string;
  /** Who sees this leaf as a to-do first; derived permissions say what each role can do in it. */
  readonly owner: Role;
}

/** A leaf that works. `map` marks work spread over a list in S3 (a Distributed Map) before the activity commits its event. */
export interface WorkingMeta {
  readonly kind: 'working';
  readonly article: string;
  readonly activity: string;
  readonly map?: { readonly handler: string; readonly listKey: string };
}

/** Meta of every transition that a command causes: who may ask for it and where it rests in the regulation (`art. 12(2)`) or in our policy (`policy A-08`). */
export interface TransitionMeta {
  readonly roles: readonly Role[];
  readonly reach: Reach;
  readonly article: string;
}
