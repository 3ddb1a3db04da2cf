import type { Clock } from '../clock.ts';
import type { Functions } from '../lambda/functions.ts';
import type { LineLog } from '../lambda/log.ts';
import type { Model } from '../template/model.ts';
import type { Bus, EventEntry } from './bus.ts';
import type { Deliveries, Taker } from './deliveries.ts';
import type { Queues } from './queues.ts';
import type { StoredDelivery } from './store.ts';
import type { Publication, Topics } from './topics.ts';
import { unqualified } from '../unqualified.ts';

/** Calls Step Functions in the AWS protocol; throws an Error named as the service's error. */
export type StatesCall = (operation: string, input: Readonly<Record<string, unknown>>) => Promise<unknown>;

/** Throws AccessDeniedException when a role (or, without one, the service by a function's permission) may not do an action. */
export type Permit = (who: { roleArn?: string | undefined; from?: { service: string; arn: string } | undefined }, action: string, resource: string) => void;

/** What targets can be. Filled in after the deliveries are open, because buses and topics deliver through them. */
export interface TargetServices {
  readonly model: Model;
  readonly clock: Clock;
  readonly functions: Functions;
  readonly queues: Queues;
  readonly log: LineLog;
  readonly permit: Permit;
  states: StatesCall;
  bus: Bus;
  topics: Topics;
  deliveries: Deliveries;
}

/** Hands deliveries to functions, state machines, queues, topics, buses and log groups. */
export function openTargets(services: TargetServices): Taker {
  return {
    take: (delivery) => (delivery.kind === 'invoke' ? invoke(services, delivery) : hand(services, delivery)),
    bury: async (delivery, reason) => bury(services, delivery, reason),
  };
}

async function hand(services: TargetServices, delivery: StoredDelivery): Promise<void> {
  const { arn, payload, roleArn, from } = delivery;
  const { permit } = services;
  const [, , service = ''] = arn.split(':');
  if (arn.includes(':scheduler:::aws-sdk:')) return universal(services, delivery);
  switch (service) {
    case 'lambda':
      permit({ roleArn, from }, 'lambda:InvokeFunction', arn);
      queueInvocation(services, delivery);
      return;
    case 'states':
      permit({ roleArn }, 'states:StartExecution', unqualified(arn));
      await startExecution(services, { stateMachineArn: arn, input: payload, name: delivery.id });
      return;
    case 'sqs':
      if (roleArn) permit({ roleArn }, 'sqs:SendMessage', arn);
      services.queues.send(arn, payload);
      return;
    case 'sns':
      if (roleArn) permit({ roleArn }, 'sns:Publish', arn);
      services.topics.publish({ TopicArn: arn, Message: payload });
      return;
    case 'logs':
      services.log.write(`${JSON.stringify({ group: arn.split(':')[6], event: JSON.parse(payload) as unknown })}\n`);
      return;
    default:
      throw new Error(`the local cloud cannot deliver to ${arn}`);
  }
}

/** EventBridge Scheduler's universal targets: `arn:aws:scheduler:::aws-sdk:<service>:<action>` with the API's own input. */
async function universal(services: TargetServices, { id, arn, payload, roleArn }: StoredDelivery): Promise<void> {
  const [service = '', action = ''] = arn.split(':aws-sdk:')[1]?.split(':') ?? [];
  const input = JSON.parse(payload) as Record<string, string>;
  const { permit } = services;
  switch (`${service}:${action}`) {
    case 'sfn:startExecution':
      permit({ roleArn }, 'states:StartExecution', unqualified(input['StateMachineArn'] ?? ''));
      await startExecution(services, { stateMachineArn: input['StateMachineArn'], input: input['Input'] ?? '{}', name: input['Name'] ?? id });
      return;
    case 'sqs:sendMessage': {
      const queue = [...services.model.queues.values()].find((each) => each.url === input['QueueUrl']);
      permit({ roleArn }, 'sqs:SendMessage', queue?.arn ?? '');
      services.queues.answer('SendMessage', input);
      return;
    }
    case 'sns:publish':
      permit({ roleArn }, 'sns:Publish', input['TopicArn'] ?? '');
      services.topics.publish(input as Publication);
      return;
    case 'eventbridge:putEvents': {
      services.bus.put((input as { Entries?: unknown })['Entries'] as EventEntry[]);
      return;
    }
    default:
      throw new Error(`the local cloud does not interpret the schedule target ${arn}`);
  }
}

