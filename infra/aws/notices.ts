import { CfnCondition, CfnParameter, Duration, Fn } from 'aws-cdk-lib';
import { type CfnRule, Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction as LambdaTarget } from 'aws-cdk-lib/aws-events-targets';
import { EventSourceMapping, FilterCriteria, FilterRule, type Function as LambdaFunction, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';

/** What moves notices: the functions that derive and send them, the stream they follow, and where what failed goes. */
export interface NoticeParts {
  readonly notices: LambdaFunction;
  readonly sender: LambdaFunction;
  readonly stream: string;
  readonly deadLetters: Queue;
}

/** How notices leave the house, as the operator sets it up by parameters; empty means: not at all. In the console they always are. */
export class NoticeChannels extends Construct {
  readonly #mail: CfnCondition;
  readonly #webhook: CfnCondition;
  readonly #given: Readonly<Record<'MAIL_URL' | 'MAIL_FROM' | 'WEBHOOK_URL' | 'WEBHOOK_SECRET' | 'CONSOLE_URL', string>>;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    // Parameters are named by the stack, not by this construct: operators type them.
    const parameter = (name: string, description: string, noEcho = false) => {
      const made = new CfnParameter(scope, name, { default: '', description, noEcho });
      return made.valueAsString;
    };
    this.#given = {
      MAIL_URL: parameter('MailUrl', 'The SMTP server that mail goes out by, with the log-in: smtps://user:password@host:465. Empty: no mail.', true),
      MAIL_FROM: parameter('MailFrom', 'The address that mail comes from.'),
      WEBHOOK_URL: parameter('WebhookUrl', 'The gateway (SMS, WeCom) that notices are posted to. Empty: none.'),
      WEBHOOK_SECRET: parameter('WebhookSecret', 'The secret by which the gateway knows that a notice is ours.', true),
      CONSOLE_URL: parameter('ConsoleUrl', 'Where people find the console: links in mails begin with it.'),
    };
    this.#mail = given(this, 'HasMail', this.#given.MAIL_URL);
    this.#webhook = given(this, 'HasWebhook', this.#given.WEBHOOK_URL);
  }

  /** The environment of the function that derives: which channels there are, and no secret. */
  get names(): Record<string, string> {
    const name = (condition: CfnCondition, word: string) => Fn.conditionIf(condition.logicalId, word, '').toString();
    return { NOTICE_CHANNELS: Fn.join(',', [name(this.#mail, 'mail'), name(this.#webhook, 'webhook')]) };
  }

  /** The environment of the function that sends. */
  get setup(): Record<string, string> {
    return { ...this.#given };
  }

  /** Has the log and the calendar wake the function that derives, and (once a channel is set up) the clock the one that sends. */
  run({ notices, sender, stream, deadLetters }: NoticeParts): void {
    const mapping = new EventSourceMapping(this, 'Events', {
      target: notices,
      eventSourceArn: stream,
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: 100,
      // Pages ask for notices once a minute and mails go out by the minute: one invocation takes what came in ten seconds.
      maxBatchingWindow: Duration.seconds(10),
      bisectBatchOnError: true,
      reportBatchItemFailures: true,
      retryAttempts: 20,
      maxRecordAge: Duration.hours(23),
      onFailure: new SqsDlq(deadLetters),
      // Only events that concern other people's desks carry the attribute.
      filters: [FilterCriteria.filter({ eventName: FilterRule.isEqual('INSERT'), dynamodb: { Keys: { sk: { S: FilterRule.beginsWith('E#') } }, NewImage: { opens: { S: FilterRule.exists() } } } })],
    });
    if (notices.role) mapping.node.addDependency(notices.role);
    const tick = (id: string, description: string, rate: Duration, target: LambdaFunction) =>
      // The next tick does what a lost one would have done.
      new Rule(this, id, { description, schedule: Schedule.rate(rate), targets: [new LambdaTarget(target, { deadLetterQueue: deadLetters, retryAttempts: 1, maxEventAge: Duration.minutes(5) })] });
    tick('Calendar', 'Looks every hour whether the day has reminders and digests.', Duration.hours(1), notices);
    const sending = tick('Send', 'Sends what waits in the outbox, once a channel is set up.', Duration.minutes(1), sender);
    const isSetUp = new CfnCondition(this, 'HasChannel', { expression: Fn.conditionOr(this.#mail, this.#webhook) });
    (sending.node.defaultChild as CfnRule).state = Fn.conditionIf(isSetUp.logicalId, 'ENABLED', 'DISABLED').toString();
  }
}

const given = (scope: Construct, id: string, value: string): CfnCondition => new CfnCondition(scope, id, { expression: Fn.conditionNot(Fn.conditionEquals(value, '')) });
