import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { build } from '../build.ts';
import { AlarmsStack } from './alarms-stack.ts';
import { ApiStack } from './api-stack.ts';
import { DataStack } from './data-stack.ts';
import { readDefinitions } from './derived.ts';
import { allowImpliedDependencies } from './lint.ts';
import { checkBySolutionsPack } from './nag.ts';
import { defaultPrefix } from './names.ts';
import { defaultRegion, traitsOf } from './regions.ts';
import { SchedulesStack } from './schedules-stack.ts';
import { WorkflowStack } from './workflow-stack.ts';

/** Where an app is made from and for; folders are absolute. Context (`-c prefix=…`, `-c region=…`) goes before. */
export interface AppProps {
  readonly root: string;
  readonly region?: string;
  readonly outdir?: string;
  readonly definitions?: string;
  readonly bundles?: string;
  readonly context?: Readonly<Record<string, string>>;
}

/** The library's newer ways, given here and not in cdk.json, so that every way to run the app gives the same template. */
const newerWays = {
  '@aws-cdk/aws-s3:serverAccessLogsUseBucketPolicy': true,
  '@aws-cdk/aws-iam:minimizePolicies': true,
  '@aws-cdk/aws-kms:reduceCrossAccountRegionPolicyScope': true,
  '@aws-cdk/aws-sns-subscriptions:restrictSqsDescryption': true,
  '@aws-cdk/aws-lambda:useCdkManagedLogGroup': true,
  '@aws-cdk/core:validateSnapshotRemovalPolicy': true,
  '@aws-cdk/core:stackRelativeExports': true,
};

/**
 * The whole installation: five stacks that belong to no account, region or partition until they are deployed. Throws when
 * bundles or derived definitions are missing.
 */
export const makeApp = ({ root, region, outdir, definitions, bundles, context }: AppProps): App => {
  const app = new App({ ...(outdir === undefined ? {} : { outdir }), analyticsReporting: false, context: { ...newerWays, ...context } });
  const prefix = (app.node.tryGetContext('prefix') as string | undefined) ?? defaultPrefix;
  const traits = traitsOf(region ?? (app.node.tryGetContext('region') as string | undefined) ?? defaultRegion);
  const stack = (name: string) => `${prefix}-${name}`;

  const data = new DataStack(app, 'Data', { stackName: stack('data'), description: 'Guijing: records and files', terminationProtection: true, prefix });
  const workflow = new WorkflowStack(app, 'Workflow', {
    stackName: stack('workflow'),
    description: 'Guijing: functions and lifecycles',
    prefix,
    data,
    traits,
    definitions: readDefinitions(definitions ?? join(root, 'docs/derived')),
    bundles: bundles ?? join(root, 'dist/functions'),
  });
  const api = new ApiStack(app, 'Api', {
    stackName: stack('api'),
    description: 'Guijing: HTTP API',
    prefix,
    functions: workflow.functions,
    issuer: workflow.issuer,
  });
  const schedules = new SchedulesStack(app, 'Schedules', {
    stackName: stack('schedules'),
    description: 'Guijing: what happens by the calendar',
    prefix,
    sweep: workflow.functions.sweep,
    countFigures: workflow.functions['count-figures'],
  });
  // The schedules name the state machine and do not refer to it: it must be there before they fire.
  schedules.addStackDependency(workflow);
  const alarms = new AlarmsStack(app, 'Alarms', { stackName: stack('alarms'), description: 'Guijing: alarms', prefix, data, workflow, api, schedules });
  for (const made of [data, workflow, api, schedules, alarms]) allowImpliedDependencies(made);
  checkBySolutionsPack(app);
  return app;
};

if (import.meta.main) {
  const root = join(import.meta.dirname, '../..');
  await build(root);
  makeApp({ root }).synth();
}
