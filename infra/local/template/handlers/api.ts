import type { ApiModel, Document } from '../model.ts';
import { type Asked, type Deployed, number, optionalText, record, refuse, text, texts } from '../read.ts';

/** An HTTP API; WebSocket APIs are refused. */
export function api(asked: Asked): Deployed {
  if (text(asked, 'ProtocolType') !== 'HTTP') refuse(asked, 'ProtocolType', 'must be HTTP');
  const id = asked.name(10).toLowerCase();
  asked.model.apis.set(id, {
    id,
    name: text(asked, 'Name'),
    cors: record(asked, 'CorsConfiguration'),
    routes: [],
    integrations: new Map(),
    authorizers: new Map(),
    stage: undefined,
  });
  const domain = asked.model.partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com';
  return { ref: id, attributes: { ApiId: id, ApiEndpoint: `https://${id}.execute-api.${asked.model.region}.${domain}` } };
}

/** A Lambda proxy integration with payload format 2.0. */
export function integration(asked: Asked): Deployed {
  if (text(asked, 'IntegrationType') !== 'AWS_PROXY') refuse(asked, 'IntegrationType', 'must be AWS_PROXY');
  if (text(asked, 'PayloadFormatVersion') !== '2.0') refuse(asked, 'PayloadFormatVersion', 'must be 2.0');
  const id = asked.name(12).toLowerCase();
  apiOf(asked).integrations.set(id, {
    functionArn: functionOf(text(asked, 'IntegrationUri')),
    timeout: number(asked, 'TimeoutInMillis', 30_000),
    credentialsArn: optionalText(asked, 'CredentialsArn'),
  });
  return { ref: id, attributes: { IntegrationId: id } };
}

/** A function's ARN out of an integration URI, which is that ARN or API Gateway's longer form around it. */
function functionOf(uri: string): string {
  return /\/functions\/(.+)\/invocations$/.exec(uri)?.[1] ?? uri;
}

/** A JWT authorizer. */
export function authorizer(asked: Asked): Deployed {
  if (text(asked, 'AuthorizerType') !== 'JWT') refuse(asked, 'AuthorizerType', 'must be JWT');
  const jwt = record(asked, 'JwtConfiguration') ?? refuse(asked, 'JwtConfiguration', 'is missing');
  const source = String((asked.props['IdentitySource'] as readonly string[] | undefined)?.[0] ?? '$request.header.Authorization');
  const header = /^\$request\.header\.([\w-]+)$/.exec(source)?.[1];
  if (!header) refuse(asked, 'IdentitySource', `${source} is not interpreted, only $request.header.<name>`);
  const id = asked.name(12).toLowerCase();
  apiOf(asked).authorizers.set(id, {
    issuer: String(jwt['Issuer'] ?? ''),
    audience: ((jwt['Audience'] ?? []) as readonly unknown[]).map(String),
    header: header.toLowerCase(),
  });
  return { ref: id, attributes: { AuthorizerId: id } };
}

/** A route; its integration comes from `integrations/<id>`. */
export function route(asked: Asked): Deployed {
  const authorization = optionalText(asked, 'AuthorizationType') ?? 'NONE';
  if (!['NONE', 'JWT'].includes(authorization)) refuse(asked, 'AuthorizationType', `${authorization} is not interpreted`);
  const api = apiOf(asked);
  const integrationId = (optionalText(asked, 'Target') ?? '').replace(/^integrations\//, '');
  if (!api.integrations.has(integrationId)) refuse(asked, 'Target', 'names no integration of this API');
  const authorizerId = authorization === 'JWT' ? text(asked, 'AuthorizerId') : undefined;
  if (authorizerId && !api.authorizers.has(authorizerId)) refuse(asked, 'AuthorizerId', 'names no authorizer of this API');
  api.routes.push({
    key: text(asked, 'RouteKey'),
    integrationId,
    authorizerId,
    scopes: ((asked.props['AuthorizationScopes'] ?? []) as readonly unknown[]).map(String),
  });
  return { ref: asked.name(12), attributes: { RouteId: asked.name(12) } };
}

/** A stage; an API has one here. */
export function stage(asked: Asked): Deployed {
  const target = apiOf(asked);
  const name = text(asked, 'StageName');
  if (target.stage) refuse(asked, 'StageName', 'is a second stage; the local cloud serves one per API');
  target.stage = { name, variables: texts(record(asked, 'StageVariables')), throttle: throttle(asked) };
  return { ref: name, attributes: {} };
}

function throttle(asked: Asked): Map<string, { rate: number; burst: number }> {
  const settings = { default: record(asked, 'DefaultRouteSettings'), ...(record(asked, 'RouteSettings') as Record<string, Document> | undefined) };
  const limits = new Map<string, { rate: number; burst: number }>();
  for (const [key, value] of Object.entries(settings)) {
    if (value?.['ThrottlingRateLimit'] === undefined) continue;
    const rate = Number(value['ThrottlingRateLimit']);
    limits.set(key, { rate, burst: Number(value['ThrottlingBurstLimit'] ?? rate) });
  }
  return limits;
}

function apiOf(asked: Asked): ApiModel {
  return asked.model.apis.get(text(asked, 'ApiId')) ?? refuse(asked, 'ApiId', 'names no API of this app');
}
