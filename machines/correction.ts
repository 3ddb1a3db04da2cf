import type { Refusal } from './decision.ts';
import type { Correction, RowChange } from './publication.ts';

/** A scenario as a correction looks at it: on which half-year's list it was published, under which number, and how it ended, if it did. */
export interface ListedScenario {
  readonly id: string;
  readonly batch: string | null;
  readonly listNumber: string | null;
  readonly ended: string | null;
}

/** What an officer asks to have corrected; the numbers come from the scenarios themselves. */
export interface CorrectionAsked {
  readonly reason: string;
  readonly changes: readonly Omit<RowChange, 'number'>[];
}

// A scenario that still has its place in the programme is not struck: its award rests on the list (art. 12, art. 15).
const struckWhen: readonly string[] = ['voided', 'terminated'];

/**
 * A correction of a published list as its new edition will carry it, or why it cannot be asked for (policy A-21: a published list is
 * never edited). `earlier` are the corrections that were published before.
 */
export function correctionOf(half: string, asked: CorrectionAsked, scenarios: readonly ListedScenario[], earlier: readonly Correction[], proposedBy: string): { readonly ok: true; readonly correction: Correction } | Refusal {
  const struck = new Set(earlier.flatMap(({ changes }) => changes.filter(({ change }) => change === 'strike').map(({ scenario }) => scenario)));
  const changes: RowChange[] = [];
  for (const change of asked.changes) {
    const scenario = scenarios.find(({ id }) => id === change.scenario);
    if (scenario?.batch !== half || scenario.listNumber === null || struck.has(change.scenario))
      return refused('rowIsOnTheList', `${half} 的最新清单中没有场景 ${change.scenario}，请核对编号`, change.scenario);
    if (change.change === 'strike' && !struckWhen.includes(scenario.ended ?? ''))
      return refused('struckScenarioHasEnded', `场景 ${scenario.listNumber} 仍在办理，不能从清单中撤销；请先按程序认定无效或终止`, change.scenario);
    changes.push({ ...change, number: scenario.listNumber });
  }
  return { ok: true, correction: { reason: asked.reason, proposedBy, changes } };
}

/** What a list's entry says after a correction: as before, differently, or nothing (`undefined`) where it was struck. */
export function corrected<E extends { readonly case: string; readonly name: string; readonly unitName: string }>(entry: E, { changes }: Pick<Correction, 'changes'>): E | undefined {
  const change = changes.find(({ scenario }) => scenario === entry.case);
  if (change?.change === 'strike') return undefined;
  return { ...entry, ...(change?.name === undefined ? {} : { name: change.name }), ...(change?.unitName === undefined ? {} : { unitName: change.unitName }) };
}

function refused(rule: string, detail: string, scenario: string): Refusal {
  return { ok: false, problem: 'rule-refused', rule, article: 'art. 11(4), art. 14(4), policy A-21', detail, figures: { scenario } };
}
