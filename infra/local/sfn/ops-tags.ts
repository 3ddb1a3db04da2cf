import type { Database } from './database.ts';
import { WireError } from './errors.ts';
import { needMachine } from './machines.ts';
import type { Operation, Service } from './operations.ts';
import { checkRequest, rules } from './requests.ts';
import type { JsonObject } from './values.ts';

/** Operations on the tags of state machines. */
export const tagOperations = {
  TagResource: { rules: { resourceArn: rules.needArn, tags: { type: 'list', required: true } }, run: tag },
  UntagResource: { rules: { resourceArn: rules.needArn, tagKeys: { type: 'list', required: true } }, run: untag },
  ListTagsForResource: { rules: { resourceArn: rules.needArn }, run: list },
} as const satisfies Readonly<Record<string, Operation>>;

function needTaggable({ db }: Service, arn: string): number {
  try {
    const machine = needMachine(db, arn);
    if (machine.ref.qualifier === undefined) return machine.id;
  } catch (error) {
    if (!(error instanceof WireError) || error.type !== 'StateMachineDoesNotExist') throw error;
  }
  throw new WireError('ResourceNotFound', `Resource not found: '${arn}'`);
}

/** Adds tags to a machine, replacing those with the same key. Throws ValidationException, TooManyTags. */
export function replaceTags(db: Database, machine: number, tags: readonly JsonObject[]): void {
  for (const [index, { key, value }] of tags.entries()) {
    const place = `tags.${index + 1}.member`;
    checkRequest({ [`${place}.key`]: key, [`${place}.value`]: value }, {
      [`${place}.key`]: { type: 'string', min: 1, max: 128, required: true },
      [`${place}.value`]: { type: 'string', max: 256 },
    });
    db.run('INSERT OR REPLACE INTO tags (machine, key, value) VALUES (?, ?, ?)', machine, String(key), String(value ?? ''));
  }
}

// AWS's limit.
const maxTags = 50;

function tag(service: Service, body: JsonObject): JsonObject {
  const machine = needTaggable(service, String(body.resourceArn));
  const tags = body.tags as readonly JsonObject[];
  const known = service.db.all<{ key: string }>('SELECT key FROM tags WHERE machine = ?', machine).map(({ key }) => key);
  if (new Set([...known, ...tags.map(({ key }) => String(key))]).size > maxTags) throw new WireError('TooManyTags', `Resource would have more than ${maxTags} tags`);
  replaceTags(service.db, machine, tags);
  return {};
}

function untag(service: Service, body: JsonObject): JsonObject {
  const machine = needTaggable(service, String(body.resourceArn));
  for (const key of body.tagKeys as readonly unknown[]) service.db.run('DELETE FROM tags WHERE machine = ? AND key = ?', machine, String(key));
  return {};
}

function list(service: Service, body: JsonObject): JsonObject {
  const machine = needTaggable(service, String(body.resourceArn));
  return { tags: service.db.all<{ key: string; value: string }>('SELECT key, value FROM tags WHERE machine = ? ORDER BY key', machine).map(({ key, value }) => ({ key, value })) };
}
