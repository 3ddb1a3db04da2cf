import type { Document } from '../template/model.ts';
import { EngineError, type EngineClient } from './engine-client.ts';

interface Index {
  readonly IndexName: string;
  readonly KeySchema: unknown;
  readonly Projection: unknown;
}

interface Description {
  readonly KeySchema: unknown;
  readonly GlobalSecondaryIndexes?: readonly Index[];
  readonly StreamSpecification?: { readonly StreamViewType?: string };
  readonly DeletionProtectionEnabled?: boolean;
}

/**
 * Creates the table of `definition` (CreateTable's input), or adds and drops global indexes, the stream and the protection
 * against deletion of the one that is there. Throws when the keys changed: DynamoDB cannot change them either, and the data would be lost.
 */
export async function ensureTable(engine: EngineClient, definition: Document): Promise<void> {
  const there = await describe(engine, String(definition['TableName']));
  if (!there) await engine.call('CreateTable', definition);
  else await update(engine, definition, there);
}

/** Tells the engine which attribute holds the expiry; deleting is done by the cloud's clock. */
export async function ensureTtl(engine: EngineClient, table: string, attribute: string): Promise<void> {
  const { TimeToLiveDescription: now } = await engine.call<{ TimeToLiveDescription?: { AttributeName?: string } }>('DescribeTimeToLive', { TableName: table });
  if (now?.AttributeName === attribute) return;
  await engine.call('UpdateTimeToLive', { TableName: table, TimeToLiveSpecification: { Enabled: true, AttributeName: attribute } });
}

async function describe(engine: EngineClient, table: string): Promise<Description | undefined> {
  try {
    return (await engine.call<{ Table: Description }>('DescribeTable', { TableName: table })).Table;
  } catch (error) {
    if (error instanceof EngineError && error.name === 'ResourceNotFoundException') return undefined;
    throw error;
  }
}

async function update(engine: EngineClient, definition: Document, there: Description): Promise<void> {
  const TableName = String(definition['TableName']);
  if (!sameJson(definition['KeySchema'], there.KeySchema)) {
    throw new Error(`table ${TableName} exists with other keys (${JSON.stringify(there.KeySchema)}); keys cannot change, use another data folder or table name`);
  }
  const wanted = (definition['GlobalSecondaryIndexes'] ?? []) as readonly Index[];
  const had = there.GlobalSecondaryIndexes ?? [];
  const same = (left: Index) => (right: Index) => left.IndexName === right.IndexName && sameJson(left.KeySchema, right.KeySchema);
  const AttributeDefinitions = definition['AttributeDefinitions'];
  for (const index of had.filter((each) => !wanted.some(same(each)))) {
    await engine.call('UpdateTable', { TableName, GlobalSecondaryIndexUpdates: [{ Delete: { IndexName: index.IndexName } }] });
  }
  for (const index of wanted.filter((each) => !had.some(same(each)))) {
    await engine.call('UpdateTable', { TableName, AttributeDefinitions, GlobalSecondaryIndexUpdates: [{ Create: index }] });
  }
  const { DeletionProtectionEnabled = false } = definition;
  if (DeletionProtectionEnabled !== (there.DeletionProtectionEnabled ?? false)) await engine.call('UpdateTable', { TableName, DeletionProtectionEnabled });
  const stream = definition['StreamSpecification'];
  if (stream && !there.StreamSpecification?.StreamViewType) await engine.call('UpdateTable', { TableName, StreamSpecification: stream });
}

/** Equal as JSON, whatever the order of keys and of list members. */
function sameJson(left: unknown, right: unknown): boolean {
  const written = (value: unknown) => JSON.stringify(((value ?? []) as Record<string, unknown>[]).map((each) => JSON.stringify(Object.entries(each).sort())).sort());
  return written(left) === written(right);
}
