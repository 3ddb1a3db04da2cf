import { describe, expect, test } from 'vitest';
import { aslOf } from '../../../machines/derive/asl.ts';
import { keyOf as configurationKey, movesFrom, type Configuration, type Move } from '../../../machines/derive/configurations.ts';
import { policyOf } from '../../../shared/policy.ts';
import { beforeMoney, graphFor, impossible, rowsOf } from '../../walk/coverage.ts';

const names = ['governmentInvestment', 'socialInvestment', 'publication', 'recovery', 'scenarioList', 'dataDemand', 'fund'] as const;

/** What a way through a scenario's chart has behind it, as far as the guards on the way to money ask. */
interface Past {
  readonly at: Configuration;
  readonly approved: boolean;
  readonly decided: boolean;
  readonly paid: boolean;
}

/** Every configuration of a chart with every past it can have, guards about money kept and all others taken as sometimes true. */
function* pastsOf(name: 'governmentInvestment' | 'socialInvestment'): Generator<Past> {
  const graph = graphFor(name);
  const seen = new Set<string>();
  const queue: Past[] = [{ at: graph.initial.enters, approved: false, decided: false, paid: false }];
  for (let past = queue.shift(); past !== undefined; past = queue.shift()) {
    const key = `${configurationKey(past.at)} ${past.approved} ${past.decided} ${past.paid}`;
    if (seen.has(key)) continue;
    seen.add(key);
    yield past;
    const here = past;
    queue.push(...movesFrom(graph, past.at).filter((move) => isAllowed(move, here)).map((move) => afterMove(move, here)));
  }
}

function isAllowed({ edge, after }: Move, { approved, decided, paid }: Past): boolean {
  if (edge.guards.includes('projectIsApproved') && !approved) return false;
  // The branches after acceptance ask whether the first half is unpaid, and whether an award is missing (machines/scenario/acceptance.ts).
  if (paid && edge.command === 'passAcceptance' && after.includes('settlement.advancePayable')) return false;
  return !(decided && (edge.guards.includes('noAwardYet') || (edge.command === 'passAcceptance' && after.includes('settlement.awardProposing'))));
}

function afterMove({ edge, after }: Move, { approved, decided, paid }: Past): Past {
  return {
    at: after,
    approved: approved || edge.command === 'recordProjectApproval',
    decided: decided || edge.command === 'approveAward' || edge.command === 'waiveAward',
    paid: paid || edge.command === 'confirmPayment',
  };
}

describe('rows that no case can take', () => {
  test.each(names)('in %s, a deadline of a working leaf: its state in the mirror has no timer', (name) => {
    const graph = graphFor(name);
    const working = graph.leaves.filter(({ kind }) => kind === 'working').map(({ path }) => path);
    const states = JSON.stringify(aslOf(graph));
    for (const leaf of working) expect(states).not.toContain(`"${leaf}.elapsed"`);
  });

  test.each(['governmentInvestment', 'socialInvestment'] as const)('in %s, asking money back in a leaf that no payment leads to', (name) => {
    const afterPayment = new Set([...pastsOf(name)].filter(({ paid }) => paid).flatMap(({ at }) => at));
    expect([...afterPayment].filter((leaf) => beforeMoney.test(leaf))).toEqual([]);
    const others = graphFor(name).leaves.filter(({ path, kind }) => kind !== 'final' && !beforeMoney.test(path)).map(({ path }) => path);
    expect(others.filter((leaf) => !afterPayment.has(leaf))).toEqual([]);
  });

  test('a statement period that ends without an end: nothing moves its timer, and when that goes off the recovery goes on', () => {
    const edges = graphFor('recovery').edges.filter(({ from }) => from === 'awaitingStatement');
    expect(edges.map(({ command, to, guards }) => [command, to, guards])).toEqual([
      ['fileStatement', 'deciding.proposing', []],
      ['deadlinePassed', 'deciding.proposing', ['statementPeriodIsOver']],
      ['deadlinePassed', 'awaitingStatement', []],
    ]);
    expect(policyOf('gx-2025-draft').periods.value.statement).toEqual({ workingDays: 5 });
  });

  test('are all that the walk leaves out, each by one reason', () => {
    const reasons = names.flatMap((name) => rowsOf(name).map((row) => impossible.filter(({ covers }) => covers(row, graphFor(name))).length));
    expect(Math.max(...reasons)).toBe(1);
    expect(reasons.filter((count) => count > 0)).toHaveLength(119);
  });
});
