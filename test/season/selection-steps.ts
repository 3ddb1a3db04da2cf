import { addDays, type Day } from '../../shared/days.ts';
import { signature } from './filing-steps.ts';
import type { Followed } from './followed.ts';
import { formOf } from './forms.ts';
import { declaration, panel } from './panel-steps.ts';
import { inTurn, personOf } from './people.ts';
import { does, type Move, type Onward } from './step.ts';

const officer = ({ fate }: Followed) => inTurn('bureauOfficer', fate.number);
const leader = ({ fate }: Followed) => inTurn('bureauLeader', fate.number);
const office = 'zhao-wen';
const departments = ['gx-market', 'gx-industry'];

/** From the review to the list of the half-year. */
export const selectionSteps: Readonly<Record<string, Onward>> = {
  'selection.reviewing': (one, today) => panel(one, today) ?? (one.fate.leadUnitLate ? undefined : leadUnit(one)) ?? declaration(one) ?? sheet(one) ?? does(officer(one), 'closeReview'),
  'selection.proposing': (one) => does(officer(one), isGood(one) ? 'proposeSelection' : 'proposeRejection', { reason: isGood(one) ? '各项评分达标' : '综合得分未达到入选线' }),
  'selection.approving': (one) => signature(one) ?? does(leader(one), one.context.proposal?.outcome === 'select' ? 'approveSelection' : 'approveRejection'),
  'leadUnit.confirming': (one) => leadUnit(one),
  publicNotice: (one, today) => objection(one) ?? { until: noticeEnd(one, today) },
  awaitingBatch: (one, today) => change(one) ?? { until: addDays(today, 21), rule: 'awaitsBatch' },
};

function isGood({ context }: Followed): boolean {
  return (context.scoreHundredths ?? 0) >= 6000;
}

/** The next sheet. */
function sheet({ fate, context }: Followed): Move | undefined {
  const expert = context.experts.find((id) => context.sheets[id] === undefined);
  if (expert === undefined) return undefined;
  const about = (more: number) => Math.min(100, fate.score + more + (expert.length % 3));
  return does(expert, 'submitSheet', { scores: { majorTask: about(0), innovation: about(-4), expectedTarget: about(3), economicBenefit: about(-2), socialBenefit: about(2) }, comment: '目标明确，措施可行', conflictFree: true });
}

/** The lead unit of a cross-cutting scenario: proposed, agreed to by every department (anew where one refused), confirmed. */
function leadUnit(one: Followed): Move | undefined {
  const { crossCutting, leadUnit: lead } = one.context;
  if (crossCutting.length === 0 || lead?.confirmed) return undefined;
  if (lead === null) return does(office, 'proposeLeadUnit', { leadUnit: 'gx-industry', departments });
  const asked = departments.find((id) => ![...lead.agreed, ...lead.refused].includes(id));
  if (asked !== undefined) return reply(one, asked);
  if (lead.refused.length > 0) return does(office, 'proposeLeadUnit', { leadUnit: 'gx-market', departments });
  return does(office, 'confirmLeadUnit', { record: '经与各部门会商，一致同意' });
}

function reply(one: Followed, department: string): Move {
  const refuses = one.fate.leadUnitRefused && department === 'gx-industry' && !one.notes.has('leadUnitRefused');
  if (refuses) one.notes.set('leadUnitRefused', 'yes');
  return does(personOf('aggregator', department), 'replyOnLeadUnit', { agree: !refuses, comment: refuses ? '不宜由我厅牵头' : '同意' });
}

/** An objection to a scenario in public notice, once; it is resolved, or the review is opened anew. */
function objection(one: Followed): Move | undefined {
  const { fate, context, notes } = one;
  if (context.objections > 0) return fate.objection === 'reviewAgain' ? does(leader(one), 'reopenReview', { reason: '异议反映的情况需要重新评审' }) : does(officer(one), 'resolveObjection', { finding: '经核查，异议不成立' });
  if (fate.objection === 'none' || notes.has('objected')) return undefined;
  notes.set('objected', 'yes');
  return does(officer(one), 'fileObjection', { objector: '李某', phone: '0771-5550000', reason: '对成效有疑问' });
}

/** The day after the notice has ended by itself. */
function noticeEnd({ view }: Followed, today: Day): Day {
  const due = view.due['publicNotice']?.slice(0, 10) ?? today;
  return addDays(due < today ? today : due, 1);
}

/** A change that was asked for: agreed to or refused, and made. */
function change(one: Followed): Move | undefined {
  const { fate, context, notes } = one;
  if (!context.change) return undefined;
  if (!context.change.granted) return fate.number % 4 === 0 ? does(leader(one), 'refuseChange', { reason: '理由不充分' }) : does(leader(one), 'approveChange');
  notes.set('amended', '1');
  return does(fate.filer, 'amendForm', { form: formOf(fate, context.returns, 1) });
}

