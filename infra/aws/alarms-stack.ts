import { CfnCondition, CfnOutput, CfnParameter, Fn, Stack, type StackProps } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Match, Rule } from 'aws-cdk-lib/aws-events';
import { SnsTopic } from 'aws-cdk-lib/aws-events-targets';
import { CfnSubscription, Topic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import {
  type AlarmPlan,
  apiAlarm,
  deadLetterAlarm,
  divergenceAlarm,
  functionAlarms,
  machineAlarms,
  relayAlarm,
  runbook,
  tableAlarm,
} from './alarms.ts';
import type { ApiStack } from './api-stack.ts';
import type { DataStack } from './data-stack.ts';
import { stateMachineArn } from './names.ts';
import type { SchedulesStack } from './schedules-stack.ts';
import type { WorkflowStack } from './workflow-stack.ts';
import { stepErrors } from '../../shared/step.ts';

/** What is watched. */
export interface AlarmsProps extends StackProps {
  readonly prefix: string;
  readonly data: DataStack;
  readonly workflow: WorkflowStack;
  readonly api: ApiStack;
  readonly schedules: SchedulesStack;
}

/** What rings, and for whom: every alarm goes to one topic and says what to do. */
export class AlarmsStack extends Stack {
  constructor(scope: Construct, id: string, props: AlarmsProps) {
    super(scope, id, props);
    const topic = this.#topic(props.data);
    const diverged = this.#reportEnds(props, topic);
    for (const plan of plans(props, diverged)) this.#alarm(props.prefix, plan, topic);
    new CfnOutput(this, 'AlarmTopicArn', { value: topic.topicArn, description: 'Subscribe whoever is on duty.' });
  }

  #topic(data: DataStack): Topic {
    const topic = new Topic(this, 'Topic', { displayName: 'Guijing alarms', masterKey: data.key, enforceSSL: true });
    const email = new CfnParameter(this, 'AlarmEmail', { default: '', description: 'Who gets the alarms by mail; empty for nobody.' });
    const wanted = new CfnCondition(this, 'HasAlarmEmail', { expression: Fn.conditionNot(Fn.conditionEquals(email.valueAsString, '')) });
    const subscription = new CfnSubscription(this, 'ByMail', { topicArn: topic.topicArn, protocol: 'email', endpoint: email.valueAsString });
    subscription.cfnOptions.condition = wanted;
    return topic;
  }

  /** Executions that ended badly are told one by one, with their names; a divergence has a rule of its own, to be counted. */
  #reportEnds({ workflow, prefix }: AlarmsProps, topic: Topic): Rule {
    const machines = workflow.machines.map(({ lifecycle }) => stateMachineArn(prefix, lifecycle));
    const pattern = (detail: Record<string, string[]>) => ({
      source: ['aws.states'],
      detailType: ['Step Functions Execution Status Change'],
      detail: { stateMachineArn: machines, ...detail },
    });
    new Rule(this, 'Ended', {
      description: 'Legs that failed, timed out or were stopped.',
      eventPattern: pattern({ status: Match.anyOf('FAILED', 'TIMED_OUT', 'ABORTED') }),
      targets: [new SnsTopic(topic)],
    });
    return new Rule(this, 'Diverged', {
      description: 'Legs that got an answer which their definition does not know.',
      eventPattern: pattern({ status: ['FAILED'], error: [stepErrors.divergence] }),
      targets: [new SnsTopic(topic)],
    });
  }

  #alarm(prefix: string, { id, section, metric, from, periods, todo }: AlarmPlan, topic: Topic): void {
    const alarm = new Alarm(this, id, {
      alarmName: `${prefix}-${id}`,
      alarmDescription: `${todo} Runbook: ${runbook}#${section}`,
      metric,
      threshold: from,
      evaluationPeriods: periods,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    alarm.addAlarmAction(new SnsAction(topic));
  }
}

const plans = ({ prefix, data, workflow, api, schedules }: AlarmsProps, diverged: Rule): AlarmPlan[] => [
  divergenceAlarm(diverged.ruleName),
  ...workflow.machines.flatMap(({ lifecycle }) => machineAlarms(lifecycle, stateMachineArn(prefix, lifecycle))),
  ...Object.entries(workflow.functions).flatMap(([name, lambda]) => functionAlarms(name, lambda)),
  relayAlarm(workflow.functions.relay),
  deadLetterAlarm('events-undelivered', workflow.undelivered),
  deadLetterAlarm('schedules-missed', schedules.missed),
  apiAlarm(api.api),
  tableAlarm(data.table),
];
