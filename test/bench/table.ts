import { type Figure, isMet, rounded, targetOf } from './figures.ts';
import type { Machine } from './machine.ts';

/** The figures as lines for a terminal, by part, each with its target; the last line counts the targets. */
export function asText(here: Machine, figures: readonly Figure[]): string {
  const parts = Map.groupBy(figures, ({ part }) => part);
  const lines = [...parts].flatMap(([part, some]) => ['', part, ...some.map(lineOf)]);
  const held = figures.filter((figure) => isMet(figure) !== undefined);
  const missed = held.filter((figure) => isMet(figure) === false).length;
  return [machineLine(here), ...lines, '', `bench: ${figures.length} figures, ${held.length} targets, ${missed} missed`].join('\n');
}

/** The machine in one line. */
export function machineLine({ cpu, cores, memoryGb, node, commit, measuredOn, loadBefore }: Machine): string {
  return `${cores} × ${cpu}, ${memoryGb} GB, Node ${node}, commit ${commit}, ${measuredOn}, load before ${loadBefore}`;
}

function lineOf(figure: Figure): string {
  const met = isMet(figure);
  const mark = met === undefined ? ' ' : met ? '✓' : '✗';
  return `${mark} ${figure.name.padEnd(72)} ${String(rounded(figure.value)).padStart(9)} ${figure.unit.padEnd(16)} ${targetOf(figure).padEnd(9)} ${figure.note ?? ''}`.trimEnd();
}
