/** One permission that a request needs: an IAM action on a resource, with the condition keys that the action knows. */
export interface Need {
  readonly action: string;
  readonly resource: string;
  readonly context?: Readonly<Record<string, string>>;
}

/** Where the resources are; ARNs are made of it. */
export interface Place {
  readonly partition: string;
  readonly region: string;
  readonly accountId: string;
}

/** The body of a JSON request. */
export type JsonBody = Readonly<Record<string, unknown>>;

/** What a service must tell that the request does not: the state machine a task token belongs to. */
export interface Known {
  stateMachineOfToken?(token: string): string | undefined;
}

/** A value that should be a string; anything else is empty, which no policy but `*` allows. */
export function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** A value that should be an object; anything else is an empty one. */
export function object(value: unknown): JsonBody {
  return typeof value === 'object' && value !== null ? (value as JsonBody) : {};
}

/** The objects in a value that should be a list of objects. */
export function rows(value: unknown): readonly JsonBody[] {
  return Array.isArray(value) ? value.map(object) : [];
}
