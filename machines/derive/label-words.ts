import { policyOf, type Period, type PeriodName } from '../../shared/policy.ts';
import { lifecycles } from '../lifecycles.ts';
import { commandLabels, lifecycleLabels, roleLabels, stateLabel } from '../labels.zh.ts';
import type { Words } from './words.ts';

/** The policy whose periods the printed pages show. */
const printedPolicy = 'gx-2025-draft';

/** The programme's own words: labels, rules of all lifecycles, and periods of the policy in force. */
export function programmeWords(): Words {
  const rules = new Map(Object.values(lifecycles).flatMap((lifecycle) => Object.entries(lifecycle.rules)));
  const { periods } = policyOf(printedPolicy);
  return {
    lifecycle: (name) => label(lifecycleLabels, name),
    state: (lifecycle, path) => stateLabel(lifecycle, path),
    command: (name) => label(commandLabels, name),
    role: (role) => roleLabels[role],
    rule: (name) => {
      const { article, sentence } = known(rules.get(name), `rule ${name}`);
      return { name, article, sentence };
    },
    deadline: (name) => periodWords(known(periods.value[name as PeriodName], `period ${name}`)),
  };
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
