import { and } from 'xstate';
import { by, waiting } from '../chart.ts';
import type { TransitionMeta } from '../define.ts';
import { scenario } from './setup.ts';

const applicants = ['applicant', 'unitAdmin'] as const;
const mine = (article: string) => by(applicants, 'ownUnit', article);
const handler = (article: string) => by(['aggregator'], 'handlingAuthority', article);

/** Takes a filing back before selection; it can be filed anew. */
export const withdraw = { target: '#withdrawn', meta: mine('policy A-40') } as const;

/** A class that the money contradicts (mixed sources) is decided by an officer, with a reason; until then the case cannot be submitted (art. 7, A-33). */
export const fundingClass = {
  askFundingClass: { guard: and(['classIsInDoubt', 'classIsNotAsked']), actions: 'askClass', meta: mine('policy R-015, A-33') },
  decideFundingClass: { guard: and(['classIsInDoubt']), actions: 'settleClass', meta: by(['bureauOfficer'], 'anyCase', 'policy R-015, A-33') },
} as const;

/** What a draft takes: the form and its attachments, as a whole. */
const drafting = (meta: TransitionMeta) =>
  ({
    saveForm: { guard: and(['formFitsItsSchema']), actions: ['keepForm', 'storeForm'], meta },
    confirmAttachment: { actions: 'addAttachment', meta },
    removeAttachment: { guard: and(['attachmentIsThere']), actions: 'dropAttachment', meta },
  }) as const;

/** What a returned filing takes: the marked parts of the form and the marked attachments. */
export const correcting = (meta: TransitionMeta) =>
  ({
    saveForm: { guard: and(['formFitsItsSchema', 'onlyMarkedPartsChanged']), actions: ['keepForm', 'storeForm'], meta },
    confirmAttachment: { guard: and(['attachmentIsMarked']), actions: 'addAttachment', meta },
    removeAttachment: { guard: and(['attachmentIsThere', 'attachmentIsMarked']), actions: 'dropAttachment', meta },
  }) as const;

const governmentFiling = mine('art. 8, art. 11(2)');
const governmentSubmit = {
  target: 'withAggregator',
  guard: and(['callIsOpen', 'isNotSecret', 'isFiscallyFunded', 'isCrossCutting', 'formIsComplete', 'handlerMayForward']),
  actions: 'chooseHandler',
  meta: governmentFiling,
} as const;

const socialFiling = mine('art. 14(2)');
const socialSubmit = {
  target: 'withEndorser',
  guard: and(['callIsOpen', 'isBuilt', 'isNotSecret', 'isInGuangxi', 'isSociallyFunded', 'formIsComplete', 'attachmentsAreComplete', 'handlerMayForward']),
  actions: 'chooseHandler',
  meta: socialFiling,
} as const;

/** Filing of annex 1 through the city or the sector authority, which aggregates and reports it (art. 11(2)). */
export const governmentDeclaration = scenario.createStateConfig({
  id: 'declaration',
  initial: 'draft',
  on: { withdraw },
  states: {
    draft: {
      meta: waiting('applicant', 'draft', 'art. 8'),
      on: {
        ...drafting(governmentFiling),
        ...fundingClass,
        submit: governmentSubmit,
      },
    },
    withAggregator: {
      meta: waiting('aggregator', 'forwarding', 'art. 11(2)'),
      on: {
        aggregate: { target: 'aggregated', meta: handler('art. 11(2)') },
        returnForCorrection: { target: 'returned', guard: and(['marksArePlaces']), actions: 'markForCorrection', meta: handler('art. 11(2)') },
        decline: { target: '#declined', meta: handler('art. 11(2)') },
      },
    },
    returned: {
      meta: waiting('applicant', 'correction', 'art. 11(2)'),
      on: {
        ...correcting(governmentFiling),
        ...fundingClass,
        submit: governmentSubmit,
      },
    },
    aggregated: {
      meta: waiting('aggregator', 'forwarding', 'art. 11(2)'),
      on: {
        submitToBureau: { target: '#intake', meta: handler('art. 11(2)') },
        returnForCorrection: { target: 'returned', guard: and(['marksArePlaces']), actions: 'markForCorrection', meta: handler('art. 11(2)') },
      },
    },
  },
});

/** Filing of annex 2 with its attachments, reviewed by the city or the sector authority: one route is enough (art. 14(2)). */
export const socialDeclaration = scenario.createStateConfig({
  id: 'declaration',
  initial: 'draft',
  on: { withdraw },
  states: {
    draft: {
      meta: waiting('applicant', 'draft', 'art. 14(2)'),
      on: {
        ...drafting(socialFiling),
        ...fundingClass,
        submit: socialSubmit,
      },
    },
    withEndorser: {
      meta: waiting('aggregator', 'forwarding', 'art. 14(2)'),
      on: {
        endorse: { target: 'endorsed', meta: handler('art. 14(2)') },
        returnForCorrection: { target: 'returned', guard: and(['marksArePlaces']), actions: 'markForCorrection', meta: handler('art. 14(2)') },
        decline: { target: '#declined', meta: handler('art. 14(2)') },
      },
    },
    returned: {
      meta: waiting('applicant', 'correction', 'art. 14(2)'),
      on: {
        ...correcting(socialFiling),
        ...fundingClass,
        submit: socialSubmit,
      },
    },
    endorsed: {
      meta: waiting('aggregator', 'forwarding', 'art. 14(2)'),
      on: {
        submitToBureau: { target: '#intake', meta: handler('art. 14(2)') },
        returnForCorrection: { target: 'returned', guard: and(['marksArePlaces']), actions: 'markForCorrection', meta: handler('art. 14(2)') },
      },
    },
  },
});
