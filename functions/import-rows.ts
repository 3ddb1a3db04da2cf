import type { Json } from '../machines/decision.ts';
import type { Desk } from './cases/act.ts';
import { readAnnex1, type WrongCell } from './documents/annex1/read-workbook.ts';
import { largestWorkbook } from './documents/annex1/open-workbook.ts';
import { mustBeWorkbook } from './documents/must-be-workbook.ts';
import { bodyBytes, expectedVersion, idempotencyKey, subjectOf } from './http/door.ts';
import { queryValue } from './http/cursor.ts';
import { Problem } from './http/problem.ts';
import { routeOf } from './http/routes.ts';
import { jsonAnswer, type HttpAnswer, type HttpRequest } from './http/shell.ts';
import { whoAsksAbout } from './http/who.ts';
import { propose } from './lists/propose.ts';
import { pack } from './store/pack.ts';

/** The route of the import. */
export const importRoutes = { import: 'POST /lists/{id}/import' } as const;

/** Reads a workbook and proposes all of its rows to a list in one decision, or none: where one cell is wrong, every wrong cell is named by its address. Throws `Problem`. */
export async function importRows(desk: Desk, request: HttpRequest): Promise<HttpAnswer> {
  const { parts } = routeOf(importRoutes, request);
  subjectOf(request); // before anything is said about the content
  const key = idempotencyKey(request);
  const version = expectedVersion(request);
  const unit = unitIn(request);
  const { actor, head } = await whoAsksAbout(desk.table, request, parts, 'lists');
  mustBeWorkbook(request);
  const reading = await readAnnex1(bodyBytes(request, largestWorkbook, `工作簿过大：最多 ${largestWorkbook / 1024 / 1024} MB，请删除图片和多余的工作表后再上传`));
  if (!reading.ok) throw nothingImported(reading.wrong);
  const rows = reading.rows.toSorted((a, b) => a.seqNo - b.seqNo).map(({ seqNo: _seqNo, ...content }) => content as unknown as Json);
  mustFit(rows);
  const answer = await propose(desk, { actor, head, version, key, command: { type: 'proposeRows', args: { rows, ...(unit === undefined ? {} : { unit }) } } });
  return jsonAnswer(answer, { etag: `"${answer.version}"` });
}

function nothingImported(wrong: readonly WrongCell[]): Problem {
  return new Problem('invalid-input', `工作簿中有 ${wrong.length} 处问题，一行也没有导入；请按单元格逐处改正后重新上传`, { wrong, errors: wrong.map(({ cell, detail }) => ({ pointer: `/${cell}`, detail: `${cell}：${detail}` })) });
}

function unitIn(request: HttpRequest): string | undefined {
  const unit = queryValue(request, 'unit');
  if (unit !== undefined && !/^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$/.test(unit)) throw new Problem('invalid-input', '查询参数 unit 不正确：应为单位编号', { errors: [{ pointer: '/unit', detail: '应为单位编号' }] });
  return unit;
}

// One event holds all rows of an import, and an item of the table 400 KB.
const mostPackedBytes = 250 * 1024;

function mustFit(rows: readonly Json[]): void {
  const packed = pack(rows);
  const size = packed.B?.length ?? Buffer.byteLength(packed.S ?? '');
  if (size > mostPackedBytes) throw new Problem('too-large', '一次导入的内容过多：请把工作簿分成几份，依次导入');
}
