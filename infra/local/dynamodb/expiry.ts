import type { Due } from '../clock.ts';
import type { Model } from '../template/model.ts';
import type { EngineClient } from './engine-client.ts';

/** Once an hour of the cloud's clock is as often as anybody may rely on: AWS promises "within a few days". */
const periodMs = 3_600_000;

/** Deletes expired items by the cloud's clock, once an hour; a move of the clock does not stop for it, but ends with it. */
export function expiryJob(engine: EngineClient, model: Model): Due {
  let nextAt = 0;
  return {
    nextDue: () => nextAt,
    nextStop: () => undefined,
    fireDue: async (now, passing = false) => {
      // Every look scans whole tables: at each stop of a long way that would cost more than all else the stop does.
      if (passing) return;
      nextAt = now + periodMs;
      for (const { name, ttlAttribute, definition } of model.tables.values()) {
        if (ttlAttribute) await expire(engine, name, { attribute: ttlAttribute, keys: keysOf(definition) }, Math.floor(now / 1000));
      }
    },
  };
}

interface Expiring {
  readonly attribute: string;
  readonly keys: readonly string[];
}

async function expire(engine: EngineClient, TableName: string, { attribute, keys }: Expiring, nowSeconds: number): Promise<void> {
  const names = Object.fromEntries([['#ttl', attribute], ...keys.map((key, at) => [`#k${at}`, key])]);
  const filter = {
    TableName,
    FilterExpression: '#ttl < :now',
    ProjectionExpression: keys.map((_, at) => `#k${at}`).join(', '),
    ExpressionAttributeNames: names,
    ExpressionAttributeValues: { ':now': { N: String(nowSeconds) } },
  };
  let ExclusiveStartKey: unknown;
  do {
    const page: { Items?: Record<string, unknown>[]; LastEvaluatedKey?: unknown } = await engine.call('Scan', { ...filter, ...(ExclusiveStartKey ? { ExclusiveStartKey } : {}) });
    for (const Key of page.Items ?? []) await remove(engine, TableName, Key, { attribute, nowSeconds });
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey);
}

/** Conditional: an item written again since the scan stays. */
async function remove(engine: EngineClient, TableName: string, Key: unknown, { attribute, nowSeconds }: { attribute: string; nowSeconds: number }): Promise<void> {
  const condition = {
    ConditionExpression: '#ttl < :now',
    ExpressionAttributeNames: { '#ttl': attribute },
    ExpressionAttributeValues: { ':now': { N: String(nowSeconds) } },
  };
  await engine.call('DeleteItem', { TableName, Key, ...condition }).catch((error: Error) => {
    if (error.name !== 'ConditionalCheckFailedException') throw error;
  });
}

function keysOf(definition: Readonly<Record<string, unknown>>): string[] {
  return (definition['KeySchema'] as { AttributeName: string }[]).map(({ AttributeName }) => AttributeName);
}
