import { isComplete, mayWithdraw, turnsIn } from '../../countersign.ts';
import type { Question, Rule } from '../../question.ts';
import type { ScenarioContext } from '../context.ts';

type Ask = Question<ScenarioContext>;

const article = 'policy requirements 7 (sign-off)';
const mostSigners = 10;

/** Rules about signing off together (会签): who may be asked, whose turn it is, and that nothing is decided before. */
export const countersignRules = {
  noCountersignIsOpen: {
    article,
    reads: 'case',
    sentence: '已发起会签，请等待会签完成；需要改变的请先撤销会签',
    holds: ({ context }) => !context.countersign,
  },
  countersignIsComplete: {
    article,
    reads: 'case',
    sentence: '会签还没有完成，请等待会签人签署；不再需要会签的请由发起人撤销会签',
    holds: ({ context }) => !context.countersign || isComplete(context.countersign),
    figures: ({ context }) => ({ waitsFor: context.countersign ? [...turnsIn(context.countersign)] : [] }),
  },
  countersignersFit: {
    article,
    reads: 'facts',
    sentence: '会签人须是本单位能办理此事项的其他人员，不能是发起人、提出建议的人或已在会签名单中的人，请重新选择',
    holds: (ask) => misfits(ask).length === 0,
    figures: (ask) => ({ misfits: misfits(ask) }),
  },
  countersignersAreFew: {
    article,
    reads: 'case',
    sentence: `会签最多${mostSigners}人`,
    holds: ({ context }) => (context.countersign?.signers.length ?? 0) < mostSigners,
  },
  isTheirTurnToSign: {
    article,
    reads: 'case',
    sentence: '现在不需要您会签：没有发起会签、您不在会签名单中、还没有轮到您，或会签已经完成',
    holds: ({ actor, context }) => !!context.countersign && turnsIn(context.countersign).includes(actor.person),
    figures: ({ context }) => ({ waitsFor: context.countersign ? [...turnsIn(context.countersign)] : [] }),
  },
  signatureMayBeWithdrawn: {
    article,
    reads: 'case',
    sentence: '您没有可以撤回的会签意见；依次会签的，后面的人签署后不能撤回',
    holds: ({ actor, context }) => !!context.countersign && mayWithdraw(context.countersign, actor.person),
  },
  askedForCountersigns: {
    article,
    reads: 'case',
    sentence: '只有发起会签的人可以撤销会签',
    holds: ({ actor, context }) => context.countersign?.askedBy === actor.person,
  },
} as const satisfies Record<string, Rule<ScenarioContext>>;

/** Who was named and cannot sign: somebody of another organisation or without the role, who asks, who proposed, who filed, who is named already. */
function misfits({ args, actor, context, facts }: Ask): string[] {
  const taken = [actor.person, context.filer, context.countersign?.askedBy, context.proposal?.by, ...(context.countersign?.signers ?? []).map(({ person }) => person)];
  const named = [...(args.signers ?? []), ...(args.to === undefined ? [] : [args.to]), ...(args.signer === undefined ? [] : [args.signer])];
  return named.filter((id) => {
    const person = facts.people?.[id];
    const mayDecide = person?.roles?.some((role) => role === 'bureauOfficer' || role === 'bureauLeader');
    return taken.includes(id) || !mayDecide || person?.org.id !== actor.org.id;
  });
}
