/**
 * What stands for something that is made when it is first looked at. Schemas are the greater part of what a function would
 * compute while it loads, and one invocation needs one of a hundred. `typeof` and members are the made thing's; identity is not,
 * so hold what you were given and not what it makes.
 */
export function later<T extends object>(make: () => T): T {
  let made: T | undefined;
  const real = (): T => (made ??= make());
  return new Proxy({} as T, {
    get: (_, name) => Reflect.get(real(), name) as unknown,
    has: (_, name) => Reflect.has(real(), name),
    set: (_, name, value) => Reflect.set(real(), name, value),
  });
}

/** A table whose members are made when each is first asked for. */
export function eachLater<M extends Readonly<Record<string, () => unknown>>>(makers: M): { readonly [K in keyof M]: ReturnType<M[K]> } {
  const table = {};
  for (const [name, make] of Object.entries(makers)) {
    let made: { readonly it: unknown } | undefined;
    Object.defineProperty(table, name, { enumerable: true, get: () => (made ??= { it: make() }).it });
  }
  return table as { readonly [K in keyof M]: ReturnType<M[K]> };
}
