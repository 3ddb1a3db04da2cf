import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeApp } from '../../../infra/aws/app.ts';
import { functionPlans } from '../../../infra/aws/function-plans.ts';

/** One resource of a template. */
export interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
  readonly DeletionPolicy?: string;
  readonly Metadata?: { readonly cdk_nag?: { readonly rules_to_suppress: readonly { readonly id: string; readonly reason: string }[] } };
}

/** One template as JSON. */
export interface Template {
  readonly Resources: Readonly<Record<string, Resource>>;
  readonly Outputs?: Readonly<Record<string, unknown>>;
  readonly Parameters?: Readonly<Record<string, { readonly Default?: string; readonly NoEcho?: boolean }>>;
}

/** The root of the repository. */
export const root = join(import.meta.dirname, '../../..');

/**
 * Synthesizes the whole app for a region from the checked-in definitions and one-line bundles, and answers the templates by
 * stack; synthesis throws when cdk-nag has an unexplained finding.
 */
export const synthesize = (region: string, context: Readonly<Record<string, string>> = {}): Readonly<Record<string, Template>> => {
  const folder = mkdtempSync(join(tmpdir(), 'guijing-synth-'));
  try {
    for (const name of Object.keys(functionPlans)) {
      mkdirSync(join(folder, 'bundles', name), { recursive: true });
      writeFileSync(join(folder, 'bundles', name, 'index.js'), `exports.handler = () => '${name}';`);
    }
    const app = makeApp({ root, region, outdir: join(folder, 'out'), bundles: join(folder, 'bundles'), context });
    return Object.fromEntries(app.synth().stacks.map((stack) => [stack.id, stack.template as Template]));
  } finally {
    rmSync(folder, { recursive: true });
  }
};

/** All resources of a type over all stacks, each with its logical id. */
export const resourcesOf = (templates: Readonly<Record<string, Template>>, type: string): { id: string; resource: Resource }[] =>
  Object.values(templates).flatMap(({ Resources }) =>
    Object.entries(Resources)
      .filter(([, resource]) => resource.Type === type)
      .map(([id, resource]) => ({ id, resource })),
  );
