import { setup } from 'xstate';
import { actionsOf, guardsOf } from '../chart.ts';
import type { StateMeta, TransitionMeta } from '../define.ts';
import type { CommandEvent } from '../question.ts';
import { scenarioChanges, type ScenarioChangeName } from './changes.ts';
import type { ScenarioContext } from './context.ts';
import { scenarioEffects, type ScenarioEffectName } from './effects.ts';
import { scenarioRules, type ScenarioRuleName } from './rules/table.ts';

/** The words both scenario charts are written in: contexts, commands, rules as guards, changes and effects as actions. */
export const scenario = setup({
  types: {
    context: {} as ScenarioContext,
    events: {} as CommandEvent,
    input: {} as ScenarioContext,
    meta: {} as StateMeta,
    transitionMeta: {} as TransitionMeta,
  },
  guards: guardsOf<ScenarioContext, ScenarioRuleName>(scenarioRules),
  actions: actionsOf<ScenarioContext, ScenarioChangeName, ScenarioEffectName>(scenarioChanges, scenarioEffects),
});
