import type { Authorize } from '../iam/authorize.ts';
import { needsOf } from '../iam/requests.ts';
import type { JsonService } from '../iam/requests.ts';
import type { Permit } from '../events/targets.ts';
import type { Model } from '../template/model.ts';
import { unqualified } from '../unqualified.ts';

/** What roles and function permissions of the template allow inside the cloud, where no signed request is sent. */
export interface Permissions {
  readonly permit: Permit;
  /** Throws AccessDeniedException when a role may not do an operation of a JSON service with this input. */
  permitCall(roleArn: string, service: JsonService, operation: string, input: Readonly<Record<string, unknown>>): void;
  /** Whether a service may invoke a function by AWS::Lambda::Permission. */
  mayInvoke(functionArn: string, service: string, sourceArn: string): boolean;
}

/** A call that the template does not allow. */
export class AccessDenied extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'AccessDeniedException';
  }
}

/** Opens the permissions of a model; without `authorize` (not in test mode) everything is allowed. */
export function openPermissions(model: Model, authorize: Authorize | undefined): Permissions {
  const check = (principal: string, action: string, resource: string, context?: Readonly<Record<string, string>>) => {
    const verdict = authorize?.({ principal, action, resource, ...(context ? { context } : {}) });
    if (verdict && !verdict.allowed) throw new AccessDenied(verdict.reason);
  };
  // Each request through the gateway asks, so the patterns are compiled once.
  const invokers = Map.groupBy(model.invokePermissions.map((each) => ({ ...each, from: arnLike(each.sourceArn ?? '*') })), (each) => `${each.principal} ${each.functionArn}`);
  const mayInvoke = (functionArn: string, service: string, sourceArn: string): boolean => {
    if (!authorize) return true;
    return invokers.get(`${service} ${unqualified(functionArn)}`)?.some(({ from }) => from.test(sourceArn)) ?? false;
  };
  return {
    mayInvoke,
    permit: ({ roleArn, from }, action, resource) => {
      if (roleArn) check(roleArn, action, resource);
      else if (action === 'lambda:InvokeFunction' && from && from.service !== 'lambda.amazonaws.com' && !mayInvoke(resource, from.service, from.arn)) {
        throw new AccessDenied(`${from.service} (${from.arn}) has no permission to invoke ${resource}`);
      }
    },
    permitCall: (roleArn, service, operation, input) => {
      if (!authorize) return;
      const needs = needsOf(service, operation, input, model);
      if (!needs) throw new AccessDenied(`no permission is known for ${service}:${operation}`);
      for (const { action, resource, context } of needs) check(roleArn, action, resource, context);
    },
  };
}

/** ArnLike: `*` and `?` stand for anything within the text. */
function arnLike(pattern: string): RegExp {
  const source = pattern.replaceAll(/[.+^${}()|[\]\\]/g, String.raw`\$&`).replaceAll('*', '.*').replaceAll('?', '.');
  return new RegExp(`^${source}$`);
}
