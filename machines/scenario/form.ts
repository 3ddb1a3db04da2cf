import { governmentForm } from '../../shared/contracts/annex1.ts';
import { socialForm } from '../../shared/contracts/annex2.ts';
import { parse, type InputError } from '../../shared/contracts/parse.ts';
import type { Json } from '../decision.ts';
import type { FundingClass, ScenarioContext } from './context.ts';

type FormSummary = Pick<
  ScenarioContext,
  'name' | 'stage' | 'directions' | 'crossCutting' | 'sectors' | 'division' | 'cooperating' | 'investmentFen' | 'localFiscalFen' | 'nonSecret' | 'inGuangxi' | 'gaps' | 'firstGaps' | 'filedOn'
>;

/** The form that a class files: annex 1 for scenarios that fiscal money builds, annex 2 for the others. */
export const formOf = (funding: FundingClass) => (funding === 'socialInvestment' ? socialForm : governmentForm);

/** What is wrong with the form of a class. */
export function formErrors(form: unknown, funding: FundingClass): readonly InputError[] {
  const parsed = parse(formOf(funding), form);
  return parsed.ok ? [] : parsed.errors;
}

/** Errors that keep even a draft from being saved: members that no form has, values of the wrong type. */
export function shapeErrors(form: unknown, funding: FundingClass): readonly InputError[] {
  return formErrors(form, funding).filter((error) => error.shape);
}

/** What a case keeps of its form; `division` falls back to the unit's when the form has none yet. */
export function summarize(form: unknown, before: Pick<ScenarioContext, 'name' | 'division' | 'funding' | 'filedOn'>): FormSummary {
  const system = objectAt(form, 'system');
  const gaps = formErrors(form, before.funding);
  const filedOn = textAt(objectAt(objectAt(form, 'annex2'), 'cover'), 'filedOn') || before.filedOn;
  return {
    name: textAt(system, 'name') || before.name,
    stage: system['stage'] === 'proposed' || system['stage'] === 'built' ? system['stage'] : 'unknown',
    directions: textsAt(system, 'directions'),
    crossCutting: textsAt(system, 'crossCutting'),
    sectors: textsAt(system, 'sectors'),
    division: textAt(system, 'division') || before.division,
    cooperating: unitNames(system['cooperatingUnits']),
    investmentFen: fenAt(system, 'totalInvestmentFen'),
    localFiscalFen: fenAt(system, 'localFiscalFen'),
    nonSecret: system['nonSecret'] === true,
    inGuangxi: system['registeredInGuangxi'] === true,
    gaps: gaps.length,
    firstGaps: gaps.slice(0, 5).map((gap) => gap.pointer),
    ...(filedOn ? { filedOn } : {}),
  };
}

type Loose = { readonly [key: string]: unknown };

function isObject(value: unknown): value is Loose {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function objectAt(value: unknown, key: string): Loose {
  const inner = isObject(value) ? value[key] : undefined;
  return isObject(inner) ? inner : {};
}

function textAt(value: Loose, key: string): string {
  return typeof value[key] === 'string' ? value[key] : '';
}

function textsAt(value: Loose, key: string): readonly string[] {
  const list = value[key];
  return Array.isArray(list) ? list.filter((item) => typeof item === 'string') : [];
}

function fenAt(value: Loose, key: string): number {
  return Number.isSafeInteger(value[key]) ? (value[key] as number) : 0;
}

function unitNames(list: unknown): readonly string[] {
  if (!Array.isArray(list)) return [];
  return list.filter(isObject).flatMap((unit) => [textAt(unit, 'uscc') || textAt(unit, 'name')]).filter(Boolean);
}

/** A form as plain JSON, for effects. */
export function asJson(form: unknown): Json {
  return form as Json;
}
