import { isValidName, machineArn, parseMachineArn } from './arns.ts';
import type { Database } from './database.ts';
import { checkDefinition, readDiagnostics } from './diagnostics.ts';
import { WireError } from './errors.ts';
import { aliasOf, definitionText, type MachineRow, machineByArn, needMachine, newRevision, noMachine, publish, storeDefinition, versionOf } from './machines.ts';
import { type Operation, type Service, present, seconds } from './operations.ts';
import { pageLimit, readPageToken, rules, writePageToken } from './requests.ts';
import { replaceTags } from './ops-tags.ts';
import { type JsonObject, isObject } from './values.ts';
import { variableReferences } from './variable-references.ts';

/** Operations on state machines. */
export const machineOperations = {
  CreateStateMachine: {
    rules: {
      name: { ...rules.name, required: true },
      definition: { ...rules.definition, required: true },
      roleArn: rules.needArn,
      type: { type: 'string', values: ['STANDARD', 'EXPRESS'] },
      loggingConfiguration: { type: 'object' },
      tracingConfiguration: { type: 'object' },
      encryptionConfiguration: { type: 'object' },
      publish: rules.flag,
      versionDescription: rules.description,
      tags: { type: 'list' },
    },
    run: create,
  },
  UpdateStateMachine: {
    rules: {
      stateMachineArn: rules.needArn,
      definition: rules.definition,
      roleArn: rules.arn,
      loggingConfiguration: { type: 'object' },
      tracingConfiguration: { type: 'object' },
      encryptionConfiguration: { type: 'object' },
      publish: rules.flag,
      versionDescription: rules.description,
    },
    run: update,
  },
  DeleteStateMachine: { rules: { stateMachineArn: rules.needArn }, run: remove },
  DescribeStateMachine: { rules: { stateMachineArn: rules.needArn, includedData: rules.includedData }, run: describe },
  ListStateMachines: { rules: { maxResults: rules.pageSize, nextToken: rules.pageToken }, run: list },
  ValidateStateMachineDefinition: {
    rules: {
      definition: { ...rules.definition, min: 0, required: true },
      type: { type: 'string', values: ['STANDARD', 'EXPRESS'] },
      severity: { type: 'string', values: ['ERROR', 'WARNING'] },
      maxResults: { type: 'integer', min: 0, max: 100 },
    },
    run: validate,
  },
} as const satisfies Readonly<Record<string, Operation>>;

const noLogging = { includeExecutionData: false, level: 'OFF' };
const noTracing = { enabled: false };

function create(service: Service, body: JsonObject): JsonObject {
  const { db, around, home } = service;
  const name = String(body.name);
  if (!isValidName(name)) throw new WireError('InvalidName', `Invalid Name: '${name}'`);
  checkRole(body.roleArn);
  if (body.type === 'EXPRESS') throw new WireError('StateMachineTypeNotSupported', "The member 'type' is EXPRESS; only STANDARD state machines are run here");
  checkConfiguration(body);
  const definition = checkDefinition(String(body.definition), 'STANDARD');
  const logging = JSON.stringify(readLogging(body.loggingConfiguration));
  const tracing = JSON.stringify(body.tracingConfiguration ?? noTracing);
  const arn = machineArn(home, name);
  const known = machineByArn(db, arn);
  const now = around.clock.now();
  if (known) {
    const isSame = definitionText(db, known.definition) === definition && known.logging === logging && known.tracing === tracing;
    if (!isSame) throw new WireError('StateMachineAlreadyExists', `State Machine Already Exists: '${arn}'`);
    return created(service, known, body);
  }
  const id = db.run(
    'INSERT INTO machines (arn, name, definition, role_arn, logging, tracing, created, updated) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    arn, name, storeDefinition(db, definition), String(body.roleArn), logging, tracing, now, now,
  );
  replaceTags(db, id, (body.tags ?? []) as readonly JsonObject[]);
  return created(service, machineByArn(db, arn) as MachineRow, body);
}

function created({ db, around }: Service, machine: MachineRow, body: JsonObject): JsonObject {
  const base = { stateMachineArn: machine.arn, creationDate: seconds(machine.created) };
  if (body.publish !== true) return base;
  const version = publish(db, machine, (body.versionDescription as string | undefined) ?? null, around.clock.now());
  return { ...base, stateMachineVersionArn: `${machine.arn}:${version.number}` };
}

function checkRole(roleArn: unknown): void {
  if (/^arn:aws[a-z-]*:iam::\d{12}:role\/.+$/.test(String(roleArn))) return;
  throw new WireError('InvalidArn', `Invalid Role Arn: '${String(roleArn)}'`);
}

function checkConfiguration(body: JsonObject): void {
  if (body.publish !== true && body.versionDescription !== undefined) throw new WireError('ValidationException', 'Version description can only be set when publish is true');
  const encryption = body.encryptionConfiguration;
  if (isObject(encryption) && encryption.type !== 'AWS_OWNED_KEY') {
    throw new WireError('InvalidEncryptionConfiguration', "Invalid Encryption Configuration: the member 'encryptionConfiguration' must have the type AWS_OWNED_KEY here");
  }
}

/** A logging configuration with its defaults; whoever wants a log must say where. Throws InvalidLoggingConfiguration. */
function readLogging(given: unknown): JsonObject {
  const logging: JsonObject = { ...noLogging, ...(isObject(given) ? given : {}) };
  const count = Array.isArray(logging.destinations) ? logging.destinations.length : 0;
  if (count > 1 || (count === 0 && logging.level !== 'OFF')) throw new WireError('InvalidLoggingConfiguration', 'Invalid Logging Configuration: Must specify exactly one Log Destination.');
  return logging;
}

