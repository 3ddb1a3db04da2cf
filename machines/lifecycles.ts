import type { AnyStateMachine } from 'xstate';
import type { Effect, LifecycleName } from './decision.ts';
import { listEffects } from './list/changes.ts';
import { scenarioList } from './list/chart.ts';
import { listRules } from './list/rules.ts';
import { fund } from './fund/chart.ts';
import { fundRules } from './fund/rules.ts';
import { dataDemand } from './demand/chart.ts';
import { demandRules } from './demand/rules.ts';
import { governmentInvestment } from './government.ts';
import { publication, publicationRules } from './publication.ts';
import type { Question, Rule } from './question.ts';
import { allRecoveryRules, recovery } from './recovery/chart.ts';
import { recoveryEffects } from './recovery/changes.ts';
import { scenarioEffects } from './scenario/effects.ts';
import { scenarioRules } from './scenario/rules/table.ts';
import { socialInvestment } from './social.ts';

/** A rule whose context type was checked where its chart was made. */
export type AnyRule = Rule<unknown>;

/** An effect by name: from the command and the context after it to what the shell must do. */
export type AnyEffect = (question: Question<unknown>, after: unknown) => readonly Effect[];

/** One lifecycle: its chart, its version (raised by hand with every change of states or transitions; `derive --check` compares a hash), its rules and effects by name. */
export interface Lifecycle {
  readonly machine: AnyStateMachine;
  readonly version: string;
  readonly rules: { readonly [name: string]: AnyRule };
  readonly effects: { readonly [name: string]: AnyEffect };
}

/** Every lifecycle of the programme. */
export const lifecycles: Readonly<Record<LifecycleName, Lifecycle>> = {
  governmentInvestment: lifecycle('0.1.0', governmentInvestment, scenarioRules, scenarioEffects),
  socialInvestment: lifecycle('0.1.0', socialInvestment, scenarioRules, scenarioEffects),
  publication: lifecycle('0.1.0', publication, publicationRules, {}),
  fund: lifecycle('0.1.0', fund, fundRules, {}),
  recovery: lifecycle('0.1.0', recovery, allRecoveryRules, recoveryEffects),
  scenarioList: lifecycle('0.1.0', scenarioList, listRules, listEffects),
  dataDemand: lifecycle('0.1.0', dataDemand, demandRules, {}),
};

/** The definition a snapshot is written under: `<lifecycle>@<version>`. */
export function definitionOf(lifecycle: LifecycleName): string {
  return `${lifecycle}@${lifecycles[lifecycle].version}`;
}

type Effects<C> = Readonly<Record<string, (question: Question<C>, after: C) => readonly Effect[]>>;

// A chart is built when it is first asked for: a function that wakes up to serve one case pays for one chart, not for four.
// The charts are typed by their contexts; the code that serves all of them sees contexts as unknown, and hands each rule only
// its own chart's.
function lifecycle<C>(version: string, build: () => AnyStateMachine, rules: Readonly<Record<string, Rule<C>>>, effects: Effects<C>): Lifecycle {
  let machine: AnyStateMachine | undefined;
  return {
    get machine() {
      machine ??= build();
      return machine;
    },
    version,
    rules: rules as unknown as Lifecycle['rules'],
    effects: effects as unknown as Lifecycle['effects'],
  };
}
