import type * as z from 'zod/mini';
import { offers } from '../../machines/offers.ts';
import { packOf } from '../../machines/pack.ts';
import type { Actor } from '../../shared/actor.ts';
import { canonical } from '../../shared/canonical.ts';
import type { sheetDraftArgs } from '../../shared/contracts/sheet-draft.ts';
import { Problem } from '../http/problem.ts';
import type { Head } from '../store/case.ts';
import { keepSheetDraft, loadSheetDraft, type SheetDraft } from '../store/sheet-drafts.ts';
import type { Desk } from './act.ts';
import { refused } from './refusals.ts';

/** A draft as its expert gets it. */
interface DraftAnswer {
  readonly revision: number;
  readonly savedAt: string;
  readonly sheet: unknown;
}

/** The reader's own draft of a sheet. Throws `not-found` when there is none, or none any more because the sheet was submitted. */
export async function ownSheetDraft(desk: Desk, head: Head, actor: Actor): Promise<DraftAnswer> {
  const draft = mayScore(desk, head, actor) === null ? await loadSheetDraft(desk.table, head.id, actor.person) : undefined;
  if (!draft) throw new Problem('not-found', '没有保存过的评分草稿');
  return answerOf(draft);
}

/**
 * Saves the reader's own draft of a sheet on top of the revision they have seen (0: none); whoever may submit the sheet may save it.
 * A draft is no decision: no event, nothing that counts. The same save again is the same save. Throws `stale-version` with the draft
 * that is kept when another window was faster.
 */
export async function saveSheetDraft(desk: Desk, head: Head, actor: Actor, seen: number, sheet: z.infer<typeof sheetDraftArgs>): Promise<DraftAnswer> {
  const refusal = mayScore(desk, head, actor);
  if (refusal) throw refusal;
  const draft: SheetDraft = { revision: seen + 1, savedAt: new Date(desk.now).toISOString(), sheet: canonical(sheet) };
  if (await keepSheetDraft(desk.table, head.id, actor.person, draft)) return answerOf(draft);
  const kept = await loadSheetDraft(desk.table, head.id, actor.person);
  if (kept?.revision === draft.revision && kept.sheet === draft.sheet) return answerOf(kept);
  throw new Problem('stale-version', '评分草稿已在另一窗口保存，请对照后再保存', { version: kept?.revision ?? 0, ...(kept ? { draft: answerOf(kept) } : {}) });
}

/** Why the reader cannot hand in a sheet now; null when they can. */
function mayScore(desk: Desk, { snapshot }: Head, actor: Actor): Problem | null {
  const offer = offers(snapshot, { actor, now: new Date(desk.now).toISOString(), policy: packOf(snapshot, desk.policy, new Date(desk.now).toISOString()) }).find(({ command }) => command === 'submitSheet');
  if (!offer) return new Problem('not-allowed', '评分草稿只供评审专家在评审期间保存', { needs: ['expert'] });
  return offer.refusal ? refused(offer.refusal, snapshot) : null;
}

function answerOf({ revision, savedAt, sheet }: SheetDraft): DraftAnswer {
  return { revision, savedAt, sheet: JSON.parse(sheet) as unknown };
}