/** The same delivery twice has the same name and input, which StartExecution takes as one (or says that it was there). */
async function startExecution({ states }: TargetServices, input: Readonly<Record<string, unknown>>): Promise<void> {
  await states('StartExecution', input).catch((error: Error) => {
    if (error.name !== 'ExecutionAlreadyExists') throw error;
  });
}

/** Lambda takes an asynchronous event at once and keeps it by the function's own rules. */
function queueInvocation({ functions, deliveries, clock }: TargetServices, { id, arn, payload }: StoredDelivery): void {
  const model = functions.model(arn);
  if (!model) throw new Error(`Function not found: ${arn}`);
  const { retries, maxAgeSeconds } = model.asyncConfig;
  deliveries.post({ id: `${id}-invoke`, kind: 'invoke', arn, payload, retries, expiresAt: clock.now() + maxAgeSeconds * 1000 });
}

async function invoke({ functions, deliveries, clock }: TargetServices, delivery: StoredDelivery): Promise<void> {
  const { payload, functionError } = await functions.invoke(delivery.arn, delivery.payload);
  if (functionError) throw new FunctionFailed(payload);
  const onSuccess = functions.model(delivery.arn)?.asyncConfig.onSuccess;
  if (onSuccess) deliveries.post(toDestination(onSuccess, report(delivery, 'Success', payload, clock.now()), clock.now()));
}

class FunctionFailed extends Error {
  readonly payload: string;

  constructor(payload: string) {
    super(payload);
    this.name = 'FunctionFailed';
    this.payload = payload;
  }
}

async function bury(services: TargetServices, delivery: StoredDelivery, reason: Error): Promise<void> {
  const { log, queues, functions, deliveries, clock } = services;
  log.write(`${JSON.stringify({ at: new Date(clock.now()).toISOString(), gaveUp: delivery.arn, attempts: delivery.attempts, error: reason.name, reason: reason.message.slice(0, 2000) })}\n`);
  if (delivery.kind === 'event') {
    if (delivery.deadLetterArn) queues.send(delivery.deadLetterArn, delivery.payload, deadLetterAttributes(delivery, reason));
    return;
  }
  const model = functions.model(delivery.arn);
  if (model?.deadLetterArn) deliveries.post(toDestination(model.deadLetterArn, delivery.payload, clock.now()));
  if (model?.asyncConfig.onFailure) {
    const payload = reason instanceof FunctionFailed ? reason.payload : JSON.stringify({ errorMessage: reason.message });
    deliveries.post(toDestination(model.asyncConfig.onFailure, report(delivery, 'RetriesExhausted', payload, clock.now()), clock.now()));
  }
}

function deadLetterAttributes(delivery: StoredDelivery, reason: Error): Readonly<Record<string, unknown>> {
  const text = (value: string) => ({ DataType: 'String', StringValue: value.slice(0, 1000) });
  return { ERROR_CODE: text(reason.name), ERROR_MESSAGE: text(reason.message), TARGET_ARN: text(delivery.arn), RULE_ARN: text(delivery.from?.arn ?? '') };
}

const toDestination = (arn: string, payload: string, now: number) => ({ kind: 'event' as const, arn, payload, retries: 10, expiresAt: now + 86_400_000, from: { service: 'lambda.amazonaws.com', arn } });

/** The record of an asynchronous invocation (AWS Lambda Developer Guide, "Capturing records of asynchronous invocations"). */
function report(delivery: StoredDelivery, condition: string, responsePayload: string, now: number): string {
  return JSON.stringify({
    version: '1.0',
    timestamp: new Date(now).toISOString(),
    requestContext: { requestId: delivery.id, functionArn: `${delivery.arn}:$LATEST`, condition, approximateInvokeCount: delivery.attempts + (condition === 'Success' ? 1 : 0) },
    requestPayload: JSON.parse(delivery.payload) as unknown,
    responseContext: { statusCode: 200, executedVersion: '$LATEST', ...(condition === 'Success' ? {} : { functionError: 'Unhandled' }) },
    responsePayload: JSON.parse(responsePayload) as unknown,
  });
}
