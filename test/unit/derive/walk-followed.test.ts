import { describe, expect, test } from 'vitest';
import { newly, note } from '../../walk/followed.ts';

const archived = { n: 2, leaves: ['inCaseLibrary'], entered: {}, routes: { archiving: { to: 'inCaseLibrary' } } } as never;
const recoveryNoted = { n: 3, leaves: ['inCaseLibrary'], entered: {}, routes: {} } as never;

describe('a case that a walk follows', () => {
  test('is over with its last leaf, and what comes after that opens nothing again', () => {
    const followed = newly('s-1');
    note(followed, { n: 1, leaves: ['archiving'], entered: { archiving: { at: '2027-01-01T00:00:00.000Z' } }, routes: { 'promotion.reviewing': { to: 'archiving' } } } as never);
    expect(followed.over).toBe(false);
    note(followed, archived);
    note(followed, recoveryNoted);
    expect(followed).toMatchObject({ over: true, counted: 3 });
  });

  test('is not over where something happens in a leaf that it does not leave', () => {
    const followed = newly('s-1');
    note(followed, { n: 1, leaves: ['awaitingBatch'], entered: {}, routes: {} } as never);
    expect(followed.over).toBe(false);
  });
});
