import type { CaseAnswer } from '../../functions/cases/view.ts';
import { addDays, type Day } from '../../shared/days.ts';
import { samplePdf } from '../fixtures/sample-pdf.ts';
import { argsFor, type Moment } from './args.ts';
import { buildingSteps } from './building-steps.ts';
import type { Outcome } from './clerk.ts';
import { demandSteps } from './demand-steps.ts';
import { mayStand } from './explanations.ts';
import { filingSteps } from './filing-steps.ts';
import type { Followed } from './followed.ts';
import { improvised } from './improvise.ts';
import { incidentIn, nextIncidentDay } from './incidents.ts';
import { moneySteps } from './money-steps.ts';
import { overseer, rolesOf } from './people.ts';
import { phaseOf, type Phase } from './phase.ts';
import { recoverySteps } from './recovery-steps.ts';
import { selectionSteps } from './selection-steps.ts';
import { isMove, type Move, type Onward, type Wait } from './step.ts';
import { supportSteps } from './support-steps.ts';

const steps: Readonly<Record<string, Onward>> = { ...filingSteps, ...selectionSteps, ...buildingSteps, ...moneySteps, ...supportSteps, ...recoverySteps, ...demandSteps };
const mostSteps = 80;

/** Whether a case has something to do in a part of a round. */
export function isDue(one: Followed, phase: Phase, today: Day): boolean {
  return !one.over && ((phase === 'life' && one.wake !== undefined && one.wake <= today) || [...one.ready].some(([leaf, day]) => day <= today && phaseOf(leaf) === phase));
}

/** Looks at a case and does all that its people do in it on a day, in one part of a round. */
export async function visit(one: Followed, phase: Phase, moment: Moment): Promise<void> {
  one.note(await moment.clerk.look(overseer, one.path), moment.today);
  for (let count = 0; count < mostSteps; count += 1) if (!(await step(one, phase, moment))) return;
  throw new Error(`${one.id} goes in circles in ${one.view.state.join(', ')} (${one.fate.strain})`);
}

async function step(one: Followed, phase: Phase, moment: Moment): Promise<boolean> {
  const { today } = moment;
  if (one.over) return false;
  const incident = await incidentIn(one, phase, moment, (move) => take(one, move, moment));
  if (incident === 'taken') return true;
  if (incident === 'stands') return false;
  const leaf = one.view.state.find((each) => phaseOf(each) === phase && (one.ready.get(each) ?? today) <= today);
  if (leaf === undefined) return false;
  const next = steps[leaf]?.(one, today);
  if (next && !isMove(next)) pause(one, leaf, next, today);
  else await go(one, leaf, next, moment);
  return true;
}

function pause(one: Followed, leaf: string, { until, rule }: Wait, today: Day): void {
  const incident = nextIncidentDay(one, leaf, today);
  one.later(leaf, incident !== undefined && incident < until ? incident : until, rule === undefined ? undefined : { rule, since: today });
}

/** The ordinary step; where a rule stands against it that the season knows, the leaf waits, and otherwise somebody has to find what is missing. */
async function go(one: Followed, leaf: string, move: Move | undefined, moment: Moment): Promise<void> {
  const { today } = moment;
  const outcome: Outcome = move ? await take(one, move, moment) : { refused: 'noStepKnown' };
  if ('taken' in outcome) return void one.standstills.delete(leaf);
  if (isWorking(one, leaf)) return one.later(leaf, addDays(today, 1));
  const rule = `${move?.command ?? leaf}: ${outcome.refused}`;
  if (mayStand(outcome.refused)) return one.later(leaf, addDays(today, 14), { rule: outcome.refused, since: today });
  for (const other of await improvised(one, leaf, moment)) if ('taken' in (await take(one, other, moment))) return;
  one.later(leaf, addDays(today, 30), { rule, since: today });
}

// The cloud works here, and nobody has a to-do.
function isWorking({ view }: Followed, leaf: string): boolean {
  return view.tasks.every((task) => task.leaf !== leaf);
}

/** Does one step in somebody's name and takes note of the case after it. */
async function take(one: Followed, move: Move, moment: Moment): Promise<Outcome> {
  const args = await argsFor(one, move, moment);
  if (args === undefined) return { refused: 'nothingToAsk' };
  if (move.command === 'confirmAttachment') return attach(one, move.by, String(args['part']), moment);
  const outcome = await moment.clerk.take(move.by, one.path, move.command, args, one.seenBy === move.by ? one.view : undefined);
  if ('taken' in outcome) await noteAnswer(one, move.by, outcome.taken, moment);
  return outcome;
}

async function attach(one: Followed, person: string, part: string, { clerk, today }: Moment): Promise<Outcome> {
  await clerk.story.attach(person, one.path, part, samplePdf(`${one.id} ${part} ${one.view.version}`));
  clerk.commands += 1;
  clerk.taken += 1;
  const view = await clerk.look(overseer, one.path);
  one.note(view, today);
  return { taken: view };
}

const seeReviews = ['bureauOfficer', 'bureauLeader', 'supervisor'];

/** The Bureau and supervision are shown all of a case; after anybody else's step the Bureau looks again. */
async function noteAnswer(one: Followed, person: string, answer: CaseAnswer, { clerk, today }: Moment): Promise<void> {
  if (rolesOf(person).some((role) => seeReviews.includes(role))) one.note(answer, today, person);
  else one.note(await clerk.look(overseer, one.path), today);
}
