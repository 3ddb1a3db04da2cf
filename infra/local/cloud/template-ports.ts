import type { EngineClient } from '../dynamodb/engine-client.ts';
import { ensureTable, ensureTtl } from '../dynamodb/tables.ts';
import type { StatesCall } from '../events/targets.ts';
import type { S3 } from '../s3/open.ts';
import type { Document } from '../template/model.ts';
import type { Ports } from '../template/read.ts';
import { unqualified } from '../unqualified.ts';

/** Lets the template's resources be made in the services that keep them; everything may be repeated without harm. */
export function templatePorts(engine: EngineClient, s3: S3, states: StatesCall): Ports {
  return {
    table: async (definition, ttlAttribute) => {
      await ensureTable(engine, definition);
      if (ttlAttribute) await ensureTtl(engine, String(definition['TableName']), ttlAttribute);
    },
    bucket: async (name, settings) => s3.ensureBucket(name, bucketWish(settings)),
    stateMachine: (machine) => ensureStateMachine(states, machine),
    stateMachineVersion: async (stateMachineArn, description) => {
      const answer = await states('PublishStateMachineVersion', { stateMachineArn, ...(description === undefined ? {} : { description }) });
      return (answer as { stateMachineVersionArn: string }).stateMachineVersionArn;
    },
    stateMachineAlias: (alias) => ensureAlias(states, alias),
  };
}

type BucketSettings = Parameters<Ports['bucket']>[1];

function bucketWish({ versioned, objectLock, lockRule, corsRules }: BucketSettings) {
  const retention = retentionOf(lockRule);
  return {
    ...(versioned || objectLock ? { versioning: 'Enabled' as const } : {}),
    ...(corsRules.length > 0 ? { cors: corsRules.map(corsRule) } : {}),
    ...(objectLock ? { lock: retention ? { retention } : {} } : {}),
  };
}

function retentionOf(lockRule: Document | undefined) {
  const rule = (lockRule?.['Rule'] as Document | undefined)?.['DefaultRetention'] as { Mode?: string; Days?: number; Years?: number } | undefined;
  if (!rule) return undefined;
  const mode = rule.Mode === 'COMPLIANCE' ? ('COMPLIANCE' as const) : ('GOVERNANCE' as const);
  return rule.Years === undefined ? { mode, unit: 'Days' as const, count: Number(rule.Days) } : { mode, unit: 'Years' as const, count: Number(rule.Years) };
}

function corsRule(rule: Document) {
  const list = (name: string): readonly string[] => ([rule[name] ?? []].flat() as unknown[]).map(String);
  return {
    origins: list('AllowedOrigins'),
    methods: list('AllowedMethods'),
    headers: list('AllowedHeaders'),
    expose: list('ExposedHeaders'),
    ...(rule['MaxAge'] === undefined ? {} : { maxAgeS: Number(rule['MaxAge']) }),
  };
}

interface MachineAnswer {
  readonly stateMachineArn: string;
  readonly definition?: string;
  readonly roleArn?: string;
  readonly revisionId?: string;
}

async function ensureStateMachine(states: StatesCall, { name, definition, roleArn, tags }: Parameters<Ports['stateMachine']>[0]) {
  const { stateMachines } = (await states('ListStateMachines', { maxResults: 1000 })) as { stateMachines: { name: string; stateMachineArn: string }[] };
  const there = stateMachines.find((each) => each.name === name);
  if (!there) {
    const list = Object.entries(tags).map(([key, value]) => ({ key, value: String(value) }));
    const made = (await states('CreateStateMachine', { name, definition, roleArn, type: 'STANDARD', ...(list.length > 0 ? { tags: list } : {}) })) as MachineAnswer;
    return described(states, made.stateMachineArn);
  }
  const { stateMachineArn } = there;
  const now = (await states('DescribeStateMachine', { stateMachineArn })) as MachineAnswer;
  if (now.definition !== definition || now.roleArn !== roleArn) await states('UpdateStateMachine', { stateMachineArn, definition, roleArn });
  return described(states, stateMachineArn);
}

async function described(states: StatesCall, stateMachineArn: string): Promise<{ arn: string; revision: string }> {
  const { revisionId } = (await states('DescribeStateMachine', { stateMachineArn })) as MachineAnswer;
  return { arn: stateMachineArn, revision: revisionId ?? 'INITIAL' };
}

async function ensureAlias(states: StatesCall, { name, description, routes }: Parameters<Ports['stateMachineAlias']>[0]): Promise<string> {
  const routingConfiguration = routes.map(({ arn, weight }) => ({ stateMachineVersionArn: arn, weight }));
  const machine = unqualified(routes[0]?.arn ?? '');
  const stateMachineAliasArn = `${machine}:${name}`;
  const about = description === undefined ? {} : { description };
  try {
    await states('CreateStateMachineAlias', { name, routingConfiguration, ...about });
  } catch (error) {
    // Creating it again with other routes is a conflict: then the alias moves.
    if ((error as Error).name !== 'ConflictException') throw error;
    await states('UpdateStateMachineAlias', { stateMachineAliasArn, routingConfiguration, ...about });
  }
  return stateMachineAliasArn;
}
