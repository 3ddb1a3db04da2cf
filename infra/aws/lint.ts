import type { Stack } from 'aws-cdk-lib';

/** Tells cfn-lint, in the template itself, that the library names a dependency which a reference implies already (W3005): harmless. */
export const allowImpliedDependencies = (stack: Stack): void => {
  stack.templateOptions.metadata = { 'cfn-lint': { config: { ignore_checks: ['W3005'] } } };
};
