import { Duration } from 'aws-cdk-lib';
import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { type IMetric, Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Queue } from 'aws-cdk-lib/aws-sqs';

/** One alarm as data: when it rings, and the first thing to do, whose rest is in the runbook's section of the same name. */
export interface AlarmPlan {
  readonly id: string;
  /** Its section in the runbook. */
  readonly section: string;
  readonly metric: IMetric;
  /** Rings when the metric reaches this in `periods` periods running. */
  readonly from: number;
  readonly periods: number;
  readonly todo: string;
}

const minutes = (count: number): Duration => Duration.minutes(count);

/** Where the runbook is: the file in the repository, with one section per alarm. */
export const runbook = 'docs/operator-runbook.md';

/** Alarms of one lifecycle's legs (AWS/States); a business "no" is no failure, so one failed leg is already a fault. */
export const machineAlarms = (lifecycle: string, stateMachineArn: string): AlarmPlan[] => {
  const metric = (metricName: string) =>
    new Metric({ namespace: 'AWS/States', metricName, dimensionsMap: { StateMachineArn: stateMachineArn }, statistic: Stats.SUM, period: minutes(5) });
  return [
    { id: `${lifecycle}-legs-failed`, section: 'legs-failed', metric: metric('ExecutionsFailed'), from: 1, periods: 1, todo: 'Open the failed execution, read its error, mend the cause, redrive it; no decision is lost.' },
    { id: `${lifecycle}-legs-timed-out`, section: 'legs-timed-out', metric: metric('ExecutionsTimedOut'), from: 1, periods: 1, todo: 'A leg lived for a year without rolling over: look whether the sweep runs, then let it start the next leg.' },
    { id: `${lifecycle}-legs-throttled`, section: 'legs-throttled', metric: metric('ExecutionThrottled'), from: 100, periods: 3, todo: 'Step Functions holds transitions back: ask for a higher StateTransition quota.' },
  ];
};

/** Alarms of one function (AWS/Lambda). */
export const functionAlarms = (name: string, lambda: LambdaFunction): AlarmPlan[] => [
  { id: `${name}-errors`, section: 'function-errors', metric: lambda.metricErrors({ period: minutes(5) }), from: 3, periods: 1, todo: 'Read the function\'s log for lines of level error; a bad deployment is rolled back by deploying the version before.' },
  { id: `${name}-throttles`, section: 'function-throttles', metric: lambda.metricThrottles({ period: minutes(5) }), from: 1, periods: 3, todo: 'The account has no concurrency left: see which function took it, ask for a higher quota.' },
];

/** How far the relay is behind the log; people see their to-do at once, executions follow late. */
export const relayAlarm = (relay: LambdaFunction): AlarmPlan => ({
  id: 'relay-behind',
  section: 'relay-behind',
  metric: relay.metric('IteratorAge', { statistic: Stats.MAXIMUM, period: minutes(1) }),
  from: minutes(5).toMilliseconds(),
  periods: 5,
  todo: 'Executions follow the log late: read the relay\'s log; at 24 hours records leave the stream and only the sweep delivers.',
});

/** A letter in a dead-letter queue. */
export const deadLetterAlarm = (id: string, queue: Queue): AlarmPlan => ({
  id,
  section: 'dead-letters',
  metric: queue.metricApproximateNumberOfMessagesVisible({ statistic: Stats.MAXIMUM, period: minutes(5) }),
  from: 1,
  periods: 1,
  todo: 'Read the letter: it names what was not delivered. The sweep repairs legs; a missed publication is started by hand.',
});

/** The API's own failures. */
export const apiAlarm = (api: HttpApi): AlarmPlan => ({
  id: 'api-5xx',
  section: 'api-5xx',
  metric: api.metricServerError({ statistic: Stats.SUM, period: minutes(5) }),
  from: 5,
  periods: 1,
  todo: 'People get errors: find the request ids in the access log, then the same ids in the function\'s log.',
});

/** Writes or reads that DynamoDB refused for lack of capacity. */
export const tableAlarm = (table: Table): AlarmPlan => ({
  id: 'table-throttled',
  section: 'table-throttled',
  metric: new Metric({ namespace: 'AWS/DynamoDB', metricName: 'ThrottledRequests', dimensionsMap: { TableName: table.tableName }, statistic: Stats.SUM, period: minutes(5) }),
  from: 1,
  periods: 2,
  todo: 'One case or list is written too fast, or the table\'s maximum is reached: find the hot key in Contributor Insights.',
});

/** The rule that catches an execution whose answer its definition does not know. */
export const divergenceAlarm = (ruleName: string): AlarmPlan => ({
  id: 'mirror-diverged',
  section: 'mirror-diverged',
  metric: new Metric({ namespace: 'AWS/Events', metricName: 'MatchedEvents', dimensionsMap: { RuleName: ruleName }, statistic: Stats.SUM, period: minutes(5) }),
  from: 1,
  periods: 1,
  todo: 'Chart and definition disagree: stop deploying, keep the execution, report it as a bug; the record itself is right.',
});
