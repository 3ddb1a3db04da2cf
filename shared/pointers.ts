/** JSON pointers (RFC 6901) of every leaf value that differs between two JSON values; lists are compared as a whole. */
export function changedPointers(before: unknown, after: unknown, at = ''): string[] {
  if (!isObject(before) || !isObject(after)) return sameJson(before, after) ? [] : [at];
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...keys].flatMap((key) => changedPointers(own(before, key), own(after, key), `${at}/${escapedStep(key)}`));
}

/** A member's name as a step of a JSON pointer. */
export const escapedStep = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1');

/** The value at a JSON pointer; `undefined` where there is none. */
export function valueAt(value: unknown, pointer: string): unknown {
  const steps = pointer.split('/').slice(1).map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  return steps.reduce<unknown>((inner, step) => (isObject(inner) ? own(inner, step) : undefined), value);
}

/** A copy of a JSON value with another value at a pointer (`undefined` takes it out); objects on the way are made where they are missing. */
export function withValueAt(value: unknown, pointer: string, inner: unknown): unknown {
  const [, first, ...rest] = pointer.split('/');
  if (first === undefined) return inner;
  const key = first.replaceAll('~1', '/').replaceAll('~0', '~');
  const object = isObject(value) ? value : {};
  const { [key]: _old, ...others } = object;
  const made = withValueAt(own(object, key), rest.map((step) => `/${step}`).join(''), inner);
  return made === undefined ? others : { ...others, [key]: made };
}

/** A member of the object itself: what is called `__proto__` is one like any other, and none that it inherits. */
function own(object: Readonly<Record<string, unknown>>, key: string): unknown {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function sameJson(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (Array.isArray(one) && Array.isArray(other)) return one.length === other.length && one.every((item, i) => sameJson(item, other[i]));
  return isObject(one) && isObject(other) && changedPointers(one, other).length === 0;
}
