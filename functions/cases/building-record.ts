import type { Json } from '../../machines/decision.ts';
import { dayOf } from '../../shared/days.ts';
import type { EventRecord } from '../store/chain.ts';

/** A stage report as it was filed. */
export interface Report {
  readonly on: string;
  readonly by: string;
  readonly period: string;
  readonly progress: string;
  readonly percent: number | null;
  readonly costFen: number;
  readonly effect?: string;
  readonly risks?: string;
  readonly completionOn?: string;
}

/** One round of an acceptance: what was inspected and what the panel thinks; `rectification` is what the Bureau then asked for and the unit reported, `returned` why the application went back to the unit instead. */
export interface Round {
  readonly round: number;
  readonly checks: readonly { readonly check: string; readonly result: string; readonly on: string; readonly remark: string; readonly by: string }[];
  readonly opinions: readonly { readonly expert: string; readonly name: string; readonly orgName: string; readonly verdict: string; readonly comment: string; readonly on: string }[];
  readonly rectification?: { readonly on: string; readonly reason: string; readonly demands: readonly string[]; readonly report?: string; readonly reportedOn?: string };
  readonly returned?: { readonly on: string; readonly by: string; readonly reason: string; readonly lacking: readonly string[] };
}

/** How an acceptance ended. `event` is the number of the event that ended it. */
export interface Ending {
  readonly event: number;
  readonly result: 'passed' | 'failed';
  readonly on: string;
  readonly by: string;
  readonly orgName: string;
  readonly conclusion: string;
  readonly inspectedOn?: string;
  readonly finalAccountsFen?: number;
}

/** What the log says of a construction and its acceptance. */
export interface BuildingRecord {
  readonly reports: readonly Report[];
  readonly technologies: readonly { readonly [name: string]: Json }[];
  readonly irs: { readonly code: string; readonly on: string; readonly resources: readonly { readonly [name: string]: Json }[]; readonly reason?: string } | null;
  readonly application: { readonly on: string; readonly by: string; readonly achieved: string; readonly absent: readonly { readonly part: string; readonly reason: string }[] } | null;
  readonly rounds: readonly Round[];
  readonly ending: Ending | null;
}

type Args = EventRecord['args'];
type Step = (record: BuildingRecord, event: EventRecord) => Partial<BuildingRecord>;

/** The record that some events of a case tell, oldest first; others than those of construction and acceptance are passed over. */
export function buildingRecord(events: Iterable<EventRecord>): BuildingRecord {
  let record: BuildingRecord = { reports: [], technologies: [], irs: null, application: null, rounds: [], ending: null };
  for (const event of events) if (Object.hasOwn(steps, event.command)) record = { ...record, ...steps[event.command]?.(record, event) };
  return record;
}

/** The commands that such a record is made of. */
export const isOfTheRecord = (command: string): boolean => Object.hasOwn(steps, command);

const steps: Readonly<Record<string, Step>> = {
  fileStageReport: ({ reports }, { args, at, actor }) => ({
    reports: [...reports, { on: dayOf(at), by: actor.name, period: text(args, 'period'), progress: text(args, 'progress'), percent: numberOf(args, 'percent'), costFen: numberOf(args, 'costFen') ?? 0, ...some(args, ['effect', 'risks', 'completionOn']) }],
  }),
  declareTechnologies: (_, { args }) => ({ technologies: list(args, 'technologies') }),
  registerIrs: (_, { args }) => ({ irs: { code: text(args, 'appCode'), on: text(args, 'registeredOn'), resources: list(args, 'resources'), ...some(args, ['reason']) } }),
  applyForAcceptance: (_, { args, at, actor }) => ({ application: { on: dayOf(at), by: actor.name, achieved: text(args, 'achieved'), absent: list(args, 'absent').map((each) => ({ part: text(each, 'part'), reason: text(each, 'reason') })) } }),
  returnAcceptance: (record, { args, at, actor }) => {
    const { rounds } = changed(record, () => ({ returned: { on: dayOf(at), by: actor.name, reason: text(args, 'reason'), lacking: list(args, 'lacking').map(String) } }));
    return { rounds: [...rounds, emptyRound(rounds.length + 1)] };
  },
  recordInspection: (record, { args, actor }) => changed(record, (round) => {
    const check = { check: text(args, 'check'), result: text(args, 'result'), on: text(args, 'checkedOn'), remark: text(args, 'remark'), by: actor.name };
    return { checks: [...round.checks.filter((each) => each.check !== check.check), check] };
  }),
  giveOpinion: (record, { args, at, actor }) => changed(record, ({ opinions }) => ({ opinions: [...opinions, { expert: actor.person, name: actor.name, orgName: actor.org.name, verdict: text(args, 'verdict'), comment: text(args, 'comment'), on: dayOf(at) }] })),
  orderRectification: (record, { args, at }) => changed(record, () => ({ rectification: { on: dayOf(at), reason: text(args, 'reason'), demands: list(args, 'demands').map(String) } })),
  reportRectified: (record, { args, at }) => {
    const { rounds } = changed(record, ({ rectification }) => (rectification ? { rectification: { ...rectification, report: text(args, 'report'), reportedOn: dayOf(at) } } : {}));
    return { rounds: [...rounds, emptyRound(rounds.length + 1)] };
  },
  passAcceptance: (_, event) => ({ ending: { ...endingOf(event, 'passed', 'conclusion'), inspectedOn: text(event.args, 'inspectedOn'), finalAccountsFen: numberOf(event.args, 'finalAccountsFen') ?? 0 } }),
  failAcceptance: (_, event) => ({ ending: endingOf(event, 'failed', 'reason') }),
};

function emptyRound(round: number): Round {
  return { round, checks: [], opinions: [] };
}

/** The record with its newest round changed; the first thing inspected opens the first round. */
function changed({ rounds }: BuildingRecord, change: (round: Round) => Partial<Round>): Pick<BuildingRecord, 'rounds'> {
  const last = rounds.at(-1) ?? emptyRound(1);
  return { rounds: [...rounds.slice(0, -1), { ...last, ...change(last) }] };
}

function endingOf({ n, at, actor, args }: EventRecord, result: Ending['result'], words: string): Ending {
  return { event: n, result, on: dayOf(at), by: actor.name, orgName: actor.org.name, conclusion: text(args, words) };
}

function text(args: Args, name: string): string {
  return typeof args[name] === 'string' ? args[name] : '';
}

function numberOf(args: Args, name: string): number | null {
  return typeof args[name] === 'number' ? args[name] : null;
}

function list(args: Args, name: string): readonly never[] {
  return Array.isArray(args[name]) ? (args[name] as unknown as never[]) : [];
}

function some<K extends string>(args: Args, names: readonly K[]): { readonly [name in K]?: string } {
  return Object.fromEntries(names.filter((name) => typeof args[name] === 'string').map((name) => [name, args[name]])) as { readonly [name in K]?: string };
}
