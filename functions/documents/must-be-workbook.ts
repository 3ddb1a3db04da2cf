import { header } from '../http/door.ts';
import { Problem } from '../http/problem.ts';
import type { HttpRequest } from '../http/shell.ts';

/** Refuses a body that does not say it is a workbook. Throws `Problem`. */
export function mustBeWorkbook(request: HttpRequest): void {
  const type = header(request, 'content-type') ?? '';
  if (!/^application\/(?:vnd\.openxmlformats-officedocument\.spreadsheetml\.sheet|octet-stream)\b/i.test(type))
    throw new Problem('unsupported-type', '请直接上传“Excel 工作簿（*.xlsx）”，Content-Type 为 application/vnd.openxmlformats-officedocument.spreadsheetml.sheet');
}
