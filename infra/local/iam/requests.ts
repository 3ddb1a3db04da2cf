import { dynamoNeeds } from './dynamodb-needs.ts';
import { rows, text } from './need.ts';
import type { JsonBody, Known, Need, Place } from './need.ts';
import { statesNeeds } from './states-needs.ts';

/** What a JSON-protocol request needs; undefined for an operation that is not in the tables, which callers refuse as unknown. */
export function needsOf(service: JsonService, operation: string, body: JsonBody, place: Place, known: Known = {}): readonly Need[] | undefined {
  switch (service) {
    case 'dynamodb':
      return dynamoNeeds(operation, body, place);
    case 'states':
      return statesNeeds(operation, body, place, known);
    case 'events':
      return eventsNeeds(operation, body, place);
    case 'sqs':
      return sqsNeeds(operation, body, place);
    case 'sns':
      return operation === 'Publish' ? [{ action: 'sns:Publish', resource: text(body['TopicArn'] ?? body['TargetArn']) }] : undefined;
  }
}

/** Services that speak JSON with an operation name. */
export type JsonService = 'dynamodb' | 'states' | 'events' | 'sqs' | 'sns';

/** What invoking a function needs; a qualifier (version or alias) is part of the resource. `name` is a name or an ARN. */
export function invokeNeeds(name: string, place: Place): readonly Need[] {
  const resource = name.startsWith('arn:') ? name : `arn:${place.partition}:lambda:${place.region}:${place.accountId}:function:${name}`;
  return [{ action: 'lambda:InvokeFunction', resource }];
}

function eventsNeeds(operation: string, body: JsonBody, place: Place): readonly Need[] | undefined {
  if (operation !== 'PutEvents') return undefined;
  const buses = new Set(rows(body['Entries']).map((entry) => text(entry['EventBusName']) || 'default'));
  const arn = (bus: string) => (bus.startsWith('arn:') ? bus : `arn:${place.partition}:events:${place.region}:${place.accountId}:event-bus/${bus}`);
  return [...buses].map((bus) => ({ action: 'events:PutEvents', resource: arn(bus) }));
}

/** A batch call needs the permission of the single one (SQS Developer Guide, "API permissions"). */
function sqsNeeds(operation: string, body: JsonBody, place: Place): readonly Need[] | undefined {
  const single = operation.replace(/Batch$/, '');
  if (!['SendMessage', 'ReceiveMessage', 'DeleteMessage', 'ChangeMessageVisibility', 'GetQueueAttributes', 'GetQueueUrl', 'PurgeQueue'].includes(single)) return undefined;
  const queue = text(body['QueueName']) || (text(body['QueueUrl']).split('/').pop() ?? '');
  return [{ action: `sqs:${single}`, resource: `arn:${place.partition}:sqs:${place.region}:${place.accountId}:${queue}` }];
}
