import * as z from 'zod/mini';
import { attachmentPartNames } from '../../shared/contracts/attachments.ts';
import { digest, id, line } from '../../shared/contracts/text.ts';
import { fileTypeNames, largestFile } from '../files/types.ts';

/** What somebody announces before an upload: which part it is, and the exact name, type, size in bytes and SHA-256 of the file; of an audited report also the year it is about. */
export const announcement = z
  .strictObject({
    part: z.enum(attachmentPartNames),
    name: line.check(z.regex(/^[^/\\]*$/, { error: '文件名不能含有 / 或 \\，请改名后重新登记' })),
    type: z.enum(fileTypeNames),
    size: z.int().check(z.minimum(1, { error: '文件不能为空' }), z.maximum(largestFile, { error: '文件不能超过50MB' })),
    sha256: digest,
    replaces: z.optional(id),
    year: z.optional(z.int().check(z.minimum(2000, { error: '请填写年度，如 2024' }), z.maximum(2099, { error: '请填写年度，如 2024' }))),
  })
  .check(z.refine(({ part, year }) => year === undefined || part === 'auditReport', { path: ['year'], error: '只有年度财务报告需要注明年度' }));
