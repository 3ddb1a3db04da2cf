import { parseMachineArn } from './arns.ts';
import { WireError } from './errors.ts';
import { type AliasRow, aliasOf, needMachine, publish, type Route, type VersionRow, versionOf } from './machines.ts';
import { type Operation, present, seconds, type Service } from './operations.ts';
import { checkRequest, pageLimit, readPageToken, rules, writePageToken } from './requests.ts';
import type { JsonObject } from './values.ts';

// A refusal shows the pattern as AWS writes it.
// eslint-disable-next-line no-useless-escape
const aliasName = { type: 'string', min: 1, max: 80, pattern: /^(?=.*[a-zA-Z_\-\.])[a-zA-Z0-9_\-\.]+$/ } as const;
const routing = { type: 'list', of: 'RoutingConfigurationListItem', min: 1, max: 2 } as const;

/** Operations on versions and aliases. */
export const versionOperations = {
  PublishStateMachineVersion: { rules: { stateMachineArn: rules.needArn, revisionId: rules.text, description: rules.description }, run: publishVersion },
  ListStateMachineVersions: { rules: { stateMachineArn: rules.needArn, maxResults: rules.pageSize, nextToken: rules.pageToken }, run: listVersions },
  DeleteStateMachineVersion: { rules: { stateMachineVersionArn: rules.needLongArn }, run: deleteVersion },
  CreateStateMachineAlias: { rules: { name: { ...aliasName, required: true }, description: rules.description, routingConfiguration: { ...routing, required: true } }, run: createAlias },
  UpdateStateMachineAlias: { rules: { stateMachineAliasArn: rules.needArn, description: rules.description, routingConfiguration: routing }, run: updateAlias },
  DescribeStateMachineAlias: { rules: { stateMachineAliasArn: rules.needArn }, run: describeAlias },
  DeleteStateMachineAlias: { rules: { stateMachineAliasArn: rules.needArn }, run: deleteAlias },
  ListStateMachineAliases: { rules: { stateMachineArn: rules.needArn, maxResults: rules.pageSize, nextToken: rules.pageToken }, run: listAliases },
} as const satisfies Readonly<Record<string, Operation>>;

function publishVersion({ db, around }: Service, body: JsonObject): JsonObject {
  const machine = needMachine(db, String(body.stateMachineArn));
  const current = machine.revision ?? 'INITIAL';
  if (body.revisionId !== undefined && body.revisionId !== null && body.revisionId !== current) {
    const message = `Failed to publish the State Machine version for revision ${String(body.revisionId)}. The current State Machine revision is ${current}.`;
    throw new WireError('ConflictException', message);
  }
  const version = publish(db, machine, (body.description as string | undefined) ?? null, around.clock.now());
  return { creationDate: seconds(version.created), stateMachineVersionArn: `${machine.arn}:${version.number}` };
}

function listVersions({ db }: Service, body: JsonObject): JsonObject {
  const machine = needMachine(db, String(body.stateMachineArn));
  const limit = pageLimit(body);
  const [before = Number.MAX_SAFE_INTEGER] = readPageToken(body, 1) ?? [];
  const rows = db.all<VersionRow>('SELECT * FROM versions WHERE machine = ? AND number < ? ORDER BY number DESC LIMIT ?', machine.id, before, limit + 1);
  const page = rows.slice(0, limit);
  return present({
    stateMachineVersions: page.map(({ number, created }) => ({ stateMachineVersionArn: `${machine.arn}:${number}`, creationDate: seconds(created) })),
    nextToken: rows.length > limit ? writePageToken([page.at(-1)?.number ?? 0]) : undefined,
  });
}

function deleteVersion({ db }: Service, body: JsonObject): JsonObject {
  const arn = String(body.stateMachineVersionArn);
  const { qualifier } = parseMachineArn(arn);
  if (qualifier === undefined) throw new WireError('ValidationException', `State machine version ARN must be provided. Received: ${arn}`);
  const machine = needMachine(db, arn);
  const users = db.all<AliasRow>('SELECT * FROM aliases WHERE machine = ? ORDER BY created, name', machine.id);
  const names = users.filter(({ routing: routes }) => (JSON.parse(routes) as Route[]).some((route) => route.stateMachineVersionArn === arn)).map(({ name }) => name);
  if (names.length > 0) {
    throw new WireError('ConflictException', `Version to be deleted must not be referenced by an alias. Current list of aliases referencing this version: [${names.join(', ')}]`);
  }
  db.run('DELETE FROM versions WHERE machine = ? AND number = ?', machine.id, Number(qualifier));
  return {};
}

