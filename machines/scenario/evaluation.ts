import { and } from 'xstate';
import { by, waiting, working } from '../chart.ts';
import { scenario } from './setup.ts';

const officer = (article: string) => by(['bureauOfficer'], 'anyCase', article);
const evaluate = {
  guard: and(['yearIsNew', 'yearHasBegun', 'everyIndicatorIsJudged', 'judgementsFollowFigures', 'verdictFollowsJudgements', 'commendedMeetsTarget']),
  actions: ['noteEvaluation', 'recoverMissedTarget', 'openRecovery'],
  meta: officer('art. 11(7), art. 12(2)'),
} as const;

const mine = by(['applicant', 'unitAdmin'], 'ownUnit', 'art. 11(7), policy A-25');
const ownResults = {
  stateIndicators: { guard: and(['indicatorsAreNew', 'indicatorsHaveOwnNames']), actions: 'noteIndicators', meta: mine },
  reportActuals: { guard: and(['indicatorsAreStated', 'yearIsNew', 'yearHasBegun', 'everyActualIsGiven']), actions: 'noteActuals', meta: mine },
} as const;

/** Effect evaluation, reported to the regional government; a missed performance target asks the reward back (art. 11(7), art. 12(2)). */
export const evaluation = scenario.createStateConfig({
  id: 'evaluation',
  initial: 'evaluating',
  states: {
    evaluating: {
      meta: waiting('bureauOfficer', 'evaluation', 'art. 11(7)'),
      on: { ...ownResults, recordEvaluation: { target: 'reporting', ...evaluate } },
    },
    reporting: {
      meta: waiting('bureauOfficer', 'report', 'art. 11(7), policy R-031'),
      on: { reportToGovernment: { target: 'reported', guard: and(['dayIsNotInTheFuture', 'dayFollowsTheCase']), actions: 'noteReport', meta: officer('art. 11(7)') } },
    },
    reported: { type: 'final' },
  },
  onDone: { target: '#promotion' },
});

/** The unit distils its experience, the Bureau takes it into the case library; evaluation comes back every year until then (art. 11(8), art. 12(4), A-25). */
export const promotion = scenario.createStateConfig({
  id: 'promotion',
  initial: 'drafting',
  on: {
    ...ownResults,
    recordEvaluation: { target: '#evaluation.reporting', ...evaluate },
    closeWithoutCase: { target: '#closed', meta: by(['bureauLeader'], 'anyCase', 'art. 12(4)') },
  },
  states: {
    drafting: {
      meta: waiting('applicant', 'caseText', 'art. 11(8)'),
      on: { submitCaseText: { target: 'reviewing', actions: 'noteCaseText', meta: by(['applicant', 'unitAdmin'], 'ownUnit', 'art. 11(8)') } },
    },
    reviewing: {
      meta: waiting('bureauOfficer', 'caseText', 'art. 12(4)'),
      on: {
        acceptCase: { target: '#archiving', guard: and(['effectIsShown']), actions: 'enterLibrary', meta: officer('art. 12(4)') },
        returnCase: { target: 'drafting', meta: officer('art. 12(4)') },
      },
    },
  },
});

/** Seals the case file before a scenario enters the case library. */
export const archivingIntoLibrary = scenario.createStateConfig({
  id: 'archiving',
  meta: working('archiveCase', 'art. 12(4)'),
  on: { finishArchive: { target: '#inCaseLibrary', meta: by(['system'], 'anyCase', 'art. 12(4)') } },
});

/** Seals the case file before a social scenario is closed. */
export const archivingAndClosing = scenario.createStateConfig({
  id: 'archiving',
  meta: working('archiveCase', 'art. 15(2)'),
  on: { finishArchive: { target: '#closed', meta: by(['system'], 'anyCase', 'art. 15(2)') } },
});
