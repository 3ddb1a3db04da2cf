import { Aws, Duration, Fn, Stack, type StackProps } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction as LambdaTarget } from 'aws-cdk-lib/aws-events-targets';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnSchedule, CfnScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { deadLetters } from './dead-letters.ts';
import { liveArn, stateMachineArn } from './names.ts';

/** What happens by the calendar: the sweep, and the lifecycle that the half-yearly schedules start. */
export interface SchedulesProps extends StackProps {
  readonly prefix: string;
  readonly sweep: LambdaFunction;
  readonly countFigures: LambdaFunction;
}

const publication = 'publication';

/** The half-yearly publication (art. 12(4): policy `gx-2025-draft`, 30 June and 31 December), at nine so that a leader can sign the same day. */
const publicationDays = {
  FirstHalf: 'cron(0 9 30 6 ? *)',
  SecondHalf: 'cron(0 9 31 12 ? *)',
} as const;

/** The clock of the programme: two publications a year, a sweep every five minutes, figures every six hours, and dead letters for what did not start. */
export class SchedulesStack extends Stack {
  readonly missed: Queue;

  constructor(scope: Construct, id: string, props: SchedulesProps) {
    super(scope, id, props);
    this.missed = deadLetters(this, 'Missed');
    this.#publications(props.prefix);
    this.#sweep(props.sweep);
    this.#figures(props.countFigures);
  }

  #publications(prefix: string): void {
    const group = new CfnScheduleGroup(this, 'Group', { name: prefix });
    const role = this.#starter(prefix);
    for (const [id, scheduleExpression] of Object.entries(publicationDays)) {
      const schedule = new CfnSchedule(this, id, {
        groupName: group.ref,
        description: 'Opens the half-yearly batch; firing twice opens it once.',
        scheduleExpression,
        scheduleExpressionTimezone: 'Asia/Shanghai',
        flexibleTimeWindow: { mode: 'OFF' },
        target: {
          // The universal target, because it takes the ARN of an alias by its documented API.
          arn: Fn.join(':', ['arn', Aws.PARTITION, 'scheduler', '', '', 'aws-sdk', 'sfn', 'startExecution']),
          roleArn: role.roleArn,
          input: this.toJsonString({
            StateMachineArn: liveArn(prefix, publication),
            Input: JSON.stringify({ scheduledTime: '<aws.scheduler.scheduled-time>' }),
          }),
          retryPolicy: { maximumRetryAttempts: 185, maximumEventAgeInSeconds: Duration.hours(24).toSeconds() },
          deadLetterConfig: { arn: this.missed.queueArn },
        },
      });
      schedule.node.addDependency(role);
    }
  }

  #starter(prefix: string): Role {
    const role = new Role(this, 'Starter', {
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', { conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } } }),
      description: 'Starts the publication run.',
    });
    role.addToPolicy(new PolicyStatement({ actions: ['states:StartExecution'], resources: [stateMachineArn(prefix, publication)] }));
    role.addToPolicy(new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [this.missed.queueArn] }));
    return role;
  }

  #figures(countFigures: LambdaFunction): void {
    new Rule(this, 'Figures', {
      description: 'Counts the figures of the programme, every six hours.',
      schedule: Schedule.rate(Duration.hours(6)),
      targets: [new LambdaTarget(countFigures, { deadLetterQueue: this.missed, retryAttempts: 1, maxEventAge: Duration.hours(1) })],
    });
  }

  #sweep(sweep: LambdaFunction): void {
    new Rule(this, 'Sweep', {
      description: 'Repairs what an outage left, every five minutes.',
      schedule: Schedule.rate(Duration.minutes(5)),
      // The next sweep does what a lost one would have done: no long retries.
      targets: [new LambdaTarget(sweep, { deadLetterQueue: this.missed, retryAttempts: 1, maxEventAge: Duration.minutes(5) })],
    });
  }
}
