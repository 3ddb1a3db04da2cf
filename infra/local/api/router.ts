import type { RouteModel } from '../template/model.ts';

/** A route that a request meets, with its path parameters decoded. */
export interface Match {
  readonly route: RouteModel;
  readonly parameters: Readonly<Record<string, string>>;
}

/** Finds routes. */
export interface Router {
  /** The most specific route of a request; undefined when there is none. Throws URIError when the path cannot be decoded. */
  match(method: string, path: string): Match | undefined;
  /** Methods that the path is known by, for `Allow`. */
  methods(path: string): string[];
}

interface Compiled {
  readonly route: RouteModel;
  readonly method: string;
  readonly pattern: RegExp;
  readonly names: readonly string[];
  readonly weight: string;
}

/**
 * Sorts routes by how specific they are: fixed segments before variables, variables before greedy ones, a method before ANY,
 * `$default` last (API Gateway Developer Guide, "Routing API requests").
 */
export function openRouter(routes: readonly RouteModel[]): Router {
  const fallback = routes.find(({ key }) => key === '$default');
  const compiled = routes.filter(({ key }) => key !== '$default').map(compile).sort((left, right) => (left.weight < right.weight ? -1 : left.weight > right.weight ? 1 : 0));
  return {
    match: (method, path) => {
      for (const { route, method: own, pattern, names } of compiled) {
        if (own !== 'ANY' && own !== method) continue;
        const found = pattern.exec(path);
        if (found) return { route, parameters: Object.fromEntries(names.map((name, at) => [name, decodeURIComponent(found[at + 1] ?? '')])) };
      }
      return fallback && { route: fallback, parameters: {} };
    },
    methods: (path) => [...new Set(compiled.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method))].sort(),
  };
}

function compile(route: RouteModel): Compiled {
  const space = route.key.indexOf(' ');
  const method = route.key.slice(0, space);
  const segments = route.key.slice(space + 1).split('/').slice(1);
  const names = segments.flatMap((segment) => /^\{([\w-]+)\+?\}$/.exec(segment)?.[1] ?? []);
  const pattern = segments.map((segment) => (segment.endsWith('+}') ? '/(.+)' : segment.startsWith('{') ? '/([^/]+)' : `/${segment.replaceAll(/[.*+?^$()|[\]\\]/g, String.raw`\$&`)}`)).join('');
  const weight = segments.map((segment) => (segment.endsWith('+}') ? '2' : segment.startsWith('{') ? '1' : '0')).join('') + (method === 'ANY' ? 'b' : 'a');
  return { route, method, pattern: new RegExp(`^${pattern || '/'}$`), names, weight };
}
