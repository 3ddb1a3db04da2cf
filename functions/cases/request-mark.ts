import { createHash } from 'node:crypto';
import { canonical } from '../../shared/canonical.ts';
import type { Command } from '../../machines/decision.ts';
import type { RequestMark, StoredEvent } from '../store/case.ts';

/** Marks a request so that its repeat is recognised: same person, same key, same command with the same arguments. */
export function markOf(person: string, key: string, command: Command): RequestMark {
  return { key, digest: createHash('sha256').update(canonical({ person, ...command })).digest('base64url') };
}

/** Whether an event is the outcome of exactly this request. */
export function isOutcomeOf(stored: StoredEvent | undefined, mark: RequestMark): stored is StoredEvent {
  return stored?.request?.key === mark.key && stored.request.digest === mark.digest;
}

/** The id of a case that a request opens (`s-…` a scenario, `l-…` a list, `d-…` a demand for data): derived from person and key, so that a repeat opens the same one. */
export function openedId(kind: 's' | 'l' | 'd', person: string, key: string): string {
  return `${kind}-${createHash('sha256').update(canonical({ person, key })).digest('hex').slice(0, 20)}`;
}
