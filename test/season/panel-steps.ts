import { panelAtWork } from '../../machines/scenario/panel.ts';
import type { Day } from '../../shared/days.ts';
import type { Followed } from './followed.ts';
import { freeExperts, inTurn } from './people.ts';
import { does, type Move } from './step.ts';

/** The panel of a review or of an acceptance is named, with somebody to step in; anew when there is none (any more). */
export function panel({ fate, context }: Followed, today: Day): Move | undefined {
  if (panelAtWork(context).experts.length > 0) return undefined;
  const free = freeExperts(context, today);
  const from = fate.number % free.length;
  const turned = [...free.slice(from), ...free.slice(0, from)];
  const alternates = turned.slice(fate.experts, fate.experts + 1);
  return does(inTurn('bureauOfficer', fate.number), 'assignExperts', { experts: turned.slice(0, fate.experts), ...(alternates.length > 0 && { alternates }) });
}

/** The next expert who has not declared to be free of conflicts. */
export function declaration({ context }: Followed): Move | undefined {
  const expert = openExpert(context);
  if (expert === undefined || (panelAtWork(context).declared ?? []).includes(expert)) return undefined;
  return does(expert, 'declareNoConflict', { conflictFree: true });
}

/** The next expert who has given neither sheet nor opinion. */
export function openExpert(context: Followed['context']): string | undefined {
  const { experts, answered } = panelAtWork(context);
  return experts.find((id) => !answered.includes(id));
}
