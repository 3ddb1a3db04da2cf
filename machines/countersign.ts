import type { ReturnVoids } from '../shared/policy.ts';

/** How many signatures it takes: that of the one signer, of any one, of all in any order, of all in their order. */
export const signModes = ['one', 'any', 'all', 'inSequence'] as const;

/** One way to sign off together. */
export type SignMode = (typeof signModes)[number];

/** One place in a sign-off; `signedAt` is the instant of the signature in force. */
export interface Signer {
  readonly person: string;
  readonly signedAt: string | null;
}

/** A sign-off by several people on what one of them is to decide; the list of signers is their order. `matter` is what they sign, `round` counts from 1 and goes up with each return. */
export interface Countersign {
  readonly mode: SignMode;
  readonly askedBy: string;
  readonly matter: string;
  readonly signers: readonly Signer[];
  readonly round: number;
}

/** A sign-off that begins: nobody has signed. */
export function begunCountersign(mode: SignMode, askedBy: string, matter: string, people: readonly string[]): Countersign {
  return { mode, askedBy, matter, signers: people.map(unsigned), round: 1 };
}

/** Whether there are signatures enough for the decision. */
export function isComplete({ mode, signers }: Countersign): boolean {
  return mode === 'any' ? signers.some(hasSigned) : signers.every(hasSigned);
}

/** Whose signature is waited for: nobody's when it is complete, the first open place's in sequence, else every open place's. */
export function turnsIn(countersign: Countersign): readonly string[] {
  if (isComplete(countersign)) return [];
  const open = countersign.signers.filter((signer) => !hasSigned(signer)).map(({ person }) => person);
  return countersign.mode === 'inSequence' ? open.slice(0, 1) : open;
}

/** The sign-off after a person whose turn it is has signed. */
export function signed(countersign: Countersign, person: string, at: string): Countersign {
  return withSigners(countersign, countersign.signers.map((signer) => (signer.person === person ? { person, signedAt: at } : signer)));
}

/** 转办: somebody else takes over an open place, where it stands. */
export function transferred(countersign: Countersign, from: string, to: string): Countersign {
  return withSigners(countersign, countersign.signers.map((signer) => (signer.person === from ? unsigned(to) : signer)));
}

/**
 * 加签: another signer beside the one who asks, before or after them. One signer and another one are two in order; where any one is
 * enough, another one is one more who may; in the other modes the signature is needed like the rest.
 */
export function added(countersign: Countersign, by: string, person: string, place: 'before' | 'after'): Countersign {
  const at = countersign.signers.findIndex((signer) => signer.person === by) + (place === 'after' ? 1 : 0);
  const signers = [...countersign.signers.slice(0, at), unsigned(person), ...countersign.signers.slice(at)];
  return { ...countersign, mode: countersign.mode === 'one' ? 'inSequence' : countersign.mode, signers };
}

/** Whether a person may take their signature back: they gave one, and nobody signed in order after having seen it. */
export function mayWithdraw({ mode, signers }: Countersign, person: string): boolean {
  const at = signers.findIndex((signer) => signer.person === person);
  return at >= 0 && hasSigned(signers[at] as Signer) && (mode !== 'inSequence' || !signers.slice(at + 1).some(hasSigned));
}

/** 撤回: the signature is taken back, the place is open again. */
export function withdrawn(countersign: Countersign, person: string): Countersign {
  return withSigners(countersign, countersign.signers.map((signer) => (signer.person === person ? unsigned(person) : signer)));
}

/**
 * 退回: what was signed goes back to be mended. By the policy all signatures are void, or none, or those that rest on the one who
 * returns: in sequence from their place on, else their own; all of them when it is nobody of the signers who returns.
 */
export function afterReturn(countersign: Countersign, by: string, voids: ReturnVoids): Countersign {
  const at = countersign.signers.findIndex(({ person }) => person === by);
  const rests = (index: number) => at < 0 || (countersign.mode === 'inSequence' ? index >= at : index === at);
  const isVoid = (index: number) => voids === 'all' || (voids === 'fromReturner' && rests(index));
  return { ...countersign, round: countersign.round + 1, signers: countersign.signers.map((signer, index) => (isVoid(index) ? unsigned(signer.person) : signer)) };
}

/** The sign-off on what is decided now: whoever signed something else has signed nothing. */
export function carriedTo(countersign: Countersign, matter: string): Countersign {
  return countersign.matter === matter ? countersign : { ...countersign, matter, signers: countersign.signers.map(({ person }) => unsigned(person)) };
}

function withSigners(countersign: Countersign, signers: readonly Signer[]): Countersign {
  return { ...countersign, signers };
}

function unsigned(person: string): Signer {
  return { person, signedAt: null };
}

function hasSigned({ signedAt }: Signer): boolean {
  return signedAt !== null;
}
