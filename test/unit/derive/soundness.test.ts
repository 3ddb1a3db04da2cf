import { setup, type AnyStateMachine } from 'xstate';
import { describe, expect, test } from 'vitest';
import { graphOf } from '../../../machines/derive/graph.ts';
import { findingsOf } from '../../../machines/derive/soundness.ts';
import { permit } from './fixtures/permit.ts';

const known = { deadlines: new Set(['review']), payments: new Set(['pay']) };
const meta = { kind: 'waiting', owner: 'applicant', article: 'art. 8', deadline: 'review' };
const by = (role: string) => ({ roles: [role], reach: 'anyCase', article: 'art. 8' });
const findings = (machine: AnyStateMachine) => findingsOf(graphOf('x', '0.1.0', machine), known).map((each) => `${each.check}: ${each.where}`);

/** A chart of states `a`, `b` and an end, with a clock everywhere. */
const chart = (a: object, b: object = {}) =>
  setup({}).createMachine({
    initial: 'a',
    on: { deadlinePassed: { meta: by('system') } },
    states: { a: { meta, ...a }, b: { meta, on: { go: { target: 'end', meta: by('applicant') } }, ...b }, end: { type: 'final' } },
  });

describe('the soundness of a chart', () => {
  test('finds nothing in a sound one', () => {
    expect(findingsOf(graphOf('permit', '0.1.0', permit), known)).toEqual([]);
  });

  test('finds a leaf from which no end can be reached', () => {
    const trap = chart({ on: { go: { target: 'b', meta: by('applicant') } } }, { on: { back: { target: 'a', meta: by('applicant') } } });
    expect(findings(trap)).toEqual(expect.arrayContaining(['dead end: a', 'dead end: b']));
  });

  test('finds a leaf that nothing leads to', () => {
    expect(findings(chart({ on: { go: { target: 'end', meta: by('applicant') } } }))).toEqual(['unreachable: b']);
  });

  test('finds a wait whose period the policy does not know', () => {
    const endless = chart({ meta: { ...meta, deadline: 'someday' }, on: { go: { target: 'b', meta: by('applicant') } } });
    expect(findings(endless)).toEqual(['endless wait: a']);
  });

  test('finds a way back to a payment that was made', () => {
    const again = chart({ on: { pay: { target: 'b', meta: by('finance') } } }, { on: { back: { target: 'a', meta: by('applicant') }, go: { target: 'end', meta: by('applicant') } } });
    expect(findings(again)).toEqual(['pays twice: a pay → b']);
  });

  test('finds a command without roles, and a person who may speak as the clock', () => {
    const loose = chart({ on: { go: 'b', deadlinePassed: { meta: by('applicant') } } });
    expect(findings(loose)).toEqual(['unowned: a go', 'forgeable: a deadlinePassed']);
  });
});
