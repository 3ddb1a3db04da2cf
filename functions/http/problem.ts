import { problems, type ProblemType } from '../../shared/problems.ts';

/** What a problem may say beyond its type: extra members of the answer (RFC 9457), already fit to be shown. */
export type ProblemMembers = Readonly<Record<string, unknown>>;

/** A failure that the caller may read: its type is a row of the problems table, its detail Chinese and says what to do. */
export class Problem extends Error {
  override readonly name: ProblemType;
  readonly members: ProblemMembers;

  constructor(type: ProblemType, detail: string, members: ProblemMembers = {}) {
    super(detail);
    this.name = type;
    this.members = members;
  }
}

/** A member of a body that cannot be meant, by its JSON pointer, with one sentence that says what to do. */
export function badInput(pointer: string, detail: string): Problem {
  return new Problem('invalid-input', detail, { errors: [{ pointer, detail }] });
}

/** The body of a problem document (RFC 9457): type, title, status, detail, the request's id, and the extra members. */
export function problemBody(problem: Problem, requestId: string): Record<string, unknown> {
  const { status, title, retry } = problems[problem.name];
  return { type: `/problems/${problem.name}`, title, status, detail: problem.message, instance: requestId, retry, ...problem.members };
}

/** What anybody may know of a failure that is ours: nothing but that it happened and under which id to ask for it. */
export function hiddenProblem(error: unknown, requestId: string): Problem {
  return isTransient(error)
    ? new Problem('unavailable', `服务暂时不可用，请稍后重试（编号：${requestId}）`)
    : new Problem('unexpected', `系统内部出现错误，已记录，请稍后重试或联系管理员（编号：${requestId}）`);
}

/** What passes by itself: a store that is away, busy or being written to by somebody else at this moment. */
const transientNames = new Set([
  'ProvisionedThroughputExceededException', 'ThrottlingException', 'RequestLimitExceeded', 'InternalServerError', 'TransactionConflictException', 'TransactionInProgressException',
  'TimeoutError', 'SlowDown', 'ServiceUnavailable', 'Conflict', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EAI_AGAIN',
]);
const transientReasons = new Set(['TransactionConflict', 'ThrottlingError', 'ProvisionedThroughputExceeded']);

function isTransient(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code, CancellationReasons: reasons = [] } = error as { readonly code?: unknown; readonly CancellationReasons?: readonly { readonly Code?: string }[] };
  return transientNames.has(error.name) || (typeof code === 'string' && transientNames.has(code)) || reasons.some(({ Code }) => transientReasons.has(Code ?? ''));
}
