import { and, setup, type AnyStateMachine } from 'xstate';
import { actionsOf, by, guardsOf, waiting, working } from '../chart.ts';
import type { StateMeta, TransitionMeta } from '../define.ts';
import type { CommandEvent } from '../question.ts';
import { listChanges, listEffects } from './changes.ts';
import type { ListContext } from './context.ts';
import { listRules } from './rules.ts';

const list = setup({
  types: {
    context: {} as ListContext,
    events: {} as CommandEvent,
    input: {} as ListContext,
    meta: {} as StateMeta,
    transitionMeta: {} as TransitionMeta,
  },
  guards: guardsOf<ListContext, keyof typeof listRules>(listRules),
  actions: actionsOf<ListContext, keyof typeof listChanges, keyof typeof listEffects>(listChanges, listEffects),
});

const article = 'art. 8, art. 11(2)';
const authority = by(['aggregator'], 'handlingAuthority', article);
// Units of the area propose rows and mend their own; the rules say whose rows are whose.
const anybodyConcerned = by(['applicant', 'unitAdmin', 'aggregator'], 'anyCase', article);
const officer = by(['bureauOfficer'], 'anyCase', 'art. 11(2)');

const seal = { sealList: { target: '#sealed', guard: and(['listHasRows', 'everyRowHasItsUnit', 'noRowTwice', 'sealsWhatStands']), actions: 'noteSeal', meta: authority } } as const;

/** Annex 1 of a city or a sector authority: rows are gathered, sealed and submitted as one list, and each becomes a scenario of the unit that builds it (art. 8, art. 11(2)). */
export function scenarioList(): AnyStateMachine {
  return list.createMachine({
    id: 'scenarioList',
    initial: 'compiling',
    context: ({ input }) => input,
    on: { deadlinePassed: { actions: 'remind', meta: by(['system'], 'anyCase', 'policy requirements 0.8') } },
    states: {
      compiling: {
        id: 'compiling',
        initial: 'gathering',
        on: {
          proposeRows: { guard: and(['proposerIsOfTheArea', 'namedUnitIsOfTheArea', 'listHasRoom']), actions: ['addRows', 'storeProposed'], meta: anybodyConcerned },
          editRow: { guard: and(['proposerIsOfTheArea', 'rowIsThere', 'rowIsTheirs']), actions: ['noteEdit', 'storeEdited'], meta: anybodyConcerned },
          removeRow: { guard: and(['proposerIsOfTheArea', 'rowIsThere', 'rowIsTheirs']), actions: 'dropRow', meta: anybodyConcerned },
          assignRow: { guard: and(['rowIsThere', 'namedUnitIsOfTheArea']), actions: 'noteUnit', meta: authority },
          orderRows: { guard: and(['orderIsComplete']), actions: 'reorder', meta: authority },
          cancelList: { target: 'cancelled', meta: authority },
        },
        states: {
          gathering: { meta: waiting('aggregator', 'draft', article), on: seal },
          returned: { id: 'returnedList', meta: waiting('aggregator', 'correction', article), on: seal },
        },
      },
      sealed: {
        id: 'sealed',
        meta: waiting('aggregator', 'forwarding', 'art. 11(2)'),
        on: {
          submitToBureau: { target: 'submitted', meta: by(['aggregator'], 'handlingAuthority', 'art. 11(2)') },
          unsealList: { target: 'compiling', actions: 'breakSeal', meta: authority },
        },
      },
      submitted: {
        meta: waiting('bureauOfficer', 'formalCheck', 'art. 11(2), art. 11(3)'),
        on: {
          acceptList: { target: 'opening', meta: officer },
          returnForCorrection: { target: '#returnedList', actions: 'noteReturn', meta: officer },
        },
      },
      opening: {
        meta: working('openScenarios', 'art. 11(2)'),
        on: { finishOpening: { target: 'accepted', actions: 'noteOpened', meta: by(['system'], 'anyCase', 'art. 11(2)') } },
      },
      accepted: { type: 'final' },
      cancelled: { type: 'final' },
    },
  });
}
