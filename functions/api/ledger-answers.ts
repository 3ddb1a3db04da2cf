import * as z from 'zod/mini';

const instant = z.iso.datetime();
const json = z.record(z.string(), z.json());
const fen = z.int();
const fundLine = z.enum(['reward', 'subsidy']);
const entryLine = z.strictObject({ account: z.string(), line: fundLine, fen, scenario: z.optional(z.string()) });

/** The money of a scenario; amounts in fen. `unfunded`: approved and not funded (已批未拨), with its place among those that wait. */
export const scenarioMoney = z.strictObject({
  case: z.string(),
  line: fundLine,
  ceiling: z.strictObject({
    article: z.string(), policy: z.string(), basis: z.enum(['declared', 'approved', 'finalAccounts']), investmentFen: fen, tier: z.int(), percent: z.number(),
    capFen: fen, capped: z.boolean(), ceilingFen: fen, nearTier: z.boolean(),
  }),
  award: z.nullable(z.strictObject({ fen, settledFen: fen, proposedBy: z.string(), approvedBy: z.string(), unfunded: z.boolean(), placeInQueue: z.optional(z.int()) })),
  waived: z.boolean(),
  dueFen: fen,
  order: z.nullable(z.strictObject({ fen, by: z.string(), approvals: z.array(z.string()), next: z.nullable(z.string()), payee: z.optional(z.string()), bank: z.optional(z.string()), account: z.optional(z.string()) })),
  committedFen: fen,
  releasedFen: fen,
  paidFen: fen,
  payments: z.array(json),
  recoveries: z.array(json),
  recoveredFen: fen,
  recoverableFen: fen,
  expenses: z.array(json),
  unprovedFen: fen,
  decisions: z.array(json),
});

/** The trial balance of the fund: debit positive, credit negative, all of it nothing. `agrees`: the fund itself knows the same budget and the same available money. */
export const trialBalance = z.strictObject({
  at: instant,
  entries: z.int(),
  totalFen: fen,
  agrees: z.boolean(),
  lines: z.array(z.strictObject({ line: fundLine, title: z.string(), accounts: z.array(z.strictObject({ account: z.string(), title: z.string(), fen })) })),
});

/** The disbursement ledger of a year: each payment, repayment and write-off, the newest first; amounts in fen. `cut`: there are more than an answer holds, which the workbook has; the sums are of all. */
export const disbursementList = z.strictObject({
  year: z.int(),
  paidFen: fen,
  backFen: fen,
  cut: z.boolean(),
  items: z.array(
    z.strictObject({
      on: z.iso.date(), kind: z.enum(['拨付', '收回', '核销']), scenario: z.string(), title: z.string(), unit: z.string(), uscc: z.string(), line: z.string(), article: z.string(), policy: z.string(),
      investmentFen: z.nullable(fen), percent: z.nullable(z.number()), ceilingFen: z.nullable(fen), awardFen: z.nullable(fen), paidFen: fen, backFen: fen, voucherNo: z.string(), fundSource: z.string(), by: z.string(),
    }),
  ),
});

/** A page of the journal; `title` is the name of the scenario that the money is of, `next` is the entry to go on after. */
export const journal = z.strictObject({
  year: z.int(),
  items: z.array(z.strictObject({ case: z.string(), n: z.int(), at: instant, command: z.string(), lines: z.array(entryLine), title: z.optional(z.string()) })),
  next: z.optional(z.string()),
});

/** Same-kind money of the two years before a filing: what its form says (null where it does not ask), what the books say of the same credit code, and whether the form says none where the books have some. */
export const sameKindFunding = z.strictObject({
  from: z.iso.date(), to: z.iso.date(),
  declared: z.nullable(z.string()),
  items: z.array(z.strictObject({ case: z.string(), title: z.string(), unit: z.string(), kind: z.enum(['拨付', '收回', '核销']), line: z.string(), on: z.iso.date(), fen: z.int() })),
  undeclared: z.boolean(),
});
