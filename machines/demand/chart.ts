import { and, setup, type AnyStateMachine } from 'xstate';
import { actionsOf, by, guardsOf, waiting } from '../chart.ts';
import type { StateMeta, TransitionMeta } from '../define.ts';
import type { CommandEvent } from '../question.ts';
import { demandChanges } from './changes.ts';
import { demandRules, type DemandContext } from './rules.ts';

const demand = setup({
  types: {
    context: {} as DemandContext,
    events: {} as CommandEvent,
    input: {} as DemandContext,
    meta: {} as StateMeta,
    transitionMeta: {} as TransitionMeta,
  },
  guards: guardsOf<DemandContext, keyof typeof demandRules>(demandRules),
  actions: actionsOf<DemandContext, keyof typeof demandChanges, never>(demandChanges, {}),
});

const authority = by(['dataAuthority'], 'handlingAuthority', 'art. 16');
const unit = by(['applicant', 'unitAdmin'], 'ownUnit', 'art. 16');
const provider = by(['aggregator'], 'provider', 'art. 16');
const withdraw = { target: '#withdrawn', meta: by(['applicant', 'unitAdmin'], 'ownUnit', 'policy A-40') };
const refuse = { target: '#refused', meta: authority };

/** A demand for data: checked by the data authority of the proper level, answered by who holds them, agreed in a meeting where needed, signed for by both sides, delivered, judged (art. 16). */
export function dataDemand(): AnyStateMachine {
  return demand.createMachine({
    id: 'dataDemand',
    initial: 'checking',
    context: ({ input }) => input,
    on: { deadlinePassed: { actions: 'remind', meta: by(['system'], 'anyCase', 'policy R-058') } },
    states: {
      checking: {
        meta: waiting('dataAuthority', 'dataCheck', 'art. 16, policy R-058'),
        on: {
          acceptDemand: { target: 'answering', guard: and(['providerIsDepartment']), actions: 'noteProvider', meta: authority },
          returnDemand: { target: 'returned', meta: authority },
          transferDemand: { guard: and(['handlerIsDataAuthority']), actions: 'changeHandler', meta: authority },
          refuseDemand: refuse,
          withdraw,
        },
      },
      returned: {
        meta: waiting('applicant', 'correction', 'art. 16'),
        on: { resubmitDemand: { target: 'checking', actions: 'keepDemand', meta: unit }, withdraw },
      },
      answering: {
        meta: waiting('aggregator', 'dataAnswer', 'art. 16, policy R-058'),
        on: {
          offerData: { target: 'signing', guard: and(['promisesAreDated']), actions: 'promiseOffer', meta: provider },
          raiseDifficulty: { target: 'coordinating', meta: provider },
          callMeeting: { target: 'coordinating', meta: authority },
          withdraw,
        },
      },
      coordinating: {
        meta: waiting('dataAuthority', 'dataMeeting', 'art. 16'),
        on: {
          recordMeeting: { target: 'signing', guard: and(['meetingIsNotInTheFuture', 'meetingFollowsTheDemand', 'promisesAreDated']), actions: 'noteMeeting', meta: authority },
          refuseDemand: refuse,
          withdraw,
        },
      },
      signing: {
        meta: waiting('dataAuthority', 'dataSigning', 'art. 16, policy R-059'),
        on: {
          signAsUser: { guard: and(['userHasNotSigned']), actions: 'noteUserSigned', meta: unit },
          signAsProvider: { guard: and(['providerHasNotSigned']), actions: 'noteProviderSigned', meta: provider },
          releaseData: { target: 'delivering', guard: and(['bothHaveSigned']), meta: authority },
          withdraw,
        },
      },
      delivering: {
        meta: waiting('aggregator', 'dataDelivery', 'art. 16, policy R-057'),
        on: {
          recordDelivery: { guard: and(['promiseIsOpen', 'deliveryIsNotInTheFuture', 'deliveryFollowsTheSigning']), actions: 'noteDelivery', meta: provider },
          recordProgress: { meta: authority },
          reportDelivered: { target: 'accepting', guard: and(['promisesAreKept']), meta: provider },
        },
      },
      accepting: {
        meta: waiting('applicant', 'dataFeedback', 'art. 16'),
        on: {
          confirmUsable: { target: 'satisfied', actions: 'noteQuality', meta: unit },
          reportDefects: { target: 'delivering', guard: and(['defectsArePromised']), actions: 'reopenPromises', meta: unit },
        },
      },
      satisfied: { type: 'final' },
      refused: { id: 'refused', type: 'final' },
      withdrawn: { id: 'withdrawn', type: 'final' },
    },
  });
}
