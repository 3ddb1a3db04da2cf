import type { Json } from '../../machines/decision.ts';
import { governmentFormFixture, socialFormFixture } from '../fixtures/forms.ts';
import type { Fate } from './fate.ts';
import { orgOf } from './people.ts';

// A little fiscal money in a company's own building puts the class in doubt.
const aLittleFiscalMoney = 10_000_000;

/** The form of a scenario after `round` returns and `amended` granted changes; each says something more in the place that it was about. */
export function formOf(fate: Fate, round = 0, amended = 0): Json {
  return (fate.funding === 'governmentInvestment' ? annex1(fate, round, amended) : annex2(fate, round, amended)) as unknown as Json;
}

function system({ name, investmentFen: totalInvestmentFen, stage, filer }: Fate) {
  const { name: unit, uscc, division } = orgOf(filer);
  return { name, stage, totalInvestmentFen, division, constructUnit: { name: unit, ...(uscc === undefined ? {} : { uscc }) } };
}

function annex1(fate: Fate, round: number, amended: number) {
  const form = governmentFormFixture({ ...system(fate), localFiscalFen: fate.investmentFen });
  const { annex1: row } = form;
  return { ...form, annex1: { ...row, applicationName: fate.name, demandContent: `${row.demandContent}${said(round, '补正')}`, architecture: `${row.architecture}${said(amended, '变更')}` } };
}

/** The row of annex 1 that proposes a scenario to the list of its authority, after `round` returns. */
export function rowOf(fate: Fate, round = 0): { readonly [column: string]: Json } {
  const { seqNo: _seqNo, ...row } = annex1(fate, round, 0).annex1;
  return row as unknown as { readonly [column: string]: Json };
}

function annex2(fate: Fate, round: number, amended: number) {
  const { name, mixedMoney, crossCutting } = fate;
  const fixture = socialFormFixture({ ...system(fate), localFiscalFen: mixedMoney ? aLittleFiscalMoney : 0, crossCutting: crossCutting ? ['departments', 'systems'] : [] });
  const { cover, basic, benefits, ...rest } = fixture.annex2 as { readonly cover: object; readonly basic: object; readonly benefits: string };
  const { name: unit } = orgOf(fate.filer);
  return { ...fixture, annex2: { ...rest, cover: { ...cover, name, applicant: unit }, basic: { ...basic, name, constructUnit: unit }, benefits: `${benefits}${said(round, '补正')}${said(amended, '变更')}` } };
}

function said(times: number, word: string): string {
  return times === 0 ? '' : `${word}${times}。`;
}
