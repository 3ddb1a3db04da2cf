/**
 * Writes JSON in one way only, so that a hash of it can be repeated by anybody: members sorted by UTF-16 code units, no
 * white space, ECMAScript numbers and strings (RFC 8785). Members that are undefined are left out. Throws on what JSON cannot say.
 */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value !== null && typeof value === 'object') return canonicalObject(value as Record<string, unknown>);
  if (typeof value === 'number' && !Number.isFinite(value)) throw new Error('no JSON for a number that is not finite');
  if (typeof value === 'string' && !value.isWellFormed()) throw new Error('no canonical JSON for a lone surrogate');
  const text = JSON.stringify(value);
  if (text === undefined) throw new Error(`no JSON for ${typeof value}`);
  return text;
}

function canonicalObject(object: Record<string, unknown>): string {
  const members = Object.keys(object)
    .filter((key) => object[key] !== undefined)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonical(object[key])}`);
  return `{${members.join(',')}}`;
}
