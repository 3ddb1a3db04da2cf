import type { AnyTransitionDefinition } from 'xstate';
import { dayOf } from '../shared/days.ts';
import { attachmentParts, missingParts } from '../shared/contracts/attachments.ts';
import { holdsFor, questionOf } from './chart.ts';
import { eventOf } from './decide.ts';
import type { Asked, Json, Snapshot } from './decision.ts';
import { askFor } from './labels-of-form.zh.ts';
import { lifecycles } from './lifecycles.ts';
import { rulesOn } from './position.ts';
import { ruleRefused } from './refusals.ts';
import type { FundingClass, ScenarioContext } from './scenario/context.ts';
import { doubtsIn } from './scenario/doubts.ts';
import { formErrors, summarize } from './scenario/form.ts';

/** One result of a formal check: what must be mended before a filing can be submitted or passed, or what wants a second look. */
export interface CheckItem {
  readonly weight: 'mustMend' | 'lookAgain';
  readonly kind: 'field' | 'attachment' | 'rule';
  /** A field of the form or `/attachments/<part>` (RFC 6901); empty where the filing as a whole is meant. */
  readonly pointer: string;
  readonly article: string;
  /** What is wrong and how to mend it, in Chinese. */
  readonly sentence: string;
  readonly figures?: { readonly [name: string]: Json };
}

/** What a formal check looks at beside the form: the years that the audited reports on file are about, and other filings of the same scenario that are under way. */
export interface Beside {
  readonly audited?: readonly (number | undefined)[];
  readonly duplicates?: readonly string[];
}

// Told field by field and part by part, they need no sentence of their own.
const toldInDetail: readonly string[] = ['formIsComplete', 'attachmentsAreComplete'];

/**
 * The formal check of a filing (art. 8, art. 14(2), annex 2 part 3): every gap with its place, its article and how to mend it. The
 * same for the applicant before a submission and for the officer after it, because it asks the very rules that stand on `submit`. The rest is of the shell: what stands beside the form.
 */
export function formalCheck(snapshot: Snapshot, form: unknown, asked: Asked, { audited = [], duplicates = [] }: Beside = {}): readonly CheckItem[] {
  const funding = snapshot.lifecycle as FundingClass;
  const before = snapshot.context as unknown as ScenarioContext;
  const context: ScenarioContext = { ...before, ...summarize(form, before) };
  return [...fieldItems(form, funding), ...attachmentItems(context), ...ruleItems(funding, context, asked), ...doubtsIn(form).map((doubt): CheckItem => ({ weight: 'lookAgain', kind: 'field', ...doubt })), ...auditItems(context, audited, asked.now), ...twinItems(funding, { ...context, duplicates: [...new Set([...context.duplicates, ...duplicates])] }, asked)];
}

function fieldItems(form: unknown, funding: FundingClass): CheckItem[] {
  return formErrors(form, funding).map(({ pointer, detail }) => ({
    weight: 'mustMend',
    kind: 'field',
    pointer,
    article: articleOf(pointer, funding),
    sentence: detail === '必填' || detail === '不能为空' ? askFor(pointer) : detail,
  }));
}

// What the official forms lack and a rule needs rests on that rule; the rest is of the form itself.
const articles: { readonly [member: string]: string } = {
  directions: 'art. 6, policy R-013', subFields: 'art. 6, policy R-014', crossCutting: 'art. 5(2), policy A-03', sectors: 'art. 5(2)', constructUnit: 'art. 5(3)',
  totalInvestmentFen: 'art. 12(2), art. 15(1)', localFiscalFen: 'art. 7', nonSecret: 'art. 4', registeredInGuangxi: 'annex 2 letter', division: 'art. 11(2), art. 14(2)',
  irsResources: 'art. 10', irsReason: 'art. 10', assessedProducts: 'art. 9', technologyReason: 'art. 9',
};

function articleOf(pointer: string, funding: FundingClass): string {
  const [, section, member = ''] = pointer.split('/');
  if (section === 'system' && member === 'stage') return funding === 'governmentInvestment' ? 'art. 10, policy R-021' : 'art. 13';
  const own = section === 'system' ? articles[member] : undefined;
  return own ?? (funding === 'governmentInvestment' ? 'art. 8, annex 1' : 'art. 14(2), annex 2');
}

function attachmentItems({ funding, unit, parts, quarantined = [] }: ScenarioContext): CheckItem[] {
  if (funding === 'governmentInvestment') return [];
  const present = Object.keys(parts).filter((part) => (parts[part] ?? 0) > 0);
  return missingParts(unit.kind, present).map((part) => ({
    weight: 'mustMend',
    kind: 'attachment',
    pointer: `/attachments/${part}`,
    article: 'annex 2 part 3, policy R-067',
    sentence: quarantined.includes(part) ? `${attachmentParts[part].title}查出病毒，已隔离，请清除病毒后重新上传` : `缺少${attachmentParts[part].title}，请上传`,
  }));
}

/** The audited report is of the year before the filing; in the first months that audit may not be there yet, so it is looked at and not refused. */
function auditItems({ funding, filedOn }: ScenarioContext, audited: readonly (number | undefined)[], now: string): CheckItem[] {
  if (funding === 'governmentInvestment' || audited.length === 0) return [];
  const year = Number((filedOn ?? dayOf(now)).slice(0, 4)) - 1;
  if (audited.includes(year)) return [];
  const sentence = audited.every((each) => each === undefined)
    ? `审计报告没有注明年度：应为上一年（${year}年）的年度财务报告，请在上传时注明`
    : `审计报告应为上一年（${year}年）的年度财务报告，请核对；该年度审计尚未完成的请在备注中说明`;
  return [{ weight: 'lookAgain', kind: 'attachment', pointer: '/attachments/auditReport', article: 'annex 2 part 3 (4), policy R-070', sentence }];
}

function ruleItems(funding: FundingClass, context: ScenarioContext, asked: Asked): CheckItem[] {
  const lifecycle = lifecycles[funding];
  const question = questionOf<unknown>(context, eventOf({ type: 'submit', args: {} }, asked));
  const names = rulesOn(submitTransition(funding)).filter((name) => !toldInDetail.includes(name) && (lifecycle.rules[name]?.reads === 'case' || name === 'callIsOpen'));
  return names.flatMap((name): CheckItem[] => {
    const rule = lifecycle.rules[name];
    if (!rule || holdsFor(rule, question)) return [];
    const { detail, article = rule.article, figures } = ruleRefused(lifecycle, name, question);
    return [{ weight: 'mustMend', kind: 'rule', pointer: '', article, sentence: detail, ...(figures ? { figures } : {}) }];
  });
}

/** Nothing that stands on a submission, but what keeps the Bureau from passing it. */
function twinItems(funding: FundingClass, context: ScenarioContext, asked: Asked): CheckItem[] {
  if (context.duplicates.length === 0) return [];
  const { detail, article = '', figures } = ruleRefused(lifecycles[funding], 'noOpenDuplicate', questionOf<unknown>(context, eventOf({ type: 'passFormalCheck', args: {} }, asked)));
  return [{ weight: 'lookAgain', kind: 'rule', pointer: '', article, sentence: detail, ...(figures ? { figures } : {}) }];
}

function submitTransition(funding: FundingClass): AnyTransitionDefinition {
  const [transition] = (lifecycles[funding].machine.root.states['declaration']?.states['draft']?.transitions.get('submit') ?? []) as readonly AnyTransitionDefinition[];
  if (!transition) throw new Error(`${funding} has no submit in its draft`);
  return transition;
}
