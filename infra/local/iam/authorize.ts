import { runSimulation, runUnsafeSimulation } from '@cloud-copilot/iam-simulate';
import type { Simulation } from '@cloud-copilot/iam-simulate';
import type { NamedPolicy, Role } from './roles.ts';

/** What is asked: may this principal (an ARN) do this action on this resource? `context` has condition keys such as `s3:prefix`. */
export interface Question {
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
  readonly context?: Readonly<Record<string, string>>;
}

/** The answer; `reason` is the sentence AWS would say. */
export type Verdict = { readonly allowed: true } | { readonly allowed: false; readonly reason: string };

/** Answers whether a principal may do something; the same question costs microseconds the second time. */
export type Authorize = (question: Question) => Verdict;

/** How many answers are kept; object keys make the number of questions unbounded. */
const keptAnswers = 20_000;

const allowed: Verdict = { allowed: true };

/**
 * Decides by the roles of the template. The root principal may do everything, an unknown principal nothing. A role is judged
 * by its identity policies and its boundary; resource policies (bucket policies among them) are not part of the judgement.
 *
 * The evaluation is the simulator's without its request validation, because that refuses SendTask* on a state machine's
 * ARN, though AWS checks them against it (aws-cdk pull request 8486).
 */
export function authorizeBy(roles: readonly Role[], rootPrincipal: string): Authorize {
  const byArn = new Map(roles.map((role) => [role.arn, role]));
  const answers = new Map<string, Verdict>();
  return (question) => {
    if (question.principal === rootPrincipal) return allowed;
    const key = JSON.stringify([question.principal, question.action, question.resource, question.context]);
    const known = answers.get(key);
    if (known) return known;
    if (answers.size >= keptAnswers) answers.clear();
    const verdict = judge(question, byArn.get(question.principal));
    answers.set(key, verdict);
    return verdict;
  };
}

/** Says whether a service (`lambda.amazonaws.com`) may take a role, by the role's trust policy; throws when that policy is malformed. */
export async function mayAssume(role: Role, service: string): Promise<boolean> {
  const asked = { principal: service, action: 'sts:AssumeRole', resource: role.arn };
  const result = await runSimulation({ ...simulationOf(asked, []), resourcePolicy: role.trust }, {});
  if (result.resultType === 'error') throw new Error(`The trust policy of ${role.name} is malformed: ${JSON.stringify(result.errors)}`);
  return result.overallResult === 'Allowed';
}

/** Checks each policy of the roles for form, so that a wrong policy is an error at start and not a denial later; throws with all findings. */
export async function checkPolicies(roles: readonly Role[]): Promise<void> {
  const findings = await Promise.all(roles.map(async (role) => {
    const asked = { principal: role.arn, action: 'sts:GetCallerIdentity', resource: '*' };
    const result = await runSimulation(simulationOf(asked, role.policies, role.boundary), {});
    return result.resultType === 'error' ? [`${role.name}: ${JSON.stringify(result.errors)}`] : [];
  }));
  const all = findings.flat();
  if (all.length > 0) throw new Error(`The template has policies that IAM would refuse:\n${all.join('\n')}`);
}

function judge(question: Question, role: Role | undefined): Verdict {
  if (!role) return denied(question, 'no role of the template has this ARN');
  const result = runUnsafeSimulation(simulationOf(question, role.policies, role.boundary), {});
  if (result === 'Allowed') return allowed;
  if (result === 'ExplicitlyDenied') return denied(question, 'with an explicit deny in an identity-based policy');
  return denied(question, 'because no identity-based policy allows the action');
}

function denied({ principal, action, resource }: Question, why: string): Verdict {
  return { allowed: false, reason: `User: ${principal} is not authorized to perform: ${action} on resource: ${resource} ${why}` };
}

function simulationOf({ principal, action, resource, context }: Question, policies: readonly NamedPolicy[], boundary?: NamedPolicy): Simulation {
  const accountId = accountOf(resource) || accountOf(principal);
  return {
    request: { principal, action, resource: { resource: literal(resource), accountId }, contextVariables: { ...context } },
    identityPolicies: policies.map(({ name, document }) => ({ name, policy: document })),
    serviceControlPolicies: [],
    resourceControlPolicies: [],
    ...(boundary ? { permissionBoundaryPolicies: [{ name: boundary.name, policy: boundary.document }] } : {}),
  };
}

/** The simulator takes `*` and `?` in what is asked for as a pattern; a key named so must be a name. The stand-in is a character no policy has. */
function literal(resource: string): string {
  return resource === '*' ? resource : resource.replace(/[*?]/g, '\uE000');
}

function accountOf(arn: string): string {
  return arn.split(':')[4] ?? '';
}
