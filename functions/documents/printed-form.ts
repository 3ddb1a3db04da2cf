import type * as z from 'zod/mini';
import type { LifecycleName } from '../../machines/decision.ts';
import type { annex2 } from '../../shared/contracts/annex2.ts';
import type { Annex1Row } from '../../shared/annex1/columns.ts';

/** The official forms that are printed; each may come in several formats with the same contents. */
export const printedForms = { annex1: '多跨数字应用场景清单', annex2: '广西数字应用场景申报书' } as const;

/** The letters of a recovery. */
export const letterTitles = { recoveryNotice: '资金收回告知书', recoveryDecision: '资金收回决定书', recoveryDemand: '资金缴回通知书' } as const;

/** Everything that is printed of one case and carries a code, by what it is of. */
export const printTitles = { ...printedForms, acceptance: '数字应用场景验收证书', ...letterTitles } as const;

/** What a print of a case is of. */
export type PrintName = keyof typeof printTitles;

/** One official form. */
export type FormName = keyof typeof printedForms;

/** Annex 2 as it is filed. */
export type Annex2 = z.output<typeof annex2>;

/** What a case keeps of the official forms, and the name that it is filed under. */
export interface PrintedForm {
  readonly system: { readonly name: string };
  readonly annex1: Annex1Row;
  readonly annex2: Annex2;
}

/** The official form that scenarios of a class file: annex 1 by fiscal money, annex 2 by their own (art. 11(2), art. 14(2)); other cases have none. */
export function filedFormOf(lifecycle: LifecycleName): FormName | undefined {
  switch (lifecycle) {
    case 'governmentInvestment':
      return 'annex1';
    case 'socialInvestment':
      return 'annex2';
    case 'publication':
    case 'recovery':
    case 'scenarioList':
    case 'dataDemand':
      return undefined;
  }
}
