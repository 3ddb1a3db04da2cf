import { join } from 'node:path';
import { adminServer } from './admin.ts';
import { gatewayServer } from './api/server.ts';
import { type Ground, layGround } from './cloud/ground.ts';
import { type IntegrationServices, openIntegrations } from './cloud/integrations.ts';
import { openPermissions, type Permissions } from './cloud/permissions.ts';
import { activities, openRunning, readStreams, type Running } from './cloud/running.ts';
import { settle } from './cloud/settle.ts';
import { openStates, type States } from './cloud/states.ts';
import { templatePorts } from './cloud/template-ports.ts';
import { accountId, type Cloud, type CloudOptions, type Endpoints } from './cloud/types.ts';
import { writeDurably } from './data-folder.ts';
import { expiryJob } from './dynamodb/expiry.ts';
import { openSchedules } from './events/schedules.ts';
import { openGuard } from './front/guard.ts';
import { frontListener } from './front/server.ts';
import { type Authorize, authorizeBy, checkPolicies } from './iam/authorize.ts';
import { rolesOf } from './iam/roles.ts';
import { openLog } from './lambda/log.ts';
import { openIssuer } from './oidc/issuer.ts';
import { openIssuerKeys, openTokenPress } from './oidc/keys.ts';
import { closeServer, freePort, listen, listenAgain } from './ports.ts';
import type { LambdaAnswer, LambdaCall, StatusChange } from './sfn/ports.ts';
import { readAssembly } from './template/assembly.ts';
import { deploy } from './template/deploy.ts';
import type { Model } from './template/model.ts';

/** A settle that takes longer than this says what is still busy, in ms. */
const settleLimitMs = 120_000;

/** Starts the cloud that the assembly describes, over a data folder that it locks; rejects with a clear reason and stops what it had started. */
export async function startCloud(options: CloudOptions): Promise<Cloud> {
  const undo: (() => unknown)[] = [];
  const stop = async () => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    return await start(options, undo, stop);
  } catch (error) {
    await stop();
    throw error;
  }
}

async function start(options: CloudOptions, undo: (() => unknown)[], stop: () => Promise<void>): Promise<Cloud> {
  const ground = await layGround(options, undo);
  const { clock, credentials } = ground;
  const apiPort = await freePort(options.port || ground.ports.last('api'));
  if (options.port !== 0 && apiPort !== options.port) throw new Error(`端口 ${options.port} 已被占用，请用 PORT 另选。 / Port ${options.port} is taken; choose another with PORT.`);
  ground.ports.used('api', apiPort);

  const inside = Promise.withResolvers<Inside>();
  // Nobody waits for it when the start fails.
  inside.promise.catch(() => undefined);
  const states = openStatesOver(ground, options, inside.promise);
  undo.push(states.close);
  const parameters = { ...options.parameters, OidcIssuer: ground.oidc.url, OidcAudience: options.audience, ConsoleOrigins: origins(apiPort) };
  const assembly = readAssembly(typeof options.assembly === 'string' ? options.assembly : options.assembly());
  const model = await deploy(assembly, { region: options.region, accountId, parameters }, templatePorts(ground.engine, ground.s3, states.call));
  const authorize = await judgement(options, ground, model);
  const permissions = openPermissions(model, authorize);
  const running = openRunning(options, ground, model, permissions, states);
  const { engine, s3Url } = ground;
  const services: IntegrationServices = { engine, ...running, permissions, region: model.region, s3Url, keyFor: credentials.keyFor };
  inside.resolve({ running, permissions, services });

  await seedOnce(options, ground, model);
  const queueInvocation = (arn: string, payload: string) => running.deliveries.post({ kind: 'event', arn, payload, retries: 0, expiresAt: clock.now() + 3_600_000 });
  const known = { stateMachineOfToken: states.stateMachineOfToken };
  const guard = authorize && openGuard(credentials, clock, authorize, model, known);
  ground.front.open(frontListener({ model, ...ground, ...running, states: states.answer, queueInvocation }, guard));
  const rest = () => settle(activities(running, states), settleLimitMs);
  const tokenFor = await openIdentity(options, ground);
  const apis = await openApis(ground, { model, running, permissions }, apiPort);
  await readStreams(ground, model, running);
  for (const due of [states, running.deliveries, openSchedules(model, clock, ground.store, running.bus, running.deliveries), expiryJob(engine, model)]) clock.register(due);
  clock.start();
  undo.push(() => clock.stop());
  const figures = () => ({ memory: process.memoryUsage(), threads: running.functions.threads(), invocations: running.functions.counts(), transitions: states.transitions(), s3: ground.s3.requests(), waitingDeliveries: ground.store.waiting() });
  const admin = adminServer({ clock, people: options.people, settle: rest, announce: running.bus.announce, tokenFor, figures });
  const adminPort = await listenAgain(admin, 'admin', ground.ports);
  undo.push(() => closeServer(admin));
  const endpoints = endpointsOf(ground, options, model, { api: apis[0] ?? '', admin: `http://127.0.0.1:${adminPort}` });
  writeDurably(join(ground.folder, 'endpoints.json'), `${JSON.stringify(endpoints, null, 2)}\n`);
  return { endpoints, model, clock, functions: running.functions, settle: rest, tokenFor, stop };
}

