import { addDays, addYears, type Day } from '../../shared/days.ts';
import { policyOf } from '../../shared/policy.ts';
import { caseText } from './building-steps.ts';
import type { Followed } from './followed.ts';
import { inTurn } from './people.ts';
import { does, type Move, type Onward, type Wait } from './step.ts';

const officer = ({ fate }: Followed) => inTurn('bureauOfficer', fate.number);

/** The case text and the five years of the commitment, of the social class. */
export const supportSteps: Readonly<Record<string, Onward>> = {
  'support.promotion.drafting': caseText,
  'support.promotion.reviewing': (one) => (one.fate.library ? does(officer(one), 'acceptCase') : does(inTurn('bureauLeader', one.fate.number), 'closeWithoutCase', { reason: '成效不足以推广' })),
  'support.commitment.watching': watched,
};

/** Watched from the payment on: a check each year (some day after the anniversary), a breach in the year that the fate names, else the end after five. */
function watched(one: Followed, today: Day): Move | Wait {
  const { fate, context } = one;
  if (context.waived) return does(officer(one), 'releaseCommitment', { reason: '未领取补助' });
  if (context.commitmentUntil === null) return { until: addDays(today, 30), rule: 'commitmentNotBegun' };
  const paidOn = addYears(context.commitmentUntil, -policyOf(context.policy).commitmentYears.value);
  const breach = fate.breachYear === 0 ? undefined : addDays(addYears(paidOn, fate.breachYear - 1), 100 + (fate.number % 200));
  if (breach !== undefined && today >= breach) return does(officer(one), 'recordBreach');
  return check(one, paidOn, today);
}

function check(one: Followed, paidOn: Day, today: Day): Move | Wait {
  const { context } = one;
  const until = context.commitmentUntil ?? today;
  const due = addDays(addYears(paidOn, context.commitmentChecks), 300);
  if (due >= until || context.commitmentChecks >= policyOf(context.policy).commitmentYears.value) return { until: addDays(until, 2), rule: 'commitmentRuns' };
  if (today < due) return { until: due, rule: 'commitmentRuns' };
  return does(officer(one), 'recordCommitmentCheck');
}
