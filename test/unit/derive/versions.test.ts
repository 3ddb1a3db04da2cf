import { describe, expect, test } from 'vitest';
import { unversioned } from '../../../machines/derive/versions.ts';

const row = (version: string, table: string) => ({ permit: { version, table } });

describe('the version of a chart', () => {
  test('has to be raised when the table changes under a settled version', () => {
    expect(unversioned(row('1.0.0', 'a'), row('1.0.0', 'b'))).toEqual(['permit']);
  });

  test.each([
    ['the version was raised', row('1.0.0', 'a'), row('1.1.0', 'b')],
    ['nothing changed', row('1.0.0', 'a'), row('1.0.0', 'a')],
    ['the version is a draft', row('0.3.0', 'a'), row('0.3.0', 'b')],
    ['the lifecycle is new', {}, row('1.0.0', 'a')],
  ])('is fine when %s', (_, before, now) => {
    expect(unversioned(before, now)).toEqual([]);
  });
});
