/** Works through a list with so many at a time, in the order of the list; the first failure ends it. */
export async function sideBySide<T>(items: readonly T[], parallel: number, work: (item: T) => Promise<unknown>): Promise<void> {
  const queue = items.values();
  const worker = async () => {
    for (const item of queue) await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(parallel, items.length) }, worker));
}
