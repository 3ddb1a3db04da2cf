import { openInstalments } from '../../machines/recovery/instalments.ts';
import { openFen, type RecoveryContext } from '../../machines/recovery/rules.ts';
import { addDays } from '../../shared/days.ts';
import type { Followed } from './followed.ts';
import { inTurn } from './people.ts';
import { does, type Move, type Onward, type Wait } from './step.ts';

const officer = ({ fate }: Followed) => inTurn('bureauOfficer', fate.number);
const leader = ({ fate }: Followed) => inTurn('bureauLeader', fate.number);
const recovery = ({ view }: Followed) => view.context as unknown as RecoveryContext;

/** Asking money back: notice, statement, decision, demand, instalments, and an end. */
export const recoverySteps: Readonly<Record<string, Onward>> = {
  noticing: (one) => does(officer(one), 'issueNotice', { documentNo: `桂数收〔${one.fate.number}〕号`, reason: '应收回预拨资金' }),
  awaitingStatement: (one, today) => (one.fate.recovery.states ? does(one.fate.filer, 'fileStatement', { statement: '对事实无异议，请求分期缴回' }) : { until: addDays(today, 7) }),
  'deciding.proposing': (one) => (isDropped(one) ? does(officer(one), 'proposeDrop', { reason: '已达公益目的，建议不予收回' }) : does(officer(one), 'proposeRecovery', { amountFen: recovery(one).amountFen, reason: '按规定收回' })),
  'deciding.approving': decided,
  demanding: (one, today) => does(officer(one), 'issueDemand', { documentNo: `桂数缴〔${one.fate.number}〕号`, dueOn: addDays(today, 30) }),
  collecting: (one, today) => collected(one, today),
  writingOff: (one) => (once(one, 'refusedWriteOff', one.fate.recovery.writeOffRefused) ? does(leader(one), 'rejectWriteOff', { reason: '请再催缴一次' }) : does(leader(one), 'approveWriteOff')),
};

function isDropped(one: Followed): boolean {
  return one.fate.recovery.dropped && !recovery(one).mandatory;
}

function decided(one: Followed): Move {
  if (once(one, 'sentBack', one.fate.recovery.sentBack)) return does(leader(one), 'sendBack', { reason: '请补充依据' });
  return recovery(one).proposal?.outcome === 'drop' ? does(leader(one), 'approveDrop') : does(leader(one), 'approveRecovery', { documentNo: `桂数决〔${one.fate.number}〕号` });
}

/** A plan of instalments, three weeks apart, where the unit asks for one: proposed by an officer, approved or rejected by a leader. */
function planned(one: Followed, today: string): Move | undefined {
  const { plan, instalments } = one.fate.recovery;
  if (recovery(one).planProposal) return plan === 'approved' ? does(leader(one), 'approveInstalments') : does(leader(one), 'rejectInstalments', { reason: '单位有能力一次缴回' });
  if (!once(one, 'planned', plan !== 'none')) return undefined;
  const open = openFen(recovery(one));
  const parts = Math.min(open, Math.max(2, instalments));
  const share = Math.floor(open / parts);
  return does(officer(one), 'proposeInstalments', { instalments: Array.from({ length: parts }, (_, index) => ({ dueOn: addDays(today, 21 * (index + 1)), amountFen: index + 1 < parts ? share : open - share * (parts - 1) })), reason: '单位申请分期缴回' });
}

/** One instalment after another, by the plan where there is one, else ten days apart, until all came back or the rest is given up. */
function collected(one: Followed, today: string): Move | Wait {
  const { instalments, writtenOffAfter } = one.fate.recovery;
  const { decidedFen, amountFen, repayments } = recovery(one);
  const open = openFen(recovery(one));
  if (open === 0) return does(inTurn('finance', one.fate.number), 'confirmRecovered');
  const plan = planned(one, today);
  if (plan) return plan;
  const [due] = openInstalments(recovery(one));
  const next = due?.dueOn ?? one.notes.get('nextInstalment') ?? today;
  if (today < next) return { until: next };
  one.notes.set('nextInstalment', addDays(today, 10));
  if (writtenOffAfter !== null && repayments >= writtenOffAfter + (one.notes.has('refusedWriteOff') ? 1 : 0)) return does(officer(one), 'proposeWriteOff', { reason: '单位已无可执行财产' });
  const share = due?.missingFen ?? Math.ceil((decidedFen ?? amountFen) / instalments);
  return does(inTurn('finance', one.fate.number), 'recordRepayment', { amountFen: Math.min(share, open), receiptNo: `缴-${one.id}-${repayments + 1}`, paidOn: today });
}

/** Whether something that is to happen once happens now. */
function once({ notes }: Followed, name: string, wanted: boolean): boolean {
  if (!wanted || notes.has(name)) return false;
  notes.set(name, 'yes');
  return true;
}
