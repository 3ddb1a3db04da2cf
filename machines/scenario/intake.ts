import { and } from 'xstate';
import { by, waiting, working } from '../chart.ts';
import { countersigning } from './countersigning.ts';
import { correcting, fundingClass, withdraw } from './declaration.ts';
import { scenario } from './setup.ts';

const officer = by(['bureauOfficer'], 'anyCase', 'art. 11(3), art. 14(3), policy requirements 2 (formal check)');
const mine = by(['applicant', 'unitAdmin'], 'ownUnit', 'policy requirements 2 (correction)');

/** Receipt at the Bureau: a machine check of completeness and duplicates, then the formal check with returns per field. The two classes differ in what a correction must have. */
export const governmentIntake = intake('governmentInvestment');

/** The same for annex 2: qualification by the six attachment classes (annex 2 part 3). */
export const socialIntake = intake('socialInvestment');

function intake(funding: 'governmentInvestment' | 'socialInvestment') {
  const complete =
    funding === 'governmentInvestment'
      ? and(['isNotSecret', 'isFiscallyFunded', 'isCrossCutting', 'formIsComplete'])
      : and(['isBuilt', 'isNotSecret', 'isInGuangxi', 'isSociallyFunded', 'formIsComplete', 'attachmentsAreComplete']);
  return scenario.createStateConfig({
    id: 'intake',
    initial: 'checking',
    on: { withdraw },
    states: {
      checking: {
        meta: working('preflight', 'policy requirements 7 (duplicate check), A-41'),
        on: { finishPreflight: { target: 'formalCheck', actions: 'keepPreflight', meta: by(['system'], 'anyCase', 'policy A-41') } },
      },
      formalCheck: {
        meta: waiting('bureauOfficer', 'formalCheck', 'policy requirements 2 (formal check)'),
        on: {
          passFormalCheck: { target: '#selection', guard: and(['noOpenDuplicate', 'isNoBannedRepeat', 'countersignIsComplete']), actions: 'closeCountersign', meta: officer },
          returnForCorrection: { target: 'returned', guard: and(['marksArePlaces']), actions: ['markForCorrection', 'voidCountersigns'], meta: officer },
          rejectFiling: { target: '#rejected', guard: and(['countersignIsComplete']), actions: 'closeCountersign', meta: officer },
          ...countersigning,
        },
      },
      returned: {
        meta: waiting('applicant', 'correction', 'policy requirements 2 (correction)'),
        on: {
          ...correcting(mine),
          ...fundingClass,
          resubmit: { target: 'checking', guard: complete, actions: 'clearMarks', meta: mine },
        },
      },
    },
  });
}
