import { dayOf } from '../../shared/days.ts';
import type { Actor } from '../../shared/actor.ts';
import type { Desk } from '../cases/act.ts';
import { formFor } from '../cases/revisions.ts';
import { isSealedFor, maySee } from '../cases/see.ts';
import { queryValue } from '../http/cursor.ts';
import { Problem } from '../http/problem.ts';
import type { HttpRequest } from '../http/shell.ts';
import type { Head } from '../store/case.ts';
import { loadHeads } from '../store/load.ts';
import type { Annex1Head, Annex1Row } from '../../shared/annex1/columns.ts';
import { contentsIn } from './certificate.ts';
import type { Draft } from '../../shared/draft.ts';
import { isDraft } from './is-draft.ts';
import type { Mark } from './printing.ts';

/** The most scenarios of one compiled list: what one answer of a function can hold (6 MB) with room to spare. */
export const mostListed = 100;

/** Annex 1 of several scenarios as one list, compiled by whoever asks. */
export interface CompiledList {
  readonly head: Annex1Head;
  readonly rows: readonly Draft<Annex1Row>[];
  readonly mark: Mark;
}

/** Compiles the list of the scenarios that `ids` names, in that order and numbered anew, filed by the reader's organisation today (art. 11(2)); each must be one the reader may read. Throws `Problem`. */
export async function compiledList(desk: Desk, request: HttpRequest, actor: Actor): Promise<CompiledList> {
  const ids = idsIn(request);
  const heads = await loadHeads(desk.table, ids);
  const missing = ids.find((id) => !heads.some((head) => head.id === id && isListed(head, actor)));
  if (missing !== undefined) throw new Problem('not-found', `没有找到政府投资类场景 ${missing}，或您无权查看；请核对编号`);
  const forms = await Promise.all(heads.map(async (head) => contentsIn((await formFor(desk.table, head, actor))?.form)));
  return {
    head: { unit: actor.org.name, filedOn: dayOf(new Date(desk.now).toISOString()) },
    rows: forms.map(({ annex1 = {} }, index) => ({ ...annex1, seqNo: index + 1 })),
    mark: heads.some(isDraft) ? { draft: true } : { draft: false },
  };
}

function isListed(head: Head, actor: Actor): boolean {
  return head.lifecycle === 'governmentInvestment' && maySee(head.snapshot, actor) && !isSealedFor(head.snapshot, actor);
}

function idsIn(request: HttpRequest): string[] {
  const ids = [...new Set((queryValue(request, 'ids') ?? '').split(',').filter((id) => id !== ''))];
  const detail = `应为 1 到 ${mostListed} 个场景编号，用英文逗号分隔`;
  if (ids.length === 0 || ids.length > mostListed || ids.some((id) => !/^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$/.test(id))) throw new Problem('invalid-input', `查询参数 ids 不正确：${detail}`, { errors: [{ pointer: '/ids', detail }] });
  return ids;
}
