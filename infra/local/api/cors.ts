import type { IncomingMessage } from 'node:http';
import type { Document } from '../template/model.ts';

/** The CORS answers of an HTTP API that has a CorsConfiguration. */
export interface Cors {
  /** The headers of a preflight's answer, undefined when the request is none. */
  preflight(request: IncomingMessage): Record<string, string> | undefined;
  /** What to add to any other answer. */
  headers(request: IncomingMessage): Record<string, string>;
}

/** Reads the API's CORS settings; an API without them leaves CORS to its functions. */
export function openCors(config: Document | undefined): Cors {
  const list = (name: string): readonly string[] => ((config?.[name] ?? []) as readonly unknown[]).map(String);
  const origins = list('AllowOrigins');
  const allowed = (request: IncomingMessage): string | undefined => {
    const { origin } = request.headers;
    if (origin === undefined) return undefined;
    if (origins.includes('*')) return '*';
    return origins.some((each) => each === origin || (each.includes('://*') && origin.startsWith(each.slice(0, -1)))) ? origin : undefined;
  };
  const common = (request: IncomingMessage): Record<string, string> => {
    const origin = allowed(request);
    if (origin === undefined) return {};
    return {
      'access-control-allow-origin': origin,
      ...(origin === '*' ? {} : { vary: 'origin' }),
      ...(String(config?.['AllowCredentials']) === 'true' ? { 'access-control-allow-credentials': 'true' } : {}),
    };
  };
  return {
    headers: (request) => (config ? { ...common(request), ...(list('ExposeHeaders').length > 0 ? { 'access-control-expose-headers': list('ExposeHeaders').join(',') } : {}) } : {}),
    preflight: (request) => {
      if (!config || request.method !== 'OPTIONS' || !request.headers['access-control-request-method']) return undefined;
      const headers = common(request);
      if (headers['access-control-allow-origin'] === undefined) return headers;
      return {
        ...headers,
        'access-control-allow-methods': list('AllowMethods').join(','),
        'access-control-allow-headers': list('AllowHeaders').join(','),
        'access-control-max-age': String(config['MaxAge'] ?? 0),
      };
    },
  };
}
