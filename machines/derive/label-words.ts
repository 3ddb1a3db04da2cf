import { policyOf, type Period, type PeriodName } from '../../shared/policy.ts';
import { lifecycles } from '../lifecycles.ts';
import { commandLabels, lifecycleLabels, roleLabels, stateLabel } from '../labels.zh.ts';
import type { RuleWords, Words } from './words.ts';

/** The policy whose periods the printed pages show. */
const printedPolicy = 'gx-2025-draft';

/** The programme's own words: labels, rules of all lifecycles, and periods of the policy in force. */
export function programmeWords(): Words {
  const rules = ruleWords();
  const { periods } = policyOf(printedPolicy);
  return {
    lifecycle: (name) => label(lifecycleLabels, name),
    state: (lifecycle, path) => stateLabel(lifecycle, path),
    command: (name) => label(commandLabels, name),
    role: (role) => roleLabels[role],
    rule: (name) => known(rules.get(name), `rule ${name}`),
    deadline: (name) => periodWords(known(periods.value[name as PeriodName], `period ${name}`)),
  };
}

/** Rules by name over all lifecycles; throws when one name stands for two rules. */
function ruleWords(): Map<string, RuleWords> {
  const words = new Map<string, RuleWords>();
  for (const [name, { article, sentence }] of Object.values(lifecycles).flatMap((lifecycle) => Object.entries(lifecycle.rules))) {
    const before = words.get(name);
    if (before && (before.article !== article || before.sentence !== sentence)) throw new Error(`two rules are named ${name}`);
    words.set(name, { name, article, sentence });
  }
  return words;
}

function periodWords(period: Period): string {
  if (period.workingDays !== undefined) return `${period.workingDays}个工作日`;
  if (period.years !== undefined) return `${period.years}年`;
  return `${period.days ?? 0}天`;
}

function label(labels: { readonly [name: string]: string }, name: string): string {
  return known(labels[name], name);
}

function known<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`${what} has no words`);
  return value;
}
