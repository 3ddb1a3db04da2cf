import middy from '@middy/core';

/** What an invocation may say about itself in the log: ids and counts, no token, nothing of anybody. */
type Line = Readonly<Record<string, unknown>>;

/** Wraps a function that a service calls: one line of log per invocation; a failure is logged and thrown on, so that the caller's retry sees it. */
export function taskShell<E, A>(name: string, about: (event: E) => Line, handle: (event: E) => Promise<A>) {
  return middy<E, A>()
    .use({
      before: ({ internal }) => {
        (internal as { started?: number }).started = performance.now();
      },
      after: ({ event, internal }) => console.log(JSON.stringify(line(name, event, about, internal))),
      onError: ({ event, internal, error }) => {
        console.error(JSON.stringify({ ...line(name, event, about, internal), error: error?.name, message: error?.message, stack: error?.stack }));
      },
    })
    .handler(handle);
}

function line<E>(name: string, event: E, about: (event: E) => Line, internal: object): Line {
  const started = (internal as { started?: number }).started ?? performance.now();
  return { function: name, ...about(event), ms: Math.round((performance.now() - started) * 10) / 10 };
}

/** What a call from a leaf says about itself. */
export function aboutLeaf({ case: id, leg, leaf, n }: { readonly case: string; readonly leg: number; readonly leaf: string; readonly n: number }): Line {
  return { case: id, leg, leaf, n };
}
