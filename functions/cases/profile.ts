import type * as z from 'zod/mini';
import type { Actor } from '../../shared/actor.ts';
import { canonical } from '../../shared/canonical.ts';
import { unitProfile } from '../../shared/contracts/profile.ts';
import type { Role } from '../../shared/roles.ts';
import type { unitProfileAnswer } from '../api/profile-answers.ts';
import { checked, expectedVersion, jsonBody } from '../http/door.ts';
import { Problem } from '../http/problem.ts';
import type { HttpRequest } from '../http/shell.ts';
import { keepProfile, loadProfile, type SavedProfile } from '../store/profiles.ts';
import type { Desk } from './act.ts';
import { stale } from './refusals.ts';

type Answer = z.infer<typeof unitProfileAnswer>;

const units: readonly Role[] = ['applicant', 'unitAdmin'];

/** The profile of the reader's unit; version 0 while it has saved none. Throws `not-allowed` for offices. */
export async function readProfile(desk: Desk, actor: Actor): Promise<Answer> {
  mustBeOfAUnit(actor);
  return answerOf(await loadProfile(desk.table, actor.org.id));
}

/** Saves the unit's profile as a whole, on the version that was read. The same save again is the same save. Throws `Problem`. */
export async function saveProfile(desk: Desk, request: HttpRequest, actor: Actor): Promise<Answer> {
  mustBeOfAUnit(actor);
  const version = expectedVersion(request);
  const profile = checked(unitProfile, jsonBody(request));
  const saved: SavedProfile = { version: version + 1, at: new Date(desk.now).toISOString(), person: actor.person, name: actor.name, profile };
  const before = await loadProfile(desk.table, actor.org.id);
  if ((before?.version ?? 0) === version && (await keepProfile(desk.table, actor.org.id, saved))) return answerOf(saved);
  const now = await loadProfile(desk.table, actor.org.id);
  if (now?.version === version + 1 && now.person === actor.person && canonical(now.profile) === canonical(profile)) return answerOf(now);
  throw stale(now?.version ?? 0);
}

function answerOf(saved: SavedProfile | undefined): Answer {
  return saved ? { version: saved.version, savedAt: saved.at, by: { person: saved.person, name: saved.name }, profile: saved.profile } : { version: 0, profile: {} };
}

function mustBeOfAUnit(actor: Actor): void {
  if (!actor.roles.some((role) => units.includes(role))) throw new Problem('not-allowed', '单位资料由申报单位的申报人、单位管理员查看和维护', { needs: units });
}
