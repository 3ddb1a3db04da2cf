import { outstandingFen, paidFen, unprovedFen } from '../../machines/scenario/money.ts';
import type { CommandType } from '../../shared/contracts/commands.ts';
import { sampleArgs } from '../walk/sample-args.ts';
import { world } from '../walk/world.ts';
import type { Args, Clerk } from './clerk.ts';
import type { Followed } from './followed.ts';
import type { Move } from './step.ts';

/** What the arguments of a step are made for. `now` is the cloud's instant. */
export interface Moment {
  readonly clerk: Clerk;
  readonly now: string;
  readonly today: string;
}

type Filling = (one: Followed, move: Move, moment: Moment) => Args | undefined | Promise<Args | undefined>;

/** What only the case tells at that moment; `undefined` where there is nothing to ask about. */
const fillings: Readonly<Record<string, Filling>> = {
  orderPayment: async (one, { by, args }, { clerk }) => ({ ...args, amountFen: (await clerk.read<{ readonly dueFen: number }>(by, `${one.path}/money`)).dueFen }),
  orderRecovery: ({ context }) => (outstandingFen(context) > 0 ? { amountFen: Math.max(1, Math.floor(outstandingFen(context) / 2)), reason: '审计发现挪用', ...(context.findings.length > 0 && { finding: context.findings.at(-1) ?? '' }) } : undefined),
  recordExpense: ({ fate, context }, _, { today }) => (paidFen(context) > 0 && unprovedFen(context) > 0 ? { amountFen: Math.max(1, Math.floor(unprovedFen(context) * 0.7)), spentOn: today, purpose: '设备采购', voucherNo: `支-${fate.number}` } : undefined),
  recordFinding: ({ fate }, { args }) => ({ ...args, finding: `F${fate.number + 1}` }),
};

/** The arguments of a step: those it names, those that only the case tells, else those that anybody would give there. */
export async function argsFor(one: Followed, move: Move, moment: Moment): Promise<Args | undefined> {
  const filling = fillings[move.command];
  if (filling) return filling(one, move, moment);
  return move.args ?? sampled(one, move, moment);
}

function sampled(one: Followed, { command, by }: Move, { now }: Moment): Args {
  const { context } = one.view;
  return sampleArgs[command as CommandType]?.({ context, now, policy: String(context['policy']), random: one.dice.random, actor: by, world }) ?? {};
}