/** Checks an alias's routing; answers the machine that all its versions belong to. */
function checkRouting({ db }: Service, routes: readonly Route[]): ReturnType<typeof needMachine> {
  for (const [index, route] of routes.entries()) {
    const place = `routingConfiguration.${index + 1}.member`;
    checkRequest({ [`${place}.stateMachineVersionArn`]: route.stateMachineVersionArn, [`${place}.weight`]: route.weight }, {
      [`${place}.stateMachineVersionArn`]: { type: 'string', min: 1, max: 256, required: true },
      [`${place}.weight`]: { type: 'integer', min: 0, max: 100, required: true },
    });
  }
  const arns = routes.map((route) => route.stateMachineVersionArn);
  const refs = arns.map(parseMachineArn);
  const invalid = (sentence: string, received: readonly unknown[]) => new WireError('ValidationException', `${sentence} Received: [${received.join(', ')}]`);
  if (refs.some(({ qualifier }) => !/^\d+$/.test(qualifier ?? ''))) throw invalid('Routing configuration must contain state machine version ARNs.', arns);
  if (new Set(arns).size !== arns.length) throw invalid('Routing configuration must contain distinct state machine version ARNs.', arns);
  if (new Set(refs.map(({ arn }) => arn)).size > 1) throw invalid('Routing configuration must contain versions of one state machine.', arns);
  const weights = routes.map(({ weight }) => weight);
  if (weights.reduce((sum, weight) => sum + weight, 0) !== 100) throw invalid('Sum of routing configuration weights must equal 100.', weights);
  const machine = needMachine(db, arns[0] ?? '');
  for (const [index, { qualifier }] of refs.entries()) {
    if (!versionOf(db, machine.id, Number(qualifier))) throw new WireError('ResourceNotFound', `Request references a resource that does not exist: ${arns[index] ?? ''}`);
  }
  return machine;
}

function createAlias(service: Service, body: JsonObject): JsonObject {
  const { db, around } = service;
  const routes = body.routingConfiguration as readonly Route[];
  const machine = checkRouting(service, routes);
  const name = String(body.name);
  const description = (body.description as string | undefined) ?? null;
  const known = aliasOf(db, machine.id, name);
  const wanted = JSON.stringify(routes.map(({ stateMachineVersionArn, weight }) => ({ stateMachineVersionArn, weight })));
  if (known && (known.routing !== wanted || known.description !== description)) {
    throw new WireError('ConflictException', 'Failed to create alias because an alias with the same name and a different routing configuration already exists.');
  }
  const now = around.clock.now();
  if (!known) db.run('INSERT INTO aliases (machine, name, description, routing, created, updated) VALUES (?, ?, ?, ?, ?, ?)', machine.id, name, description, wanted, now, now);
  return { stateMachineAliasArn: `${machine.arn}:${name}`, creationDate: seconds(known?.created ?? now) };
}

function needAlias(service: Service, arn: string): AliasRow {
  const machine = needMachine(service.db, arn);
  const alias = aliasOf(service.db, machine.id, machine.ref.qualifier ?? '');
  if (!alias) throw new WireError('ResourceNotFound', 'Request references a resource that does not exist.');
  return alias;
}

function updateAlias(service: Service, body: JsonObject): JsonObject {
  const { db, around } = service;
  const alias = needAlias(service, String(body.stateMachineAliasArn));
  if (body.description === undefined && body.routingConfiguration === undefined) {
    throw new WireError('ValidationException', 'Either the description or the routing configuration must be specified');
  }
  const routes = body.routingConfiguration as readonly Route[] | undefined;
  if (routes && checkRouting(service, routes).id !== alias.machine) throw new WireError('ValidationException', 'Routing configuration must contain versions of the state machine of the alias.');
  const now = around.clock.now();
  const wanted = routes ? JSON.stringify(routes.map(({ stateMachineVersionArn, weight }) => ({ stateMachineVersionArn, weight }))) : alias.routing;
  db.run('UPDATE aliases SET description = ?, routing = ?, updated = ? WHERE machine = ? AND name = ?', (body.description as string | undefined) ?? alias.description, wanted, now, alias.machine, alias.name);
  return { updateDate: seconds(now) };
}

function describeAlias(service: Service, body: JsonObject): JsonObject {
  const arn = String(body.stateMachineAliasArn);
  const alias = needAlias(service, arn);
  return present({
    stateMachineAliasArn: arn,
    name: alias.name,
    description: alias.description,
    routingConfiguration: JSON.parse(alias.routing) as unknown,
    creationDate: seconds(alias.created),
    updateDate: seconds(alias.updated),
  });
}

/** Deletes an alias; an unknown one is no error, as recorded on AWS. */
function deleteAlias({ db }: Service, body: JsonObject): JsonObject {
  const machine = needMachine(db, String(body.stateMachineAliasArn));
  db.run('DELETE FROM aliases WHERE machine = ? AND name = ?', machine.id, machine.ref.qualifier ?? '');
  return {};
}

function listAliases({ db }: Service, body: JsonObject): JsonObject {
  const arn = String(body.stateMachineArn);
  const machine = needMachine(db, arn);
  const limit = pageLimit(body);
  const [created = -1, name = ''] = readPageToken(body, 2) ?? [];
  const rows = db.all<AliasRow>('SELECT * FROM aliases WHERE machine = ? AND (created, name) > (?, ?) ORDER BY created, name', machine.id, created, name);
  const matching = machine.ref.qualifier === undefined ? rows : rows.filter((row) => (JSON.parse(row.routing) as Route[]).some((route) => route.stateMachineVersionArn === arn));
  const page = matching.slice(0, limit);
  const last = page.at(-1);
  return present({
    stateMachineAliases: page.map((row) => ({ stateMachineAliasArn: `${machine.arn}:${row.name}`, creationDate: seconds(row.created) })),
    nextToken: matching.length > limit && last ? writePageToken([last.created, last.name]) : undefined,
  });
}
