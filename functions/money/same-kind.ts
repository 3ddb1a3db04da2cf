import type * as z from 'zod/mini';
import type { ScenarioContext } from '../../machines/scenario/context.ts';
import { saysNone } from '../../machines/scenario/doubts.ts';
import { addMonths, dayOf } from '../../shared/days.ts';
import { policyOf } from '../../shared/policy.ts';
import type { sameKindFunding } from '../api/ledger-answers.ts';
import type { Head } from '../store/case.ts';
import type { Desk } from '../cases/act.ts';
import { disbursementsOf, type Disbursement } from './disbursements.ts';

/** Same-kind money of the region in the two years before a filing: what its form says, and what the books say. */
export type SameKindFunding = z.infer<typeof sameKindFunding>;

interface Form {
  readonly system?: { readonly constructUnit?: { readonly uscc?: string } };
  readonly annex2?: { readonly basic?: { readonly sameKindFunding?: string } };
}

// The day that the unit wrote on its form; no filing is older than its draft, and an older day would hide what was paid since.
function filingDay({ openedAt }: Head, filedOn: string | null | undefined): string {
  const opened = dayOf(openedAt);
  return filedOn && filedOn > opened ? filedOn : opened;
}

/** What the unit, or the unit that builds for it, got from the fund in the policy's months before the filing, matched by credit code in the books; flagged where the form says that there was nothing. It bars nothing. */
export async function fundingBefore({ table, policy }: Desk, head: Head, form: unknown): Promise<SameKindFunding> {
  const { filedOn, unit } = head.snapshot.context as unknown as ScenarioContext;
  const { system, annex2 } = (form ?? {}) as Form;
  const to = filingDay(head, filedOn);
  const from = addMonths(to, -policyOf(policy).sameKindFundingMonths.value);
  const codes = new Set([unit.uscc, system?.constructUnit?.uscc].filter((code) => typeof code === 'string' && code !== ''));
  const isTheirs = (row: Disbursement): boolean => (row.uscc === '' ? row.unit === unit.name : codes.has(row.uscc));
  const items: SameKindFunding['items'] = [];
  // A payment of December may stand in the books of the next year.
  for (let year = Number(from.slice(0, 4)); year <= Number(to.slice(0, 4)) + 1; year += 1) {
    for (const row of await disbursementsOf(table, year)) {
      if (row.scenario === head.id || row.on < from || row.on > to || !isTheirs(row)) continue;
      items.push({ case: row.scenario, title: row.title, unit: row.unit, kind: row.kind, line: row.line, on: row.on, fen: row.paidFen + row.backFen });
    }
  }
  const declared = annex2?.basic?.sameKindFunding?.trim() || null;
  return { from, to, declared, items, undeclared: declared !== null && saysNone(declared) && items.some(({ kind }) => kind === '拨付') };
}
