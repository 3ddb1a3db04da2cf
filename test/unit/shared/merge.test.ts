import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergeForms } from '../../../shared/merge.ts';
import { changedPointers, valueAt, withValueAt } from '../../../shared/pointers.ts';

const base = { name: '甲', plan: { goals: '一', budget: 5 }, list: [1, 2] };

describe('two changes to one form', () => {
  it('go together when they meet nowhere', () => {
    const merge = mergeForms(base, { ...base, name: '乙' }, { ...base, plan: { goals: '二', budget: 5 } });
    expect(merge).toEqual({ theirs: ['/name'], yours: ['/plan/goals'], both: [], merged: { name: '乙', plan: { goals: '二', budget: 5 }, list: [1, 2] } });
  });

  it('are told apart, and not merged, where both changed the same place', () => {
    const merge = mergeForms(base, { ...base, name: '乙', list: [1] }, { ...base, name: '丙', plan: { goals: '一', budget: 6 } });
    expect(merge).toEqual({ theirs: ['/list'], yours: ['/plan/budget'], both: ['/name'] });
  });

  it('meet when one takes out what the other changes inside', () => {
    expect(mergeForms(base, { name: '甲', list: [1, 2] }, { ...base, plan: { goals: '二', budget: 5 } })).toMatchObject({ both: ['/plan/goals'], theirs: [] });
  });

  it('are no conflict when they are alike', () => {
    expect(mergeForms(base, { ...base, name: '乙' }, { ...base, name: '乙' })).toEqual({ theirs: ['/name'], yours: [], both: [], merged: { ...base, name: '乙' } });
  });

  it('keep a place taken out by one of them out', () => {
    const { list: _list, ...without } = base;
    expect(mergeForms(base, { ...base, name: '乙' }, without).merged).toEqual({ name: '乙', plan: base.plan });
  });
});

describe('places of a form', () => {
  const form = fc.dictionary(fc.string(), fc.oneof(fc.jsonValue(), fc.dictionary(fc.string(), fc.jsonValue())));

  it('carry every change from one form to another, whatever their names', () => {
    fc.assert(
      fc.property(form, form, (before, after) => {
        const carried = changedPointers(before, after).reduce<unknown>((made, pointer) => withValueAt(made, pointer, valueAt(after, pointer)), before);
        return changedPointers(carried, after).length === 0;
      }),
    );
  });

  it('are members of the form alone, whatever they are called', () => {
    const odd = JSON.parse('{"__proto__":{}}') as Record<string, unknown>;
    expect(changedPointers({}, odd)).toEqual(['/__proto__']);
    expect(Object.keys(mergeForms({}, {}, odd).merged as object)).toEqual(['__proto__']);
    expect(Object.keys(mergeForms({}, odd, {}).merged as object)).toEqual(['__proto__']);
  });

  it('merge to the same form whoever comes second', () => {
    fc.assert(
      fc.property(form, form, form, (start, one, other) => {
        const merged = mergeForms(start, one, other).merged;
        const turned = mergeForms(start, other, one).merged;
        return (merged === undefined) === (turned === undefined) && changedPointers(merged, turned).length === 0;
      }),
    );
  });
});
