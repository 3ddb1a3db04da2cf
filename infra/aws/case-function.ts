import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { type ILogGroup, LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { FunctionPlan } from './function-plans.ts';
import type { Grantable } from './grants.ts';
import { give, type Right } from './rights.ts';

/** What a function is made from: its plan, its bundle's folder, its environment, and what it may touch. */
export interface CaseFunctionProps {
  readonly name: string;
  readonly plan: FunctionPlan;
  readonly bundles: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly on: Grantable;
  /** Rights beside the plan's. */
  readonly also: readonly Right[];
}

/** One Lambda of the programme with a log group of its own and a role that may do what its plan says and write that log. */
export class CaseFunction extends Construct {
  readonly lambda: LambdaFunction;

  constructor(scope: Construct, id: string, { name, plan, bundles, environment, on, also }: CaseFunctionProps) {
    super(scope, id);
    const logGroup = new LogGroup(this, 'Log', { retention: RetentionDays.ONE_YEAR, removalPolicy: RemovalPolicy.RETAIN });
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      description: `${name}: ${plan.does}`,
    });
    const policy = give(this, role, [writeLog(logGroup), ...plan.may.map((grant) => grant(on)), ...also]);
    this.lambda = new LambdaFunction(this, 'Function', {
      functionName: `${on.prefix}-${name}`,
      description: plan.does,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      code: Code.fromAsset(bundleOf(bundles, name)),
      memorySize: plan.memoryMegabytes,
      timeout: Duration.seconds(plan.timeoutSeconds),
      environment: { ...environment },
      role,
      logGroup,
      ...(plan.atOnce === undefined ? {} : { reservedConcurrentExecutions: plan.atOnce }),
    });
    // The first invocation must not outrun the rights of its role.
    this.lambda.node.addDependency(policy);
  }
}

const writeLog = (logGroup: ILogGroup): Right => ({
  actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
  resources: [logGroup.logGroupArn],
});

const bundleOf = (bundles: string, name: string): string => {
  const folder = join(bundles, name);
  if (!existsSync(join(folder, 'index.js'))) throw new Error(`${folder}/index.js is missing; run \`npm run build\` first`);
  return folder;
};
