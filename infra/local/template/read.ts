import type { Document, Model } from './model.ts';

/** One resource to deploy: its properties are resolved, its property names are checked. */
export interface Asked {
  /** `<stack>/<logical id> (<type>)`, for messages. */
  readonly where: string;
  readonly stack: string;
  readonly logicalId: string;
  readonly type: string;
  readonly props: Document;
  readonly model: Model;
  readonly assets: ReadonlyMap<string, string>;
  readonly ports: Ports;
  /** A physical name for a resource without one: the same after each restart. */
  name(limit?: number): string;
}

/** What a deployed resource answers to Ref and Fn::GetAtt. */
export interface Deployed {
  readonly ref: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** Deploys one type of resource. */
export type Handler = (asked: Asked) => Deployed | Promise<Deployed>;

/** The services that keep resources of their own; each call may be repeated without harm. */
export interface Ports {
  /** Creates the table or brings it up to its definition. */
  table(definition: Document, ttlAttribute: string | undefined): Promise<void>;
  bucket(name: string, settings: { versioned: boolean; objectLock: boolean; corsRules: readonly Document[]; lockRule: Document | undefined }): Promise<void>;
  /** Creates or updates the state machine, answers its ARN and revision. */
  stateMachine(machine: { name: string; definition: string; roleArn: string; tags: Document }): Promise<{ arn: string; revision: string }>;
  /** Publishes the current revision (once), answers the version's ARN. */
  stateMachineVersion(arn: string, description: string | undefined): Promise<string>;
  stateMachineAlias(alias: { name: string; description: string | undefined; routes: readonly { arn: string; weight: number }[] }): Promise<string>;
}

/** The text at `name`; throws when it is missing. */
export const text = (asked: Asked, name: string): string => optionalText(asked, name) ?? lacks(asked, name);

/** The text at `name`, if there; numbers and booleans are written out, as CloudFormation does. */
export const optionalText = (asked: Asked, name: string): string | undefined => {
  const value = asked.props[name];
  if (value === undefined) return undefined;
  return typeof value === 'object' ? refuse(asked, name, 'must be a text') : String(value);
};

/** The number at `name`, or `otherwise`. */
export const number = (asked: Asked, name: string, otherwise: number): number => {
  const value = asked.props[name];
  if (value === undefined) return otherwise;
  const parsed = Number(value);
  return Number.isFinite(parsed) ? parsed : refuse(asked, name, 'must be a number');
};

/** Whether `name` is true; texts "true" and "false" count, as in CloudFormation. */
export const flag = (value: unknown, otherwise = false): boolean => (value === undefined ? otherwise : String(value) === 'true');

/** The list at `name`, empty when missing. */
export const items = (asked: Asked, name: string): readonly Document[] => {
  const value = asked.props[name] ?? [];
  return Array.isArray(value) ? (value as Document[]) : refuse(asked, name, 'must be a list');
};

/** The object at `name`, if there. */
export const record = (asked: Asked, name: string): Document | undefined => {
  const value = asked.props[name];
  if (value === undefined) return undefined;
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Document) : refuse(asked, name, 'must be an object');
};

/** Every value of a document as text. */
export const texts = (document: Document | undefined): Record<string, string> =>
  Object.fromEntries(Object.entries(document ?? {}).map(([key, value]) => [key, String(value)]));

/** An ARN of the model's region and account. */
export const arn = ({ model }: Asked, service: string, resource: string): string =>
  `arn:${model.partition}:${service}:${model.region}:${model.accountId}:${resource}`;

/** Ends the start with a sentence that names stack, logical id and property. */
export function refuse(asked: Pick<Asked, 'where'>, property: string, reason: string): never {
  throw new Error(`${asked.where}: property ${property} ${reason}`);
}

function lacks(asked: Asked, property: string): never {
  return refuse(asked, property, 'is missing');
}
