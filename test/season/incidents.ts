import { addDays, type Day } from '../../shared/days.ts';
import type { Moment } from './args.ts';
import type { Outcome } from './clerk.ts';
import type { Incident } from './fate.ts';
import type { Followed } from './followed.ts';
import { openExpert } from './panel-steps.ts';
import { inTurn, people, personOf } from './people.ts';
import { phaseOf, type Phase } from './phase.ts';
import { does, type Move } from './step.ts';

/** What came of looking for something out of the ordinary: something was done, everything stands (on hold), or nothing was there. */
export type Happened = 'taken' | 'stands' | 'nothing';

/** Does what happens to a scenario beside its ordinary way, when its time has come: takes it off hold, resolves a finding, lets an incident of its fate happen. */
export async function incidentIn(one: Followed, phase: Phase, moment: Moment, take: (move: Move) => Promise<Outcome>): Promise<Happened> {
  if (!one.lifecycle.endsWith('Investment')) return 'nothing';
  if (one.context.held) return phase === 'life' ? onHold(one, moment.today, take) : 'stands';
  if (phase === 'life' && (await resolved(one, moment.today, take))) return 'taken';
  for (const incident of incidentsNow(one, phase, moment.today)) {
    const outcome = await take(moveOf(one, incident));
    if ('refused' in outcome) continue;
    one.done.add(incident);
    return 'taken';
  }
  return 'nothing';
}

/** The first day after today on which an incident in a leaf may come. */
export function nextIncidentDay(one: Followed, leaf: string, today: Day): Day | undefined {
  return waiting(one, leaf).map((incident) => dayOfIncident(one, incident)).filter((day) => day > today).sort()[0];
}

function incidentsNow(one: Followed, phase: Phase, today: Day): Incident[] {
  return one.view.state.filter((leaf) => phaseOf(leaf) === phase && (one.ready.get(leaf) ?? today) <= today).flatMap((leaf) => waiting(one, leaf).filter((incident) => dayOfIncident(one, incident) <= today));
}

// Of two of a kind each has its turn: the second comes when the case is there again.
function waiting(one: Followed, leaf: string): Incident[] {
  return one.fate.incidents.filter((incident) => incident.leaf === leaf && !one.done.has(incident) && (incident.by !== 'expert' || openExpert(one.context) !== undefined));
}

function dayOfIncident({ entered }: Followed, { leaf, on = 0 }: Incident): Day {
  return addDays(entered.get(leaf) ?? '', on);
}

/** Who lets it happen. */
function moveOf(one: Followed, { command, by, args }: Incident): Move {
  const { fate } = one;
  if (by === 'applicant') return does(fate.filer, command, args);
  if (by === 'aggregator') return does(personOf('aggregator', fate.handler), command, args);
  if (by === 'expert') return does(openExpert(one.context) ?? '', command, args);
  return does(inTurn(by, fate.number), command, args);
}

async function onHold(one: Followed, today: Day, take: (move: Move) => Promise<Outcome>): Promise<Happened> {
  const { fate, notes } = one;
  const since = notes.get('heldOn') ?? today;
  notes.set('heldOn', since);
  if (fate.holdDays !== null && today >= addDays(since, fate.holdDays)) {
    notes.delete('heldOn');
    return 'taken' in (await take(does(inTurn('bureauOfficer', fate.number), 'resume', { reason: '核查结束' }))) ? 'taken' : 'stands';
  }
  const until = fate.holdDays === null ? addDays(today, 365) : addDays(since, fate.holdDays);
  for (const leaf of one.view.state) one.later(leaf, until, { rule: 'isHeld', since });
  return 'stands';
}

/** A finding is resolved by the office that recorded it, after the days that the fate gives. */
async function resolved(one: Followed, today: Day, take: (move: Move) => Promise<Outcome>): Promise<boolean> {
  const { context, fate } = one;
  one.wake = undefined;
  const [finding] = context.findings;
  if (finding === undefined || fate.findingDays === null) return false;
  const note = context.findingNotes?.[finding];
  const day = addDays(note?.on ?? today, fate.findingDays);
  if (today < day) {
    one.wake = day;
    return false;
  }
  const finder = people.find(({ org, roles }) => org === note?.org && roles.includes('supervisor'))?.id ?? inTurn('supervisor', fate.number);
  return 'taken' in (await take(does(finder, 'resolveFinding', { finding, reason: '已整改到位' })));
}
