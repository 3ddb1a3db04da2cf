import type { AnyMachineSnapshot } from 'xstate';
import type { Actor } from '../shared/actor.ts';
import { holdsFor } from './chart.ts';
import { commandRow, isCommand, type CommandRow } from './commands.ts';
import type { Refusal } from './decision.ts';
import { stateLabel } from './labels.zh.ts';
import type { Lifecycle } from './lifecycles.ts';
import { activeLeaves, commandsHere, pathOf } from './position.ts';
import type { Question } from './question.ts';

/** The row of a command, or the refusal of what is no command: forged XState events are refused here. */
export function commandOr(type: string): CommandRow | Refusal {
  return isCommand(type) ? commandRow(type) : { ok: false, problem: 'invalid-input', detail: `没有“${type.slice(0, 60)}”这个命令，请刷新页面后重试` };
}

/** The refusal of a command that the case's state does not answer to; says where the case is and what is possible. */
export function wrongState(lifecycle: string, state: AnyMachineSnapshot): Refusal {
  const leaves = activeLeaves(state).map(pathOf);
  const places = leaves.map((leaf) => stateLabel(lifecycle, leaf)).join('、');
  const detail = leaves.length === 0 ? '事项已办结，不能再办理' : `当前处于“${places}”，不能办理此事项，请刷新后查看可以办理的事项`;
  return { ok: false, problem: 'wrong-state', detail, figures: { state: leaves, allowed: commandsHere(state).filter((type) => isCommand(type) && !commandRow(type).system) } };
}

/** The refusal by a rule that is false, with its sentence, article and figures. */
export function ruleRefused(lifecycle: Lifecycle, name: string, question: Question<unknown>): Refusal {
  const rule = lifecycle.rules[name];
  if (!rule) throw new Error(`no rule ${name}`);
  const figures = rule.figures?.(question);
  return { ok: false, problem: 'rule-refused', detail: rule.sentence, rule: name, article: rule.article, ...(figures && { figures }) };
}

/** The refusal while a case is on hold; null when it is not, or when the command may come all the same. */
export function heldRefusal(lifecycle: Lifecycle, row: CommandRow, question: Question<unknown>): Refusal | null {
  const held = (question.context as { readonly held?: boolean }).held === true;
  return held && !row.whileHeld ? { ...ruleRefused(lifecycle, 'isNotHeld', question), needs: ['bureauOfficer', 'bureauLeader'] } : null;
}

/** The first of some rules that is false; undefined when all hold. */
export function firstFalse(lifecycle: Lifecycle, names: readonly string[], question: Question<unknown>): string | undefined {
  return names.find((name) => {
    const rule = lifecycle.rules[name];
    if (!rule) throw new Error(`no rule ${name}`);
    return !holdsFor(rule, question);
  });
}

/** The refusal of a command that only the system sends. */
export function systemOnly(row: CommandRow, actor: Actor): Refusal | null {
  return row.system && !actor.roles.includes('system') ? { ok: false, problem: 'not-allowed', detail: '此事项由系统自动办理', needs: ['system'] } : null;
}
