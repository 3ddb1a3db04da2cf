import { acceptanceRules } from './acceptance.ts';
import { anytimeRules } from './anytime.ts';
import { buildingRules } from './building.ts';
import { changeRules } from './change.ts';
import { countersignRules } from './countersign.ts';
import { dayRules } from './days.ts';
import { filingRules } from './filing.ts';
import { indicatorRules } from '../indicators.ts';
import { moneyRules } from './money.ts';
import { reviewRules } from './review.ts';

/** Every rule of the two scenario lifecycles by name; the charts' guards are these names. */
export const scenarioRules = { ...filingRules, ...reviewRules, ...moneyRules, ...buildingRules, ...dayRules, ...acceptanceRules, ...indicatorRules, ...changeRules, ...countersignRules, ...anytimeRules } as const;

/** The name of a rule of the scenario lifecycles. */
export type ScenarioRuleName = keyof typeof scenarioRules;