/** What Step Functions calls; it is there only after the template is deployed, for which Step Functions is needed. */
interface Inside {
  readonly running: Running;
  readonly permissions: Permissions;
  readonly services: IntegrationServices;
}

function openStatesOver(ground: Ground, options: CloudOptions, inside: Promise<Inside>): States {
  return openStates({
    file: join(ground.folder, 'states.sqlite'),
    clock: ground.clock,
    region: options.region,
    accountId,
    partition: ground.credentials.rootPrincipal.split(':')[1] ?? 'aws',
    invokeLambda: async (call) => invokeFor(await inside, call),
    integrations: openIntegrations(inside.then(({ services }) => services)),
    authorize: async ({ roleArn, action, resource }) => (await inside).permissions.permit({ roleArn }, action, resource),
    onStatusChange: (detail) => void inside.then(({ running }) => announce(running, detail)),
    onDueChanged: () => ground.clock.changed(),
    onError: (error) => console.error('step functions', error),
  });
}

async function invokeFor({ running, permissions }: Inside, { functionArn, qualifier, payload, roleArn }: LambdaCall): Promise<LambdaAnswer> {
  const arn = qualifier === undefined ? functionArn : `${functionArn}:${qualifier}`;
  permissions.permit({ roleArn }, 'lambda:InvokeFunction', arn);
  const outcome = await running.functions.invoke(arn, JSON.stringify(payload ?? null));
  const answer = { payload: JSON.parse(outcome.payload) as unknown, executedVersion: '$LATEST' };
  return outcome.functionError ? { ...answer, functionError: outcome.functionError } : answer;
}

function announce({ bus }: Running, detail: StatusChange): void {
  bus.announce({ Source: 'aws.states', DetailType: 'Step Functions Execution Status Change', Detail: JSON.stringify(detail), Resources: [detail.executionArn] });
}

async function judgement(options: CloudOptions, ground: Ground, model: Model): Promise<Authorize | undefined> {
  if (!options.enforce) return undefined;
  const roles = rolesOf(model.resolved, model);
  await checkPolicies(roles);
  const authorize = authorizeBy(roles, ground.credentials.rootPrincipal);
  ground.judgeBy(authorize);
  return authorize;
}

const origins = (port: number): string => `http://127.0.0.1:${port},http://localhost:${port}`;

/** Records to begin with; put once, and not again over what people have changed since. */
async function seedOnce({ seed }: CloudOptions, { store, engine }: Ground, model: Model): Promise<void> {
  if (!seed || store.position('seeded') !== undefined) return;
  const items = seed(model.tables);
  for (const { table, item } of items) {
    await engine.call('PutItem', { TableName: table, Item: item, ConditionExpression: 'attribute_not_exists(pk)' }).catch((error: Error) => {
      if (error.name !== 'ConditionalCheckFailedException') throw error;
    });
  }
  store.setPosition('seeded', String(items.length));
}

async function openIdentity({ audience, people }: CloudOptions, ground: Ground): Promise<(person: string) => Promise<string>> {
  const keys = await openIssuerKeys(ground.folder);
  ground.oidc.open(openIssuer({ issuer: ground.oidc.url, audience, keys, people }));
  return openTokenPress(keys, ground.oidc.url, audience);
}

/** Serves each API of the template: the first at the cloud's port, further ones beside it. */
async function openApis(ground: Ground, { model, running, permissions }: Omit<Inside, 'services'> & { model: Model }, firstPort: number): Promise<string[]> {
  const log = openLog(join(ground.folder, 'logs'), 'access');
  ground.undo.push(log.close);
  const urls: string[] = [];
  for (const api of model.apis.values()) {
    const source = (routeKey: string) => `arn:${model.partition}:execute-api:${model.region}:${accountId}:${api.id}/${api.stage?.name ?? '$default'}/${routeKey.replace(' ', '')}`;
    const mayInvoke = (functionArn: string, routeKey: string) => permissions.mayInvoke(functionArn, 'apigateway.amazonaws.com', source(routeKey));
    const server = gatewayServer(api, { accountId, clock: ground.clock, functions: running.functions, log, mayInvoke });
    const port = urls.length === 0 ? await listen(server, firstPort) : await listenAgain(server, `api-${api.id}`, ground.ports);
    ground.undo.push(() => closeServer(server));
    urls.push(`http://127.0.0.1:${port}`);
  }
  return urls;
}

function endpointsOf(ground: Ground, options: CloudOptions, model: Model, { api, admin }: { api: string; admin: string }): Endpoints {
  const { front, s3Url, oidc, credentials, enginePort } = ground;
  const dynamodb = options.enforce ? front.url : `http://127.0.0.1:${enginePort}`;
  const aws = { states: front.url, events: front.url, scheduler: front.url, sqs: front.url, sns: front.url, lambda: front.url };
  return { api, dynamodb, streams: dynamodb, s3: s3Url, ...aws, oidc: oidc.url, admin, region: model.region, accountId, pid: process.pid, ...credentials.root };
}
