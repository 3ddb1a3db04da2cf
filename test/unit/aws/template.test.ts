import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { attachmentRoutes } from '../../../functions/attachments.ts';
import { boardRoutes } from '../../../functions/boards.ts';
import { deskRoutes } from '../../../functions/desk.ts';
import { documentRoutes } from '../../../functions/documents.ts';
import { exportRoutes } from '../../../functions/exports.ts';
import { importRoutes } from '../../../functions/import-rows.ts';
import { readRoutes } from '../../../functions/read-cases.ts';
import { rehearsalRoutes } from '../../../functions/rehearsals.ts';
import { writeRoutes } from '../../../functions/send-command.ts';
import { siteRoutes } from '../../../functions/site.ts';
import { functionPlans } from '../../../infra/aws/function-plans.ts';
import { routes } from '../../../infra/aws/routes.ts';
import { checkProperties } from '../../../infra/local/template/properties.ts';
import { resourcesOf, root, synthesize, type Template } from './synthesized.ts';

const regions = ['cn-northwest-1', 'ap-southeast-1'];
const templates = new Map<string, Readonly<Record<string, Template>>>();

/** The templates of a region; both are synthesized once, before the first claim. */
const of = (region: string): Readonly<Record<string, Template>> => {
  const found = templates.get(region);
  if (!found) throw new Error(`not synthesized: ${region}`);
  return found;
};

/** Masks what changes with every build: bundles and definitions, whose own tests look at them. */
const masked = (all: Readonly<Record<string, Template>>): Readonly<Record<string, unknown>> =>
  JSON.parse(
    JSON.stringify(all, (key, value: unknown) => {
      if (key === 'S3Key' || key === 'DefinitionString') return `<${key}>`;
      return typeof value === 'string' ? value.replace(/[0-9a-f]{64}/g, '<hash>') : value;
    }),
  ) as Readonly<Record<string, unknown>>;

beforeAll(() => {
  for (const region of regions) templates.set(region, synthesize(region));
});

describe('the template', () => {
  it.each(['Data', 'Workflow', 'Api', 'Schedules', 'Alarms'])('of stack %s is the one that was reviewed', async (stack) => {
    const all = masked(of('cn-northwest-1'));
    expect(Object.keys(all)).toContain(stack);
    await expect(JSON.stringify(all[stack], null, 1)).toMatchFileSnapshot(`golden/${stack}.json`);
  });

  it('names no partition, region or account', () => {
    for (const region of regions) {
      const text = JSON.stringify(of(region));
      expect(text).not.toMatch(/arn:aws(-cn|-us-gov)?:/);
      expect(text).not.toMatch(/\b(cn|ap|us|eu|sa|ca|me|af)-(north|south|east|west|central|northeast|northwest|southeast|southwest)-\d\b/);
      expect(text).not.toMatch(/amazonaws\.com\.cn/);
      expect(text.replace(/[0-9a-f]{64}/g, '')).not.toMatch(/(?<![0-9A-Za-z])\d{12}(?![0-9A-Za-z])/);
    }
  });

  it('differs between China and elsewhere by tracing and by GuardDuty’s scan alone', () => {
    const untraced = (region: string): unknown =>
      JSON.parse(
        JSON.stringify(masked(of(region)), (key, value: unknown) => {
          if (key === 'TracingConfiguration' || key === 'Metadata' || key === 'MalwareScanner' || key === 'Conditions' || /^MalwareScan(Role|May|Plan)/.test(key)) return undefined;
          return Array.isArray(value) ? value.filter((item) => typeof item !== 'string' || !item.startsWith('xray:')) : value;
        }),
      );
    expect(untraced('ap-southeast-1')).toEqual(untraced('cn-northwest-1'));
    const plans = (region: string) => resourcesOf(of(region), 'AWS::GuardDuty::MalwareProtectionPlan').map(({ resource }) => resource.Properties.ProtectedResource);
    expect(plans('cn-northwest-1')).toEqual([]);
    expect(plans('ap-southeast-1')).toMatchObject([{ S3Bucket: { ObjectPrefixes: ['attachments/'] } }]);
    const traced = (region: string) => resourcesOf(of(region), 'AWS::StepFunctions::StateMachine').map(({ resource }) => resource.Properties.TracingConfiguration);
    expect(new Set(traced('cn-northwest-1').map((one) => JSON.stringify(one)))).toEqual(new Set(['{"Enabled":false}']));
    expect(new Set(traced('ap-southeast-1').map((one) => JSON.stringify(one)))).toEqual(new Set(['{"Enabled":true}']));
  });

  it('asks for nothing that the local cloud does not interpret, so for no custom resource', () => {
    for (const [stack, { Resources }] of Object.entries(of('ap-southeast-1'))) {
      for (const [id, { Type, Properties }] of Object.entries(Resources)) checkProperties(`${stack}/${id}`, Type, Object.keys(Properties ?? {}));
    }
    expect(() => checkProperties('here', 'Custom::AutoDelete', [])).toThrow();
  });

  it('stays under what CloudFormation takes: 1 MB for a template, 500 resources for a stack', () => {
    for (const stack of Object.values(of('cn-northwest-1'))) {
      expect(Buffer.byteLength(JSON.stringify(stack))).toBeLessThan(1_000_000);
      expect(Object.keys(stack.Resources).length).toBeLessThan(500);
    }
  });

  it('fills every blank of every definition', () => {
    for (const { resource } of resourcesOf(of('cn-northwest-1'), 'AWS::StepFunctions::StateMachine')) {
      const blanks = [...JSON.stringify(resource.Properties.DefinitionString).matchAll(/\$\{(\w+)\}/g)].map((match) => match[1]);
      expect(blanks.length).toBeGreaterThan(0);
      expect(Object.keys(resource.Properties.DefinitionSubstitutions as object).sort()).toEqual([...new Set(blanks)].sort());
    }
  });

  it('takes another prefix for a second installation', () => {
    const text = JSON.stringify(synthesize('cn-northwest-1', { prefix: 'rehearsal' }));
    expect(text).toContain('stateMachine:rehearsal-publication');
    expect(text).not.toContain('guijing-');
  });

  it('refuses what is not the name of a region', () => {
    expect(() => synthesize('Nanning')).toThrow(/not the name of an AWS region/);
  });

  it('leads each route that a function answers to that function, and no route to a function that does not know it', () => {
    const answered = { 'read-cases': readRoutes, 'send-command': writeRoutes, attachments: attachmentRoutes, documents: documentRoutes, 'import-rows': importRoutes, site: siteRoutes, desk: deskRoutes, boards: boardRoutes, exports: exportRoutes };
    const known = Object.entries({ ...answered, 'rehearse-batch': rehearsalRoutes }).flatMap(([name, table]) => Object.values(table).map((route) => `${name}: ${route}`));
    expect(routes.map(({ by, method, path }) => `${by}: ${method} ${path}`).sort()).toEqual(known.sort());
  });

  it('has one function for each entry point, and no other', () => {
    const entries = readdirSync(join(root, 'functions')).filter((file) => file.endsWith('.lambda.ts'));
    expect(entries.map((file) => file.replace('.lambda.ts', '')).sort()).toEqual(Object.keys(functionPlans).sort());
  });
});
