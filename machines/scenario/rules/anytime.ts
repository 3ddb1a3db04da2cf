import type { Rule } from '../../question.ts';
import type { ScenarioContext } from '../context.ts';

/** Rules about what can happen at any time: hold, findings, timers. */
export const anytimeRules = {
  isNotHeld: {
    article: 'policy A-40',
    reads: 'case',
    sentence: '场景已暂停办理，请先恢复',
    holds: ({ context }) => !context.held,
  },
  isHeld: {
    article: 'policy A-40',
    reads: 'case',
    sentence: '场景没有暂停，无需恢复',
    holds: ({ context }) => context.held,
  },
  findingIsNew: {
    article: 'art. 5 (supervision)',
    reads: 'args',
    sentence: '该编号的问题已经登记，请换一个编号',
    holds: ({ args, context }) => args.finding === undefined || (!context.findings.includes(args.finding) && context.findings.length < 20),
  },
  findingIsOpen: {
    article: 'art. 5 (supervision)',
    reads: 'args',
    sentence: '没有这个编号的未整改问题，请核对',
    holds: ({ args, context }) => args.finding === undefined || context.findings.includes(args.finding),
  },
  findingIsOwn: {
    article: 'art. 5 (supervision)',
    reads: 'args',
    sentence: '该问题由其他监管部门登记，请由登记的部门销号',
    holds: ({ args, context, actor }) => (context.findingNotes?.[args.finding ?? '']?.org ?? actor.org.id) === actor.org.id,
    figures: ({ args, context }) => ({ office: context.findingNotes?.[args.finding ?? '']?.office ?? null }),
  },
} as const satisfies Record<string, Rule<ScenarioContext>>;
