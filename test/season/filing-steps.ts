import { missingParts } from '../../shared/contracts/attachments.ts';
import { turnsIn } from '../../machines/countersign.ts';
import { addDays } from '../../shared/days.ts';
import type { Followed } from './followed.ts';
import { formOf } from './forms.ts';
import { inTurn, orgOf, overseer, personOf } from './people.ts';
import { does, type Move, type Onward } from './step.ts';

const authority = ({ fate }: Followed) => personOf('aggregator', fate.handler);
const officer = ({ fate }: Followed) => inTurn('bureauOfficer', fate.number);

/** From the draft to the Bureau's formal check. */
export const filingSteps: Readonly<Record<string, Onward>> = {
  'declaration.draft': (one, today) => (one.fate.liesIn === 'declaration.draft' ? { until: addDays(today, 180), rule: 'unitLetsItLie' } : (filledIn(one) ?? evidence(one) ?? doubt(one) ?? submission(one))),
  'declaration.withAggregator': (one) => does(authority(one), 'aggregate', { opinion: '需求真实、目标清晰，同意汇总报送', sealed: true }),
  'declaration.withEndorser': (one) => does(authority(one), 'endorse', { opinion: '材料齐全，已核实建成情况，同意报送', sealed: true }),
  'declaration.aggregated': (one) => does(authority(one), 'submitToBureau'),
  'declaration.endorsed': (one) => does(authority(one), 'submitToBureau'),
  'declaration.returned': (one) => correction(one) ?? submission(one),
  'intake.formalCheck': (one) => signature(one) ?? does(officer(one), 'passFormalCheck'),
  'intake.returned': (one) => correction(one) ?? does(one.fate.filer, 'resubmit'),
};

function submission({ fate }: Followed): Move {
  return does(fate.filer, 'submit', { handler: fate.handler });
}

/** A draft that came of a row says what annex 1 asks; the rest its unit fills in, once. */
function filledIn({ fate, notes }: Followed): Move | undefined {
  if (!fate.listed || notes.has('filledIn')) return undefined;
  notes.set('filledIn', 'yes');
  return does(fate.filer, 'saveForm', { form: formOf(fate) });
}

/** A file that the filing still lacks. */
function evidence({ fate, context }: Followed): Move | undefined {
  if (fate.funding !== 'socialInvestment') return undefined;
  const [part] = missingParts(orgOf(fate.filer).kind, Object.keys(context.parts));
  return part === undefined ? undefined : does(fate.filer, 'confirmAttachment', { part });
}

/** A class that the money contradicts is decided before anything is submitted. */
function doubt({ fate, context }: Followed): Move | undefined {
  if (!fate.mixedMoney || typeof context.classDoubt?.keptFen === 'number') return undefined;
  return context.classDoubt?.asked ? does(overseer, 'decideFundingClass', { keep: true, reason: '财政资金占比很小，经核查按社会投资类办理' }) : does(fate.filer, 'askFundingClass', { reason: '资金来源混合' });
}

/** What a return marked is mended mark by mark, once in each round. */
function correction(one: Followed): Move | undefined {
  const { fate, context } = one;
  const open = context.marks.find((mark) => one.notes.get(mark) !== String(context.returns));
  if (open === undefined) return undefined;
  one.notes.set(open, String(context.returns));
  if (open.startsWith('/attachments/')) return does(fate.filer, 'confirmAttachment', { part: open.slice('/attachments/'.length) });
  return does(fate.filer, 'saveForm', { form: formOf(fate, context.returns, Number(one.notes.get('amended') ?? 0)) });
}

/** Whose signature is asked for now. */
export function signature({ context }: Followed): Move | undefined {
  const [signer] = context.countersign ? turnsIn(context.countersign) : [];
  return signer === undefined ? undefined : does(signer, 'countersign', { opinion: '同意' });
}
