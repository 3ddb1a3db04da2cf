import type { Day } from '../../shared/days.ts';
import { dayOf } from '../../shared/days.ts';
import type { Clerk } from './clerk.ts';
import type { Followed } from './followed.ts';
import { orgOf } from './people.ts';

/** What an explanation is held against: the leaf, the season's last day, and all cases. */
interface Look {
  readonly one: Followed;
  readonly leaf: string;
  readonly today: Day;
  readonly cases: readonly Followed[];
  readonly clerk: Clerk;
}

/** Why a case may stand where it stands: in words, and whether the API's own answers say so. */
interface Explanation {
  readonly why: string;
  readonly holds: (look: Look) => boolean | Promise<boolean>;
}

/** Every reason for which a case may be open when the season closes; what stands for another reason is an error. Named by the rule that stands against the next step, where a rule does. */
export const explanations = {
  unitLetsItLie: { why: 'the unit lets its filing lie', holds: ({ one, leaf }) => one.fate.liesIn === leaf && waitsForUnit(one, leaf) },
  isHeld: { why: 'on hold by the Bureau', holds: ({ one }) => one.context.held },
  awaitsBatch: { why: 'selected, and the next list of the half-year is not out yet', holds: ({ one, leaf, today }) => (one.view.due[leaf] ?? '') >= today },
  awardIsFunded: { why: 'approved, unfunded: the fund is used up, and who waits longer is served first', holds: isUnfunded },
  unitHasNoOpenRecovery: { why: 'the unit owes money: until that is settled it gets none', holds: ({ one, cases }) => cases.some((other) => other.lifecycle === 'recovery' && !other.over && orgOf(other.fate.filer) === orgOf(one.fate.filer)) },
  caseHasNoOpenRecovery: { why: 'money of this scenario is asked back: until that is settled none is paid', holds: ({ one }) => Object.values(one.context.recoveries).some(({ open }) => open) },
  noFindingIsOpen: { why: 'a finding is open: nothing is accepted before it is resolved', holds: ({ one }) => one.context.findings.length > 0 },
  noSevereFindingIsOpen: { why: 'a severe finding is open: nothing is paid before it is resolved', holds: ({ one }) => one.context.findings.length > 0 },
  commitmentNotBegun: { why: 'the commitment counts from the payment, which has not come yet', holds: ({ one, leaf }) => one.context.commitmentUntil === null && one.view.state.some((other) => other !== leaf && isWaited(one, other)) },
  commitmentRuns: { why: 'the five years of the commitment are running', holds: ({ one, today }) => (one.context.commitmentUntil ?? '') >= today },
  hasTime: { why: 'its people have time left', holds: ({ one, leaf, today }) => !one.standstills.has(leaf) && dayOf(one.view.due[leaf] ?? '1970-01-01T00:00:00.000Z') >= today },
} as const satisfies Readonly<Record<string, Explanation>>;

/** The name of an explanation. */
export type ExplanationKind = keyof typeof explanations;

/** Where a case stands in a leaf: since when, who is awaited, and why; `kind` is undefined when nothing explains it. */
export interface Explained {
  readonly scenario: number;
  readonly lifecycle: string;
  readonly strain: string;
  readonly leaf: string;
  readonly since: Day;
  readonly awaited: string;
  readonly kind: ExplanationKind | undefined;
  readonly why: string;
}

/** Whether a rule that refuses a step may stand for long. */
export function mayStand(rule: string): rule is ExplanationKind {
  return Object.hasOwn(explanations, rule);
}

/** Explains every leaf of a case that is open; `since` says since when each is active. */
export async function explained(one: Followed, since: ReadonlyMap<string, Day>, look: Omit<Look, 'one' | 'leaf'>): Promise<Explained[]> {
  const leaves = one.view.state.filter((leaf) => one.view.tasks.some((task) => task.leaf === leaf) || one.ready.has(leaf));
  return Promise.all(leaves.filter((leaf) => isWaited(one, leaf)).map((leaf) => explain({ ...look, one, leaf }, since.get(leaf) ?? '')));
}

async function explain(look: Look, since: Day): Promise<Explained> {
  const { one, leaf } = look;
  const rule = one.standstills.get(leaf)?.rule ?? 'hasTime';
  const kind = mayStand(rule) && (await (explanations[rule] as Explanation).holds(look)) ? rule : undefined;
  const awaited = one.view.tasks.filter((task) => task.leaf === leaf).map(({ queue }) => queue).join(', ') || 'the cloud';
  return { scenario: one.fate.number, lifecycle: one.lifecycle, strain: one.fate.strain, leaf, since, awaited, kind, why: kind === undefined ? `unexplained: ${rule}` : explanations[kind].why };
}

// A region of a parallel state that has come to its own end waits for the others and for nobody.
function isWaited({ view }: Followed, leaf: string): boolean {
  return leaf in view.due;
}

function waitsForUnit({ view }: Followed, leaf: string): boolean {
  return view.tasks.some((task) => task.leaf === leaf && task.queue.startsWith('applicant#'));
}

async function isUnfunded({ one, clerk }: Look): Promise<boolean> {
  const { award } = await clerk.read<{ readonly award: { readonly unfunded: boolean } | null }>('pan-hong', `${one.path}/money`);
  return award?.unfunded === true;
}
