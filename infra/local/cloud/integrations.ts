import type { S3Client } from '@aws-sdk/client-s3';
import type { EngineClient } from '../dynamodb/engine-client.ts';
import type { Bus, EventEntry } from '../events/bus.ts';
import type { Queues } from '../events/queues.ts';
import type { Publication, Topics } from '../events/topics.ts';
import type { AccessKey } from '../iam/credentials.ts';
import type { IntegrationCall, Integrations } from '../sfn/ports.ts';
import type { Permissions } from './permissions.ts';

/** The services that state machines call directly. */
export interface IntegrationServices {
  readonly engine: EngineClient;
  readonly bus: Bus;
  readonly queues: Queues;
  readonly topics: Topics;
  readonly permissions: Permissions;
  readonly region: string;
  readonly s3Url: string;
  keyFor(roleArn: string): AccessKey;
  /** Something was written to a table. */
  onWrite(): void;
}

type Kind = (services: IntegrationServices, call: IntegrationCall) => Promise<unknown>;

const kinds: Readonly<Record<string, Kind>> = {
  dynamodb: async ({ engine, permissions, onWrite }, { action, input, roleArn }) => {
    const operation = pascal(action);
    permissions.permitCall(roleArn, 'dynamodb', operation, input);
    const answer = await engine.call(operation, input);
    onWrite();
    return answer;
  },
  s3: s3Call,
  events: async ({ bus, permissions }, { input, roleArn }) => {
    permissions.permitCall(roleArn, 'events', 'PutEvents', input);
    const Entries = bus.put(((input['Entries'] ?? []) as EventEntry[]).map(detailAsText));
    return { Entries, FailedEntryCount: Entries.filter(({ ErrorCode }) => ErrorCode).length };
  },
  sqs: async ({ queues, permissions }, { action, input, roleArn }) => {
    permissions.permitCall(roleArn, 'sqs', pascal(action), input);
    return queues.answer(pascal(action), { ...input, MessageBody: asText(input['MessageBody']) });
  },
  sns: async ({ topics, permissions }, { input, roleArn }) => {
    permissions.permitCall(roleArn, 'sns', 'Publish', input);
    return { MessageId: topics.publish({ ...(input as Publication), Message: asText(input['Message']) }) };
  },
};

/** Opens what Task states, ItemReaders and ResultWriters may call; each call is judged by the state machine's role. `services` is awaited: executions go on before everything else is up. */
export function openIntegrations(services: Promise<IntegrationServices>): Integrations {
  return {
    call: async (call) => {
      const kind = kinds[call.service];
      if (!kind) throw new Error(`the local cloud has no integration with ${call.service}:${call.action}`);
      return kind(await services, call);
    },
  };
}

const pascal = (action: string): string => action.charAt(0).toUpperCase() + action.slice(1);
const asText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
const detailAsText = (entry: EventEntry): EventEntry => (entry.Detail === undefined ? entry : { ...entry, Detail: asText(entry.Detail) });

const clients = new Map<string, Promise<S3Client>>();

/** Signed with the role's own key, so that the local S3 judges it like any other caller. */
async function s3Call(services: IntegrationServices, { action, input, roleArn, inPieces }: IntegrationCall): Promise<unknown> {
  const sdk = await import('@aws-sdk/client-s3');
  const key = `${services.s3Url} ${roleArn}`;
  const made = clients.get(key) ?? Promise.resolve(new sdk.S3Client({ region: services.region, endpoint: services.s3Url, forcePathStyle: true, credentials: services.keyFor(roleArn) }));
  clients.set(key, made);
  const client = await made;
  switch (pascal(action)) {
    case 'GetObject': {
      const { Body, ...rest } = await client.send(new sdk.GetObjectCommand(input as never));
      return { ...plain(rest), Body: inPieces ? Body : await Body?.transformToString('utf8') };
    }
    case 'PutObject':
      return plain(await client.send(new sdk.PutObjectCommand(input as never)));
    case 'HeadObject':
      return plain(await client.send(new sdk.HeadObjectCommand(input as never)));
    case 'ListObjectsV2':
      return plain(await client.send(new sdk.ListObjectsV2Command(input as never)));
    default:
      throw new Error(`the local cloud has no integration with s3:${action}`);
  }
}

/** Dates as text and without the SDK's own metadata, as a state machine sees an answer. */
function plain(answer: object): Record<string, unknown> {
  const { $metadata: _, ...rest } = JSON.parse(JSON.stringify(answer)) as Record<string, unknown>;
  return rest;
}
