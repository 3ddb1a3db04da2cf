import type { LifecycleName } from '../../machines/decision.ts';
import { steer, type Choice } from '../walk/helm.ts';
import { actors } from '../walk/world.ts';
import type { Moment } from './args.ts';
import type { Followed } from './followed.ts';
import { does, type Move } from './step.ts';

/** Where a case is bound for when the season has no word of its own for where it stands. */
const goals: Partial<Record<LifecycleName, string>> = { governmentInvestment: 'inCaseLibrary', socialInvestment: 'closed', recovery: 'recovered', dataDemand: 'satisfied' };

/**
 * What could be done next in a leaf that the season does not know, or where its ordinary step is refused: whoever has the to-do is asked what the API
 * offers them, and the chart says what of that leads on. So a chart may grow without the season standing still.
 */
export async function improvised(one: Followed, leaf: string, moment: Moment): Promise<Move[]> {
  const goal = goals[one.lifecycle];
  if (goal === undefined) return [];
  const choices = await choicesOf(one, leaf, moment);
  const { context } = one.view;
  const row = { lifecycle: one.lifecycle, leaf: goal, command: '', to: goal };
  const choice = steer({ traveller: { lifecycle: one.lifecycle, context, policy: String(context['policy']) }, leaves: [leaf], choices, row, random: one.dice.random });
  return choice ? [does(choice.actor.person, choice.command)] : [];
}

/** What the API offers to the people who have a to-do in the leaf. */
async function choicesOf(one: Followed, leaf: string, { clerk }: Moment): Promise<Choice[]> {
  const tasks = one.view.tasks.filter((task) => task.leaf === leaf);
  const able = actors.filter(({ person, roles, org }) => tasks.some(({ queue }) => queue === `person#${person}` || roles.some((role) => queue === `${role === 'unitAdmin' ? 'applicant' : role}#${org.id}`)));
  const choices: Choice[] = [];
  for (const actor of able) {
    const { offers } = await clerk.look(actor.person, one.path);
    const named = new Set(tasks.flatMap(({ commands }) => commands));
    choices.push(...offers.filter(({ command, allowed }) => allowed && named.has(command)).map(({ command }) => ({ actor, command })));
  }
  return choices;
}
