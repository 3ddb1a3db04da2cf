import type { Json } from '../decision.ts';
import { nextRepaymentDay, openInstalments } from './instalments.ts';
import { openFen, type RecoveryContext } from './rules.ts';

/** A flag as `flagsOf` answers it. */
interface RecoveryFlag {
  readonly flag: string;
  readonly article: string;
  readonly sentence: string;
  readonly figures: { readonly [name: string]: Json };
}

/** What a reader should see about a recovery on a day (Asia/Shanghai): money that is not back by the day it was asked for, or promised. */
export function recoveryFlags(context: RecoveryContext, today: string): RecoveryFlag[] {
  const dueOn = nextRepaymentDay(context);
  if (dueOn === undefined || dueOn >= today || openFen(context) === 0) return [];
  const late = openInstalments(context).filter((each) => each.dueOn < today);
  if (late.length === 0) return [{ flag: 'repaymentOverdue', article: 'art. 12(2), policy A-12', sentence: '缴回期限已过，款项还没有收齐，请催缴', figures: { dueOn, openFen: openFen(context) } }];
  return [{ flag: 'instalmentOverdue', article: 'art. 12(2), policy A-12', sentence: '有分期款项逾期未缴，请催缴', figures: { instalments: late.map(({ dueOn: day, missingFen }) => ({ dueOn: day, missingFen })) } }];
}
