import { type App, Stack, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { flattenCfnReference } from 'cdk-nag/lib/utils/flatten-cfn-reference.js';
import type { IConstruct } from 'constructs';

/** Runs cdk-nag's AWS Solutions pack over the app at synthesis; an acknowledged finding stands with its reason in the template's metadata. */
export const checkBySolutionsPack = (app: App): void => {
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app, { writeSuppressionsToCloudFormation: true }));
};

/** Acknowledges findings of one construct; the reason says why the rule's risk does not exist or is accepted here. */
export const accept = (construct: IConstruct, reason: string, ...findings: readonly string[]): void => {
  for (const finding of findings) Validations.of(construct).acknowledge({ id: `AwsSolutions-${finding}`, reason });
};

/** Acknowledges one by one the resources with a wildcard in a statement that is known to need them. */
export const acceptWildcards = (construct: IConstruct, reason: string, resources: readonly string[]): void => {
  const named = resources.map((resource) => flattenCfnReference(Stack.of(construct).resolve(resource)));
  accept(construct, reason, ...named.filter((name) => name.includes('*')).map((name) => `IAM5[Resource::${name}]`));
};
