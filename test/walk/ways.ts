import type { Edge } from '../../machines/derive/edges.ts';
import type { LifecycleName } from '../../machines/decision.ts';
import type { RecoveryContext } from '../../machines/recovery/rules.ts';
import type { ScenarioContext } from '../../machines/scenario/context.ts';
import { outstandingFen, paidFen, unprovedFen } from '../../machines/scenario/money.ts';
import { policyOf } from '../../shared/policy.ts';
import { graphFor, type Row } from './coverage.ts';

/** A case as far as it decides which ways are open to it. */
export interface Traveller {
  readonly lifecycle: LifecycleName;
  readonly context: { readonly [key: string]: unknown };
  readonly policy: string;
}

type Door = (context: ScenarioContext, policy: string) => boolean;

/** Whether a scenario is cross-cutting and its lead unit still open. */
export function isWaitingForLeadUnit({ crossCutting, leadUnit }: ScenarioContext): boolean {
  return crossCutting.length > 0 && leadUnit?.confirmed !== true;
}

const isProposed: Door = ({ stage }) => stage === 'proposed';
const isBuilt: Door = ({ stage }) => stage === 'built';
const mayHaveMoney: Door = ({ waived }) => !waived;
const maySomethingComeBack: Door = (context) => !context.waived && (paidFen(context) === 0 || outstandingFen(context) > 0 || Object.values(context.recoveries).some(({ open }) => open));
const maySomethingBeProved: Door = (context) => !context.waived && (paidFen(context) === 0 || unprovedFen(context) > 0);
const mayBeDropped: Door = (context) => !(context as unknown as RecoveryContext).mandatory;

/** What a way asks of a case beside being there: by `command` or by `command → to`; what is not named is open to all. */
export const doors: Readonly<Record<string, Door>> = {
  'publish → construction': isProposed,
  'publish → irsRegistration': isBuilt,
  'approveSelection → leadUnit.confirming': isWaitingForLeadUnit,
  'passAcceptance → settlement.awardProposing': isBuilt,
  'passAcceptance → settlement.advancePayable': (context) => context.stage === 'proposed' && !context.waived && context.paid.advance === null,
  'passAcceptance → settlement.remainderPayable': (context) => context.stage === 'proposed' && !context.waived,
  'passAcceptance → evaluation.evaluating': isProposed,
  'orderRectification → acceptance.rectifying': ({ rectifications }, policy) => rectifications < policyOf(policy).rectificationsAllowed.value,
  proposeLeadUnit: isWaitingForLeadUnit,
  replyOnLeadUnit: isWaitingForLeadUnit,
  confirmLeadUnit: isWaitingForLeadUnit,
  ...ofThePaid(['orderRecovery', 'noteRecovery', 'recordExpense'], ['acceptance.applying', 'acceptance.inspecting', 'acceptance.rectifying']),
  recordExpense: maySomethingBeProved,
  orderRecovery: maySomethingComeBack,
  noteRecovery: maySomethingComeBack,
  proposeDrop: mayBeDropped,
  approveDrop: mayBeDropped,
  proposeAward: mayHaveMoney,
  recordBreach: mayHaveMoney,
  recordCommitmentCheck: mayHaveMoney,
  stateIndicators: (context) => context.indicators === undefined,
  'deadlinePassed → support.commitment.kept': mayHaveMoney,
  releaseCommitment: (context) => paidFen(context) === 0,
};

// What was built already is paid after its acceptance only.
function ofThePaid(commands: readonly string[], leaves: readonly string[]): Readonly<Record<string, Door>> {
  return Object.fromEntries(commands.flatMap((command) => leaves.map((leaf) => [`${command} → ${leaf}`, isProposed])));
}

const noticeOnly: ReadonlySet<string> = new Set(['approveSelection → publicNotice', 'confirmLeadUnit → publicNotice']);
const noNoticeOnly: ReadonlySet<string> = new Set(['approveSelection → awaitingBatch', 'confirmLeadUnit → awaitingBatch']);

/** Whether a policy lets any case take a row: with a public notice before the list every selected scenario goes through it. */
export function isPossibleUnder(policy: string, { leaf, command, to }: Pick<Row, 'leaf' | 'command' | 'to'>): boolean {
  const way = `${command} → ${to}`;
  return policyOf(policy).publicNotice.value ? !noNoticeOnly.has(way) : !noticeOnly.has(way) && leaf !== 'publicNotice';
}

/** Whether a row is open to a case as it stands. */
export function isOpen({ context, policy }: Traveller, row: Pick<Row, 'leaf' | 'command' | 'to'>): boolean {
  const { command, to } = row;
  return isPossibleUnder(policy, row) && [command, `${command} → ${to}`].every((name) => doors[name]?.(context as unknown as ScenarioContext, policy) ?? true);
}

/** How many steps each leaf is away from where a case is, as far as it can come; regions are taken one by one. */
export function stepsFrom(traveller: Traveller, leaves: readonly string[]): ReadonlyMap<string, number> {
  return steps(leaves, grouped(openMoves(traveller), ({ from }) => [from], arrivals));
}

/** Whether a command leads nearer to a goal, further away (or out), or neither. */
export type Bearing = 'nearer' | 'away' | 'aside';

/** A compass for one goal leaf: which way a command takes a case that is in these leaves. */
export function compassTo(traveller: Traveller, goal: string): (leaves: readonly string[], command: string) => Bearing {
  const moves = openMoves(traveller);
  const to = steps([goal], grouped(moves, arrivals, ({ from }) => [from]));
  const nearest = (leaves: readonly string[]) => Math.min(...leaves.map((leaf) => to.get(leaf) ?? Infinity));
  return (leaves, command) => {
    const mine = moves.filter((edge) => edge.command === command && leaves.includes(edge.from));
    if (mine.length === 0) return 'aside';
    const best = nearest(mine.flatMap(arrivals));
    if (best === Infinity) return 'away';
    return best < nearest(mine.map(({ from }) => from)) ? 'nearer' : 'aside';
  };
}

function openMoves(traveller: Traveller): Edge[] {
  return graphFor(traveller.lifecycle).edges.filter((edge) => edge.kind !== 'stays' && isOpen(traveller, { ...edge, leaf: edge.from }));
}

function arrivals({ enters, completes }: Edge): string[] {
  return [...enters, ...completes.flatMap((next) => next.enters)];
}

function grouped(edges: readonly Edge[], by: (edge: Edge) => readonly string[], to: (edge: Edge) => readonly string[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const edge of edges) for (const leaf of by(edge)) found.set(leaf, [...(found.get(leaf) ?? []), ...to(edge)]);
  return found;
}

function steps(from: readonly string[], next: ReadonlyMap<string, readonly string[]>): Map<string, number> {
  const found = new Map(from.map((leaf) => [leaf, 0]));
  const queue = [...from];
  for (let leaf = queue.shift(); leaf !== undefined; leaf = queue.shift()) {
    for (const other of next.get(leaf) ?? []) {
      if (found.has(other)) continue;
      found.set(other, (found.get(leaf) ?? 0) + 1);
      queue.push(other);
    }
  }
  return found;
}
