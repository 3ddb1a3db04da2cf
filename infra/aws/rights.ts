import { type IRole, Policy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { acceptWildcards } from './nag.ts';

/** One statement of a role: actions, resources, and the reason for any wildcard in them. Actions never have one. */
export interface Right {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly wide?: string;
}

/** Gives a role just these rights, each wildcard with its reason; a wildcard without one fails the synthesis. */
export const give = (scope: Construct, role: IRole, rights: readonly Right[]): Policy => {
  const statements = rights.map(({ actions, resources }) => new PolicyStatement({ actions: [...actions], resources: [...resources] }));
  const policy = new Policy(scope, 'May', { roles: [role], statements });
  for (const { resources, wide } of rights) {
    if (wide !== undefined) acceptWildcards(policy, wide, resources);
  }
  return policy;
};
