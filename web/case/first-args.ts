import { useBuilding } from '../api/building-queries.ts';
import type { Case, Json } from '../api/types.ts';

/** The arguments that a form begins with; a list that replaces what stands begins with what stands. Undefined while that is read. */
export function useFirstArgs(one: Case, command: string): { readonly [name: string]: Json } | undefined {
  const declares = command === 'declareTechnologies';
  const building = useBuilding(one.id, one.version, declares);
  if (declares) return building.data && (building.data.technologies.length === 0 ? {} : { technologies: building.data.technologies as unknown as Json });
  return command === 'planMilestones' && one.progress && one.progress.milestones.length > 0 ? planOf(one.progress) : {};
}

function planOf({ milestones, forecastOn }: NonNullable<Case['progress']>): { readonly [name: string]: Json } {
  return { milestones: milestones.map(({ name, forecastOn: dueOn }) => ({ name, dueOn })), ...(forecastOn === null ? {} : { completionOn: forecastOn }) };
}
