/** JSON pointers (RFC 6901) of every leaf value that differs between two JSON values; lists are compared as a whole. */
export function changedPointers(before: unknown, after: unknown, at = ''): string[] {
  if (!isObject(before) || !isObject(after)) return sameJson(before, after) ? [] : [at];
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...keys].flatMap((key) => changedPointers(before[key], after[key], `${at}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function sameJson(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (Array.isArray(one) && Array.isArray(other)) return one.length === other.length && one.every((item, i) => sameJson(item, other[i]));
  return isObject(one) && isObject(other) && changedPointers(one, other).length === 0;
}
