import type { CfnResource, Stack } from 'aws-cdk-lib';

/** Tells cfn-lint, in the template itself, that the library names a dependency which a reference implies already (W3005): harmless. */
export const allowImpliedDependencies = (stack: Stack): void => {
  stack.templateOptions.metadata = { 'cfn-lint': { config: { ignore_checks: ['W3005'] } } };
};

/** Tells cfn-lint that a definition's `${Partition}` is filled by its own substitutions, which cfn-lint reads as they stand (E3601). */
export const allowBlanksInDefinition = (machine: CfnResource): void => {
  machine.addMetadata('cfn-lint', { config: { ignore_checks: ['E3601'] } });
};
