import { createHash } from 'node:crypto';
import type { Assembly, Stack } from './assembly.ts';
import { handlers } from './handlers/table.ts';
import { condition, referencesIn, resolve, type Resource, type Scope } from './intrinsics.ts';
import { emptyModel, type Document, type Model } from './model.ts';
import { checkProperties } from './properties.ts';
import type { Asked, Deployed, Handler, Ports } from './read.ts';

/** Where and with which parameter values (by parameter name) an assembly is deployed. */
export interface Placement {
  readonly region: string;
  readonly accountId: string;
  readonly parameters: Readonly<Record<string, string>>;
}

/** The AWS partition that a region belongs to. */
export const partitionOf = (region: string): string => (region.startsWith('cn-') ? 'aws-cn' : region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws');

/**
 * Deploys every stack and answers what is to run. Repeating it with the same assembly changes nothing; with another one,
 * tables, buckets and state machines are updated, and those no longer named keep their data. Throws, naming stack, logical
 * id and property, at anything that the local cloud does not interpret.
 */
export async function deploy(assembly: Assembly, placement: Placement, ports: Ports): Promise<Model> {
  const model = emptyModel(placement.region, placement.accountId, partitionOf(placement.region));
  const run: Run = { assembly, placement, ports, model, exports: new Map() };
  for (const stack of assembly.stacks) await deployStack(stack, run);
  return model;
}

/** One deployment under way: what it was given, and what the stacks before have left. */
interface Run {
  readonly assembly: Assembly;
  readonly placement: Placement;
  readonly ports: Ports;
  readonly model: Model;
  readonly exports: Map<string, unknown>;
}

async function deployStack(stack: Stack, run: Run): Promise<void> {
  const { assembly, ports, model } = run;
  const deployed = new Map<string, Deployed>();
  const scopeAt = (where: string): Scope => scope(stack, run, deployed, where);
  const resources = Object.entries(stack.template.Resources ?? {}).filter(
    ([id, resource]) => resource.Condition === undefined || condition(resource.Condition, scopeAt(`${stack.name}/${id}`)),
  );
  // Refuse everything unknown before anything is created.
  for (const [id, resource] of resources) checkProperties(`${stack.name}/${id} (${resource.Type})`, resource.Type, Object.keys(resource.Properties ?? {}));
  for (const [id, resource] of inOrder(stack.name, new Map(resources))) {
    const where = `${stack.name}/${id} (${resource.Type})`;
    const props = resolve(resource.Properties ?? {}, scopeAt(where)) as Document;
    const name = (limit = 64) => physicalName(stack.name, id, limit);
    const asked = { where, stack: stack.name, logicalId: id, type: resource.Type, props, model, assets: assembly.assets, ports, name };
    const handler = handlers[resource.Type];
    if (!handler) throw new Error(`${where}: the local cloud has no handler for this type`);
    const done = await madeBy(handler, asked);
    deployed.set(id, done);
    model.resolved.push({ logicalId: id, type: resource.Type, physicalName: done.ref, properties: props });
  }
  readOutputs(stack, run, scopeAt);
}

/** What a service refuses is told with the resource it was for. */
async function madeBy(handler: Handler, asked: Asked): Promise<Deployed> {
  try {
    return await handler(asked);
  } catch (error) {
    if (error instanceof Error && error.message.startsWith(asked.where)) throw error;
    throw new Error(`${asked.where}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

function readOutputs(stack: Stack, { model, exports }: Run, scopeAt: (where: string) => Scope): void {
  for (const [name, output] of Object.entries(stack.template.Outputs ?? {})) {
    const at = scopeAt(`${stack.name}/Outputs.${name}`);
    if (output.Condition !== undefined && !condition(output.Condition, at)) continue;
    const value = resolve(output.Value, at);
    model.outputs.set(`${stack.name}.${name}`, value);
    if (output.Export) exports.set(String(resolve(output.Export.Name, at)), value);
  }
}

function scope(stack: Stack, { placement, model, exports }: Run, deployed: ReadonlyMap<string, Deployed>, where: string): Scope {
  const fail = (reason: string): never => {
    throw new Error(`${where}: ${reason}`);
  };
  return {
    template: stack.template,
    where,
    pseudo: {
      'AWS::Region': placement.region,
      'AWS::AccountId': placement.accountId,
      'AWS::Partition': model.partition,
      'AWS::URLSuffix': model.partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com',
      'AWS::StackName': stack.name,
      'AWS::StackId': `arn:${model.partition}:cloudformation:${placement.region}:${placement.accountId}:stack/${stack.name}/local`,
      'AWS::NotificationARNs': [],
    },
    parameter: (name) => {
      const { Type, Default } = stack.template.Parameters?.[name] ?? {};
      const value = placement.parameters[name] ?? Default ?? fail(`the parameter ${name} has no value`);
      return Type === 'CommaDelimitedList' || Type?.startsWith('List<') ? String(value).split(',').map((part) => part.trim()) : value;
    },
    ref: (id) => deployed.get(id)?.ref ?? fail(`refers to ${id}, which is not deployed`),
    attribute: (id, name) => deployed.get(id)?.attributes[name] ?? fail(`asks ${id} for the attribute ${name}, which the local cloud does not give`),
    importValue: (name) => exports.get(name) ?? fail(`imports ${name}, which no stack before it exports`),
  };
}

function inOrder(stack: string, resources: ReadonlyMap<string, Resource>): [string, Resource][] {
  const ordered = new Map<string, Resource>();
  const visit = (id: string, path: readonly string[]): void => {
    const resource = resources.get(id);
    if (!resource || ordered.has(id)) return;
    if (path.includes(id)) throw new Error(`${stack}: resources depend on each other in a circle: ${[...path, id].join(' → ')}`);
    const explicit = resource.DependsOn === undefined ? [] : [resource.DependsOn].flat();
    for (const other of [...explicit, ...referencesIn(resource.Properties)]) visit(other, [...path, id]);
    ordered.set(id, resource);
  };
  for (const id of resources.keys()) visit(id, []);
  return [...ordered];
}

/** `<stack>-<logical id>-<hash>`, cut to the limit: as CloudFormation names things, but the same on every machine. */
function physicalName(stack: string, id: string, limit: number): string {
  const hash = createHash('sha256').update(`${stack}/${id}`).digest('hex').slice(0, 10);
  const room = limit - hash.length - 1;
  return room < 4 ? hash.slice(0, limit) : `${`${stack}-${id}`.slice(0, room)}-${hash}`;
}
