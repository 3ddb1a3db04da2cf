/** Reads for keys of any number, a hundred at a time: one BatchGetItem takes no more. */
export async function inHundreds<K, T>(all: readonly K[], read: (some: readonly K[]) => Promise<readonly T[]>): Promise<T[]> {
  const found: T[] = [];
  for (let at = 0; at < all.length; at += 100) found.push(...(await read(all.slice(at, at + 100))));
  return found;
}
