/** JSON pointers (RFC 6901) of every leaf value that differs between two JSON values; lists are compared as a whole. */
export function changedPointers(before: unknown, after: unknown, at = ''): string[] {
  if (!isObject(before) || !isObject(after)) return sameJson(before, after) ? [] : [at];
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...keys].flatMap((key) => changedPointers(before[key], after[key], `${at}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`));
}

/** The value at a JSON pointer; `undefined` where there is none. */
export function valueAt(value: unknown, pointer: string): unknown {
  const steps = pointer.split('/').slice(1).map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  return steps.reduce<unknown>((inner, step) => (isObject(inner) && Object.hasOwn(inner, step) ? inner[step] : undefined), value);
}

/** A copy of a JSON value with another value at a pointer (`undefined` takes it out); objects on the way are made where they are missing. */
export function withValueAt(value: unknown, pointer: string, inner: unknown): unknown {
  const [, first, ...rest] = pointer.split('/');
  if (first === undefined) return inner;
  const key = first.replaceAll('~1', '/').replaceAll('~0', '~');
  const { [key]: old, ...others } = isObject(value) ? value : {};
  const made = withValueAt(old, rest.map((step) => `/${step}`).join(''), inner);
  return made === undefined ? others : { ...others, [key]: made };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function sameJson(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (Array.isArray(one) && Array.isArray(other)) return one.length === other.length && one.every((item, i) => sameJson(item, other[i]));
  return isObject(one) && isObject(other) && changedPointers(one, other).length === 0;
}
