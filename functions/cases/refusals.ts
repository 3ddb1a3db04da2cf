import type { Refusal, Snapshot } from '../../machines/decision.ts';
import { Problem } from '../http/problem.ts';
import { leavesOf } from '../store/leaves.ts';

/** A refusal of the core as the problem that the caller reads, with its reason, figures and who may do it. */
export function refused(refusal: Refusal, snapshot?: Snapshot, allowed: readonly string[] = []): Problem {
  const { problem, detail, rule, article, figures, needs } = refusal;
  const where = problem === 'wrong-state' && snapshot ? { state: leavesOf(snapshot.value), allowed } : {};
  // A form that no schema knows comes with every error, and so do files that are not the case's; other inputs with the one sentence.
  const listed = figures?.['errors'] ?? (problem === 'invalid-input' ? [{ pointer: '', detail }] : undefined);
  const errors = listed === undefined ? {} : { errors: listed };
  const known = Object.entries({ rule, article, figures, needs }).filter(([, value]) => value !== undefined);
  return new Problem(problem, detail, { ...Object.fromEntries(known), ...where, ...errors });
}

/** Somebody was faster: the version the caller acted on is gone. */
export function stale(version: number): Problem {
  return new Problem('stale-version', '这条记录已被他人更新，请刷新后查看最新情况再办理', { version });
}