function update(service: Service, body: JsonObject): JsonObject {
  const { db, around } = service;
  const machine = needMachine(db, String(body.stateMachineArn));
  if (machine.ref.qualifier !== undefined) throw noMachine(String(body.stateMachineArn));
  const fields = ['definition', 'roleArn', 'loggingConfiguration', 'tracingConfiguration', 'encryptionConfiguration'] as const;
  if (fields.every((field) => body[field] === undefined || body[field] === null)) {
    throw new WireError('MissingRequiredParameter', 'Either the definition, the role ARN, the LoggingConfiguration, or the TracingConfiguration must be specified');
  }
  checkConfiguration(body);
  if (body.roleArn) checkRole(body.roleArn);
  const definition = body.definition ? storeDefinition(db, checkDefinition(String(body.definition), 'STANDARD')) : machine.definition;
  const roleArn = body.roleArn ? String(body.roleArn) : machine.role_arn;
  const logging = body.loggingConfiguration ? JSON.stringify(readLogging(body.loggingConfiguration)) : machine.logging;
  const tracing = body.tracingConfiguration ? JSON.stringify(body.tracingConfiguration) : machine.tracing;
  const isChanged = definition !== machine.definition || roleArn !== machine.role_arn || logging !== machine.logging || tracing !== machine.tracing;
  const now = isChanged ? around.clock.now() : machine.updated;
  const revision = isChanged ? newRevision() : machine.revision;
  db.run('UPDATE machines SET definition = ?, role_arn = ?, logging = ?, tracing = ?, updated = ?, revision = ? WHERE id = ?', definition, roleArn, logging, tracing, now, revision, machine.id);
  const fresh = machineByArn(db, machine.arn) as MachineRow;
  const version = body.publish === true ? publish(db, fresh, (body.versionDescription as string | undefined) ?? null, around.clock.now()) : undefined;
  return present({ updateDate: seconds(now), revisionId: revision, stateMachineVersionArn: version && `${machine.arn}:${version.number}` });
}

/** Deletes a machine with its versions and aliases, and stops its executions. Unknown machines are no error, as on AWS. */
function remove({ db, engine }: Service, body: JsonObject): JsonObject {
  const { arn } = parseMachineArn(String(body.stateMachineArn));
  const machine = machineByArn(db, arn);
  if (!machine) return {};
  db.run('UPDATE machines SET live = 0 WHERE id = ?', machine.id);
  for (const table of ['versions', 'aliases', 'tags']) db.run(`DELETE FROM ${table} WHERE machine = ?`, machine.id);
  for (const { id } of db.all<{ id: number }>("SELECT id FROM executions WHERE machine = ? AND map_run IS NULL AND status = 'RUNNING'", machine.id)) {
    engine.deliver(id, { kind: 'stop', cause: 'The state machine was deleted' });
  }
  return {};
}

/** The members that describe a definition, for machines, versions and executions alike. */
export function describeDefinition(db: Database, definition: number, includedData: unknown): JsonObject {
  if (includedData === 'METADATA_ONLY') return { definition: '{}', encryptionConfiguration: { type: 'AWS_OWNED_KEY' } };
  const text = definitionText(db, definition);
  const references = variableReferences(text);
  return {
    definition: text,
    encryptionConfiguration: { type: 'AWS_OWNED_KEY' },
    ...(Object.keys(references).length === 0 ? {} : { variableReferences: references }),
  };
}

function describe({ db }: Service, body: JsonObject): JsonObject {
  const arn = String(body.stateMachineArn);
  const machine = needMachine(db, arn);
  const number = machine.ref.qualifier;
  const alias = number === undefined ? undefined : aliasOf(db, machine.id, number);
  const version = number === undefined || alias ? undefined : versionOf(db, machine.id, Number(number));
  if (number !== undefined && !version) throw noMachine(arn);
  const of = version ?? machine;
  return present({
    stateMachineArn: arn,
    name: machine.name,
    status: 'ACTIVE',
    roleArn: of.role_arn,
    type: 'STANDARD',
    creationDate: seconds(of.created),
    loggingConfiguration: JSON.parse(of.logging) as unknown,
    tracingConfiguration: JSON.parse(of.tracing) as unknown,
    revisionId: of.revision,
    description: version?.description,
    ...describeDefinition(db, of.definition, body.includedData),
  });
}

function list({ db }: Service, body: JsonObject): JsonObject {
  const limit = pageLimit(body);
  const [after = ''] = readPageToken(body, 1) ?? [];
  const rows = db.all<MachineRow>('SELECT * FROM machines WHERE live = 1 AND name > ? ORDER BY name LIMIT ?', after, limit + 1);
  const page = rows.slice(0, limit);
  return present({
    stateMachines: page.map(({ arn, name, created }) => ({ stateMachineArn: arn, name, type: 'STANDARD', creationDate: seconds(created) })),
    nextToken: rows.length > limit ? writePageToken([page.at(-1)?.name ?? '']) : undefined,
  });
}

function validate(_service: Service, body: JsonObject): JsonObject {
  const limit = (body.maxResults as number | undefined) || 100;
  const all = readDiagnostics(String(body.definition), (body.type as 'STANDARD' | 'EXPRESS' | undefined) ?? 'STANDARD');
  const shown = all.filter(({ severity }) => body.severity === 'WARNING' || severity === 'ERROR');
  const result = all.some(({ severity }) => severity === 'ERROR') ? 'FAIL' : 'OK';
  return { result, diagnostics: shown.slice(0, limit), truncated: shown.length > limit };
}
