import { randomUUID } from 'node:crypto';
import type { Clock } from '../clock.ts';
import type { LineLog } from '../lambda/log.ts';
import type { Model, TopicModel } from '../template/model.ts';
import type { Deliveries } from './deliveries.ts';
import { matches } from './pattern.ts';

/** What Publish takes, by the names of the API. */
export interface Publication {
  readonly TopicArn?: string;
  readonly Message?: string;
  readonly Subject?: string;
  readonly MessageAttributes?: Readonly<Record<string, { readonly DataType?: string; readonly StringValue?: string }>>;
}

/** A refusal of SNS; `name` is its error name. */
export class TopicError extends Error {
  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}

/** SNS topics: a message goes to the subscribed queues and functions; mail and the like are written to the notices log. */
export interface Topics {
  /** Answers the message id; throws TopicError. */
  publish(publication: Publication): string;
}

/** Opens the topics of the model. */
export function openTopics(model: Model, clock: Clock, deliveries: Deliveries, notices: LineLog): Topics {
  return {
    publish: (publication) => {
      const topic = model.topics.get(publication.TopicArn ?? '');
      if (!topic) throw new TopicError('NotFound', 'Topic does not exist');
      if (!publication.Message) throw new TopicError('InvalidParameter', 'Invalid parameter: Empty message');
      const id = randomUUID();
      for (const subscription of topic.subscriptions) {
        if (subscription.filter && !matches(subscription.filter, attributesOf(publication))) continue;
        const notice = noticeOf(topic, publication, id, clock.now());
        if (subscription.protocol === 'lambda' || subscription.protocol === 'sqs') {
          const payload = subscription.protocol === 'lambda' ? JSON.stringify(recordOf(topic, notice)) : subscription.raw ? publication.Message : JSON.stringify(notice);
          deliveries.post({ kind: 'event', arn: subscription.endpoint, payload, from: { service: 'sns.amazonaws.com', arn: topic.arn }, retries: 50, expiresAt: clock.now() + 3_600_000 });
        } else notices.write(`${JSON.stringify({ to: subscription.endpoint, by: subscription.protocol, ...notice })}\n`);
      }
      return id;
    },
  };
}

const attributesOf = (publication: Publication): Record<string, unknown> =>
  Object.fromEntries(Object.entries(publication.MessageAttributes ?? {}).map(([name, { StringValue }]) => [name, StringValue]));

function noticeOf(topic: TopicModel, { Message, Subject, MessageAttributes }: Publication, MessageId: string, now: number) {
  return { Type: 'Notification', MessageId, TopicArn: topic.arn, Subject: Subject ?? null, Message, Timestamp: new Date(now).toISOString(), MessageAttributes: MessageAttributes ?? {} };
}

const recordOf = (topic: TopicModel, notice: unknown) => ({ Records: [{ EventSource: 'aws:sns', EventVersion: '1.0', EventSubscriptionArn: `${topic.arn}:local`, Sns: notice }] });
