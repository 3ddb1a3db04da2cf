import { CfnOutput, CfnParameter, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import { HttpApi, HttpMethod, HttpNoneAuthorizer, type HttpRoute, HttpStage, LogGroupLogDestination } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { FunctionName } from './function-plans.ts';
import { accept } from './nag.ts';
import { type ApiRoute, routes } from './routes.ts';

/** What the API is made from: the functions behind its routes. */
export interface ApiProps extends StackProps {
  readonly prefix: string;
  readonly functions: Readonly<Record<FunctionName, LambdaFunction>>;
  readonly issuer: string;
}

/** The door: one HTTP API, tokens of the configured issuer checked before any function runs. */
export class ApiStack extends Stack {
  readonly api: HttpApi;

  constructor(scope: Construct, id: string, props: ApiProps) {
    super(scope, id, props);
    this.api = new HttpApi(this, 'Api', {
      apiName: props.prefix,
      description: 'Guijing: the programme of digital application scenarios',
      createDefaultStage: false,
    });
    this.#addRoutes(props.functions, this.#authorizer(props.issuer));
    this.#addStage();
    new CfnOutput(this, 'Url', { value: this.api.apiEndpoint, description: 'Where people and programs find the API.' });
  }

  #authorizer(issuer: string): HttpJwtAuthorizer {
    const audience = new CfnParameter(this, 'OidcAudience', { default: 'guijing', description: 'The audience that access tokens are for.' });
    return new HttpJwtAuthorizer('People', issuer, { jwtAudience: [audience.valueAsString] });
  }

  #addRoutes(functions: ApiProps['functions'], people: HttpJwtAuthorizer): void {
    const integrations = new Map<FunctionName, HttpLambdaIntegration>();
    const integrationOf = (name: FunctionName): HttpLambdaIntegration => {
      const known = integrations.get(name);
      // One permission per function instead of one per route keeps the function's policy far from its 20 KB limit.
      const made = known ?? new HttpLambdaIntegration(`To-${name}`, functions[name], { scopePermissionToRoute: false });
      integrations.set(name, made);
      return made;
    };
    const nobody = new HttpNoneAuthorizer();
    for (const route of routes) {
      const made = this.api.addRoutes({
        path: route.path,
        methods: [route.method === 'GET' ? HttpMethod.GET : HttpMethod.POST],
        integration: integrationOf(route.by),
        authorizer: route.open ? nobody : people,
      });
      if (route.open) acceptOpen(route, made);
    }
  }

  #addStage(): void {
    const logGroup = new LogGroup(this, 'AccessLog', { retention: RetentionDays.ONE_YEAR, removalPolicy: RemovalPolicy.RETAIN });
    new HttpStage(this, 'Stage', {
      httpApi: this.api,
      stageName: '$default',
      autoDeploy: true,
      throttle: { rateLimit: 500, burstLimit: 1000 },
      accessLogSettings: { destination: new LogGroupLogDestination(logGroup), format: AccessLogFormat.custom(accessLine) },
    });
  }
}

/** Who asked for what, when, with which answer and delay; never a token, a query or a body. */
const accessLine = JSON.stringify({
  requestId: '$context.requestId',
  time: '$context.requestTime',
  ip: '$context.identity.sourceIp',
  person: '$context.authorizer.claims.sub',
  route: '$context.routeKey',
  path: '$context.path',
  status: '$context.status',
  milliseconds: '$context.responseLatency',
  bytes: '$context.responseLength',
  error: '$context.error.message',
  integrationError: '$context.integrationErrorMessage',
});

const acceptOpen = ({ method, path }: ApiRoute, made: readonly HttpRoute[]): void => {
  for (const route of made) accept(route, `${method} ${path} is public: it shows what is published, what the code on a print stands for, an empty form, or the way in.`, 'APIG4');
};
