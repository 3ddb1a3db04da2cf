import type { Document, TargetModel } from '../model.ts';
import { arn, type Asked, type Deployed, flag, items, number, optionalText, record, refuse, text, texts } from '../read.ts';

/** An event bus beside `default`. */
export function eventBus(asked: Asked): Deployed {
  const name = text(asked, 'Name');
  const busArn = arn(asked, 'events', `event-bus/${name}`);
  asked.model.buses.set(busArn, name);
  return { ref: name, attributes: { Arn: busArn, Name: name } };
}

/** A rule on a pattern or a schedule. */
export function rule(asked: Asked): Deployed {
  const name = optionalText(asked, 'Name') ?? asked.name(64);
  const bus = (optionalText(asked, 'EventBusName') ?? 'default').split('/').at(-1) ?? 'default';
  const ruleArn = arn(asked, 'events', bus === 'default' ? `rule/${name}` : `rule/${bus}/${name}`);
  const pattern = asked.props['EventPattern'];
  const schedule = optionalText(asked, 'ScheduleExpression');
  if (pattern === undefined && schedule === undefined) refuse(asked, 'EventPattern', 'or ScheduleExpression must be given');
  asked.model.rules.set(ruleArn, {
    arn: ruleArn,
    name,
    bus,
    pattern: (typeof pattern === 'string' ? JSON.parse(pattern) : pattern) as Document | undefined,
    schedule,
    enabled: (optionalText(asked, 'State') ?? 'ENABLED') !== 'DISABLED',
    targets: items(asked, 'Targets').map((target) => ruleTarget(asked, target)),
  });
  return { ref: name, attributes: { Arn: ruleArn } };
}

const ruleTargetKnown = ['Arn', 'Id', 'RoleArn', 'Input', 'InputPath', 'InputTransformer', 'RetryPolicy', 'DeadLetterConfig'];

function ruleTarget(asked: Asked, target: Document): TargetModel {
  for (const key of Object.keys(target)) if (!ruleTargetKnown.includes(key)) refuse(asked, `Targets.${key}`, 'is not interpreted');
  const transformer = target['InputTransformer'] as { InputPathsMap?: Document; InputTemplate: string } | undefined;
  return {
    ...delivery(target),
    roleArn: (target['RoleArn'] ?? asked.props['RoleArn']) as string | undefined,
    input: target['Input'] as string | undefined,
    inputPath: target['InputPath'] as string | undefined,
    transformer: transformer ? { paths: texts(transformer.InputPathsMap), template: transformer.InputTemplate } : undefined,
  };
}

function delivery(target: Document): Pick<TargetModel, 'arn' | 'retries' | 'maxAgeSeconds' | 'deadLetterArn'> {
  const retry = (target['RetryPolicy'] ?? {}) as Document;
  return {
    arn: String(target['Arn']),
    retries: Number(retry['MaximumRetryAttempts'] ?? 185),
    maxAgeSeconds: Number(retry['MaximumEventAgeInSeconds'] ?? 86_400),
    deadLetterArn: (target['DeadLetterConfig'] as Document | undefined)?.['Arn'] as string | undefined,
  };
}

/** A schedule of EventBridge Scheduler, with a templated target or the universal one of `states:startExecution`, `lambda:invoke`. */
export function schedule(asked: Asked): Deployed {
  const name = optionalText(asked, 'Name') ?? asked.name(64);
  const group = optionalText(asked, 'GroupName') ?? 'default';
  const scheduleArn = arn(asked, 'scheduler', `schedule/${group}/${name}`);
  const target = record(asked, 'Target') ?? refuse(asked, 'Target', 'is missing');
  for (const key of Object.keys(target)) {
    if (!['Arn', 'RoleArn', 'Input', 'RetryPolicy', 'DeadLetterConfig', 'SqsParameters'].includes(key)) refuse(asked, `Target.${key}`, 'is not interpreted');
  }
  asked.model.schedules.set(scheduleArn, {
    arn: scheduleArn,
    name,
    group,
    expression: text(asked, 'ScheduleExpression'),
    timezone: optionalText(asked, 'ScheduleExpressionTimezone') ?? 'UTC',
    enabled: (optionalText(asked, 'State') ?? 'ENABLED') === 'ENABLED',
    startAt: instant(asked, 'StartDate'),
    endAt: instant(asked, 'EndDate'),
    target: { ...delivery(target), roleArn: String(target['RoleArn']), input: target['Input'] as string | undefined, inputPath: undefined, transformer: undefined },
  });
  return { ref: name, attributes: { Arn: scheduleArn } };
}

function instant(asked: Asked, property: string): number | undefined {
  const given = optionalText(asked, property);
  if (given === undefined) return undefined;
  const parsed = Date.parse(given);
  return Number.isNaN(parsed) ? refuse(asked, property, 'must be an ISO instant') : parsed;
}

/** A group of schedules. */
export function scheduleGroup(asked: Asked): Deployed {
  const name = optionalText(asked, 'Name') ?? asked.name(64);
  return { ref: name, attributes: { Arn: arn(asked, 'scheduler', `schedule-group/${name}`) } };
}

/** A standard queue; FIFO queues are refused by their property. */
export function queue(asked: Asked): Deployed {
  const name = optionalText(asked, 'QueueName') ?? asked.name(80);
  const queueArn = arn(asked, 'sqs', name);
  const domain = asked.model.partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com';
  const url = `https://sqs.${asked.model.region}.${domain}/${asked.model.accountId}/${name}`;
  const redrive = record(asked, 'RedrivePolicy');
  asked.model.queues.set(queueArn, {
    arn: queueArn,
    name,
    url,
    visibility: number(asked, 'VisibilityTimeout', 30),
    retention: number(asked, 'MessageRetentionPeriod', 4 * 86_400),
    redrive: redrive ? { arn: String(redrive['deadLetterTargetArn']), maxReceives: Number(redrive['maxReceiveCount']) } : undefined,
  });
  return { ref: url, attributes: { Arn: queueArn, QueueName: name, QueueUrl: url } };
}

/** A topic, with the subscriptions written inside it. */
export function topic(asked: Asked): Deployed {
  const name = optionalText(asked, 'TopicName') ?? asked.name(256);
  const topicArn = arn(asked, 'sns', name);
  const subscriptions = items(asked, 'Subscription').map((each) => ({ protocol: String(each['Protocol']), endpoint: String(each['Endpoint']), raw: false, filter: undefined }));
  asked.model.topics.set(topicArn, { arn: topicArn, name, subscriptions });
  return { ref: topicArn, attributes: { TopicArn: topicArn, TopicName: name } };
}

/** A subscription of a topic: a queue or a function; others (mail, HTTP) are kept as notices in the log. */
export function subscription(asked: Asked): Deployed {
  const target = asked.model.topics.get(text(asked, 'TopicArn')) ?? refuse(asked, 'TopicArn', 'names no topic of this app');
  target.subscriptions.push({
    protocol: text(asked, 'Protocol'),
    endpoint: text(asked, 'Endpoint'),
    raw: flag(asked.props['RawMessageDelivery']),
    filter: record(asked, 'FilterPolicy'),
  });
  return { ref: `${target.arn}:${asked.name(36)}`, attributes: {} };
}
