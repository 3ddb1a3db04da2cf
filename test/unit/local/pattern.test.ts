import { describe, expect, test } from 'vitest';
import { checkPattern, matches } from '../../../infra/local/events/pattern.ts';

const event = { source: 'aws.states', detail: { status: 'FAILED', count: 7, tags: ['red', 'blue'], note: null }, list: [{ kind: 'a' }, { kind: 'b' }] };

describe('event patterns', () => {
  const table: readonly [string, Record<string, unknown>, boolean][] = [
    ['an exact value', { source: ['aws.states'] }, true],
    ['another value', { source: ['aws.s3'] }, false],
    ['one of several', { detail: { status: ['TIMED_OUT', 'FAILED'] } }, true],
    ['a value within a list', { detail: { tags: ['blue'] } }, true],
    ['null', { detail: { note: [null] } }, true],
    ['a prefix', { source: [{ prefix: 'aws.' }] }, true],
    ['a suffix', { source: [{ suffix: '.s3' }] }, false],
    ['letters in another case', { detail: { status: [{ 'equals-ignore-case': 'failed' }] } }, true],
    ['a wildcard', { source: [{ wildcard: 'aws.*es' }] }, true],
    ['a wildcard with signs of its own', { source: [{ wildcard: 'awsXstates' }] }, false],
    ['a number in a range', { detail: { count: [{ numeric: ['>', 5, '<=', 7] }] } }, true],
    ['a number out of range', { detail: { count: [{ numeric: ['<', 7] }] } }, false],
    ['anything but the value', { detail: { status: [{ 'anything-but': ['FAILED'] }] } }, false],
    ['anything but a prefix', { source: [{ 'anything-but': { prefix: 'custom.' } }] }, true],
    ['anything but, where there is nothing', { missing: [{ 'anything-but': 'x' }] }, false],
    ['a member that exists', { detail: { count: [{ exists: true }] } }, true],
    ['a member that must not exist', { detail: { other: [{ exists: false }] } }, true],
    ['either of two branches', { $or: [{ source: ['x'] }, { detail: { count: [7] } }] }, true],
    ['an object within a list', { list: { kind: ['b'] } }, true],
    ['a member of something that is not there', { other: { kind: ['b'] } }, false],
  ];
  test.each(table)('%s is told rightly', (_, pattern, expected) => {
    expect(matches(pattern, event)).toBe(expected);
  });

  test('an operator that is not interpreted is refused by name', () => {
    expect(() => checkPattern({ detail: { ip: [{ cidr: '10.0.0.0/8' }] } }, 'rule r')).toThrow(/rule r.*cidr/);
  });
});
