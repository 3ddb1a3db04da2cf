import { rows, text } from './need.ts';
import type { JsonBody, Known, Need, Place } from './need.ts';

/** Operations judged on a state machine: the member of the body that has its ARN, which may be a version's or an alias's. */
const onStateMachine: Readonly<Record<string, string>> = {
  StartExecution: 'stateMachineArn',
  StartSyncExecution: 'stateMachineArn',
  DescribeStateMachine: 'stateMachineArn',
  UpdateStateMachine: 'stateMachineArn',
  DeleteStateMachine: 'stateMachineArn',
  PublishStateMachineVersion: 'stateMachineArn',
  DeleteStateMachineVersion: 'stateMachineVersionArn',
  ListStateMachineVersions: 'stateMachineArn',
  ListStateMachineAliases: 'stateMachineArn',
  DescribeStateMachineAlias: 'stateMachineAliasArn',
  UpdateStateMachineAlias: 'stateMachineAliasArn',
  DeleteStateMachineAlias: 'stateMachineAliasArn',
};

const onExecution = new Set(['DescribeExecution', 'GetExecutionHistory', 'StopExecution', 'RedriveExecution', 'DescribeStateMachineForExecution', 'ListMapRuns']);
const onMapRun = new Set(['DescribeMapRun', 'UpdateMapRun']);
const onNothing = new Set(['ListStateMachines', 'ListActivities', 'ValidateStateMachineDefinition', 'TestState']);
const byToken = new Set(['SendTaskSuccess', 'SendTaskFailure', 'SendTaskHeartbeat']);
const onResourceArn = new Set(['TagResource', 'UntagResource', 'ListTagsForResource']);

/**
 * What a request to Step Functions needs; undefined for an operation that is not in the tables. A version's or an alias's
 * ARN is judged as its state machine's, with the qualifier as condition key (Step Functions Developer Guide, "Authorization
 * for versions and aliases"). A task token is judged on the state machine that issued it; an unknown token on `*`.
 */
export function statesNeeds(operation: string, body: JsonBody, place: Place, known: Known): readonly Need[] | undefined {
  const action = `states:${operation}`;
  const member = onStateMachine[operation];
  if (member !== undefined) return [qualified(action, text(body[member])), ...publishing(operation, body)];
  if (onExecution.has(operation)) return [{ action, resource: text(body['executionArn']) }];
  if (onMapRun.has(operation)) return [{ action, resource: text(body['mapRunArn']) }];
  if (onNothing.has(operation)) return [{ action, resource: '*' }];
  if (onResourceArn.has(operation)) return [{ action, resource: text(body['resourceArn']) }];
  if (byToken.has(operation)) return [unqualified(action, known.stateMachineOfToken?.(text(body['taskToken'])) ?? '*')];
  if (operation === 'CreateStateMachine') {
    const resource = `arn:${place.partition}:states:${place.region}:${place.accountId}:stateMachine:${text(body['name'])}`;
    return [{ action, resource }, ...publishing(operation, { ...body, stateMachineArn: resource })];
  }
  if (operation === 'CreateStateMachineAlias') return aliasNeeds(action, body);
  if (operation === 'ListExecutions') return [body['mapRunArn'] === undefined ? qualified(action, text(body['stateMachineArn'])) : { action, resource: text(body['mapRunArn']) }];
  return undefined;
}

/** `publish: true` also needs the permission to publish a version. */
function publishing(operation: string, body: JsonBody): readonly Need[] {
  if (body['publish'] !== true || (operation !== 'UpdateStateMachine' && operation !== 'CreateStateMachine')) return [];
  return [unqualified('states:PublishStateMachineVersion', text(body['stateMachineArn']))];
}

function aliasNeeds(action: string, body: JsonBody): readonly Need[] {
  return rows(body['routingConfiguration']).slice(0, 1).map((route) => unqualified(action, text(route['stateMachineVersionArn'])));
}

function unqualified(action: string, arn: string): Need {
  return { action, resource: split(arn).machine };
}

function qualified(action: string, arn: string): Need {
  const { machine, qualifier } = split(arn);
  return { action, resource: machine, ...(qualifier ? { context: { 'states:StateMachineQualifier': qualifier } } : {}) };
}

function split(arn: string): { machine: string; qualifier: string } {
  const parts = /^(arn:[^:]+:states:[^:]*:[^:]*:stateMachine:[^:]+):([^:]+)$/.exec(arn);
  return parts ? { machine: parts[1] ?? '', qualifier: parts[2] ?? '' } : { machine: arn, qualifier: '' };
}
